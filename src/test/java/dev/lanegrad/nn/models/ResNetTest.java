package dev.lanegrad.nn.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.Tensor;
import dev.lanegrad.nn.Conv2d;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResNetTest {
    @Test
    void resNet18Has62ParametersAnd122EntriesOfState() {
        ResNet m = ResNet.resnet18();
        assertEquals(62, m.parameters().size());
        assertEquals(122, m.stateDict().size());
        List<String> keys = List.copyOf(m.stateDict().keySet());
        assertEquals("conv1.weight", keys.get(0));
        assertEquals("bn1.num_batches_tracked", keys.get(5));
        assertEquals("layer1.0.conv1.weight", keys.get(6));
        assertEquals("fc.bias", keys.get(121));
    }

    @Test
    void resNet20Has272186ParametersForSmallGreyImages() {
        ResNet m = ResNet.resnet20(1, 10);
        assertEquals(272186, m.parameters().stream().mapToInt(Tensor::numel).sum());
        assertEquals("[2, 10]", m.forward(Tensor.rand(2, 1, 28, 28)).shape().toString());
    }

    @Test
    void convolutionsStartFromTheirFanOutAndNormalizationsFromOnesAndZeros() {
        ResNet m = ResNet.resnet20(3, 10);
        float[] w = ((Conv2d) m.get("layer3.1.conv2")).weight().toFloatArray();
        double squares = 0;
        for (float x : w) {
            squares += x * x;
        }
        assertEquals(2.0 / (64 * 9), squares / w.length, 1e-4);
        assertEquals(16f, m.stateDict().get("bn1.weight").sum().item());
    }

    @Test
    void aSeedStartsTheSameNetwork() {
        Tensor.manualSeed(4);
        float[] a = ResNet.resnet20(1, 10).stateDict().get("fc.weight").toFloatArray();
        Tensor.manualSeed(4);
        float[] b = ResNet.resnet20(1, 10).stateDict().get("fc.weight").toFloatArray();
        assertArrayEquals(a, b);
    }
}
