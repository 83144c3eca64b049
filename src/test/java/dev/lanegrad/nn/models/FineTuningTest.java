package dev.lanegrad.nn.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.Tensor;
import dev.lanegrad.io.Safetensors;
import dev.lanegrad.nn.Linear;
import dev.lanegrad.nn.Module;
import dev.lanegrad.optim.SGD;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A ResNet-18 that has learned something gets a new last layer, and takes a step.
class FineTuningTest {
    @TempDir static Path folder;
    private static Path weights;

    @BeforeAll
    static void writeWeights() throws IOException {
        Tensor.manualSeed(1);
        ResNet learned = ResNet.resnet18();
        learned.forward(Tensor.rand(2, 3, 64, 64));
        weights = folder.resolve("resnet18.safetensors");
        Safetensors.write(weights, learned.stateDict(), Map.of());
    }

    @Test
    void ofParametersFrozenByHandOnlyTheNewLayerMovesButRunningStatisticsDoToo()
            throws IOException {
        List<String> moved =
                movedInOneStep(m -> m.parameters().forEach(p -> p.requiresGrad(false)));
        List<String> statistics = moved.stream().filter(path -> !path.startsWith("fc.")).toList();
        assertEquals(List.of("fc.weight", "fc.bias"), without(moved, statistics));
        assertEquals(3 * 20, statistics.size());
        assertEquals("bn1.running_mean", statistics.getFirst());
        assertEquals("layer4.1.bn2.num_batches_tracked", statistics.getLast());
    }

    @Test
    void ofAFrozenNetworkOnlyTheNewLayerMoves() throws IOException {
        assertEquals(List.of("fc.weight", "fc.bias"), movedInOneStep(Module::freeze));
    }

    @Test
    void theNewLayerStartsFromTheValuesItWouldStartFromAlone() throws IOException {
        ResNet m = loaded();
        Tensor.manualSeed(3);
        m.replace("fc", new Linear(512, 10));
        Tensor.manualSeed(3);
        float[] alone = new Linear(512, 10).weight().toFloatArray();
        assertArrayEquals(alone, m.stateDict().get("fc.weight").toFloatArray());
        assertEquals(62, m.parameters().size());
        assertEquals(122, m.stateDict().size());
    }

    private static ResNet loaded() throws IOException {
        ResNet m = ResNet.resnet18();
        m.loadStateDict(Safetensors.read(weights).tensors());
        return m;
    }

    private static List<String> without(List<String> all, List<String> others) {
        List<String> rest = new ArrayList<>(all);
        rest.removeAll(others);
        return rest;
    }

    /// The entries of the state that one step of notebook 004 changes.
    private static List<String> movedInOneStep(Consumer<ResNet> freezing) throws IOException {
        Tensor.manualSeed(2);
        ResNet m = loaded();
        freezing.accept(m);
        m.replace("fc", new Linear(512, 10));
        m.train();
        Map<String, float[]> before = new LinkedHashMap<>();
        m.stateDict().forEach((path, t) -> before.put(path, t.toFloatArray()));
        SGD optimizer = SGD.builder(m.parameters()).lr(1e-2).momentum(0.9).build();
        Tensor prediction = m.forward(Tensor.rand(1, 3, 64, 64));
        prediction.sub(Tensor.rand(1, 10)).sum().backward();
        optimizer.step();
        List<String> moved = new ArrayList<>();
        m.stateDict()
                .forEach((path, t) -> {
                    if (!Arrays.equals(t.toFloatArray(), before.get(path))) {
                        moved.add(path);
                    }
                });
        return moved;
    }
}
