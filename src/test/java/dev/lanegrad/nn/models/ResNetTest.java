package dev.lanegrad.nn.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Tensor;
import dev.lanegrad.nn.Conv2d;
import dev.lanegrad.nn.Linear;
import dev.lanegrad.optim.SGD;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    @Test
    void frozenByHandOnlyTheNewLayerAndRunningStatisticsMove() {
        ResNet m = ResNet.resnet20(1, 10);
        m.requiresGrad(false);
        m.replace("fc", new Linear(64, 3));
        List<String> moved = movedInOneStep(m);
        assertTrue(moved.contains("fc.weight") && moved.contains("fc.bias"));
        assertTrue(moved.contains("bn1.running_mean"));
        moved.removeIf(path -> path.contains("running") || path.contains("num_batches"));
        assertEquals(List.of("fc.weight", "fc.bias"), moved);
    }

    @Test
    void frozenByFreezeOnlyTheNewLayerMoves() {
        ResNet m = ResNet.resnet20(1, 10);
        m.freeze();
        m.replace("fc", new Linear(64, 3));
        m.train();
        assertEquals(List.of("fc.weight", "fc.bias"), movedInOneStep(m));
        assertFalse(m.get("layer1.0.bn1").isTraining());
    }

    private static List<String> movedInOneStep(ResNet m) {
        Map<String, float[]> before = new LinkedHashMap<>();
        m.stateDict().forEach((path, t) -> before.put(path, t.toFloatArray()));
        SGD optimizer = SGD.builder(m.parameters()).lr(0.1).momentum(0.9).build();
        m.forward(Tensor.rand(2, 1, 12, 12)).square().sum().backward();
        optimizer.step();
        List<String> moved = new ArrayList<>();
        m.stateDict()
                .forEach((path, t) -> {
                    if (!java.util.Arrays.equals(t.toFloatArray(), before.get(path))) {
                        moved.add(path);
                    }
                });
        return moved;
    }
}
