package dev.lanegrad.nn.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class MobileNetV2Test {
    /// Numbers of torchvision's `mobilenet_v2`.
    @Test
    void parametersAndKeysAreThoseOfTorchvision() {
        MobileNetV2 model = new MobileNetV2();
        assertEquals(3_504_872, model.parameters().stream().mapToInt(Tensor::numel).sum());
        List<String> keys = List.copyOf(model.stateDict().keySet());
        assertEquals(314, keys.size());
        assertEquals("features.0.0.weight", keys.getFirst());
        assertEquals("classifier.1.bias", keys.getLast());
        assertTrue(keys.contains("features.1.conv.0.0.weight"));
        assertTrue(keys.contains("features.1.conv.2.num_batches_tracked"));
        assertTrue(keys.contains("features.18.1.running_var"));
        assertEquals(
                Shape.of(144, 1, 3, 3),
                model.stateDict().get("features.3.conv.1.0.weight").shape());
        assertTrue(
                model.toString()
                        .startsWith(
                                """
                                MobileNetV2(
                                  (features): Sequential(
                                    (0): Conv2dNormActivation(
                                      (0): Conv2d(3, 32, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1), bias=False)\
                                """));
    }

    @Test
    void narrowOnesTakeImagesOfAnySizeAndLearn() {
        Tensor.manualSeed(0);
        MobileNetV2 model = new MobileNetV2(5, 0.25);
        Tensor scores = model.forward(Tensor.randn(2, 3, 64, 48));
        assertEquals(Shape.of(2, 5), scores.shape());
        scores.crossEntropy(Tensor.of(new long[] {1, 4})).backward();
        model.parameters().forEach(p -> assertNotNull(p.grad()));
    }
}
