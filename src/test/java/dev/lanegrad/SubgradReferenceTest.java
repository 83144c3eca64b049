package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanegrad.RecordedTensor.Tolerance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Gradients at kinks, ties, infinities and NaN, float64, within 1e-12.
class SubgradReferenceTest {
    /// Relative to the element and to the largest one: where terms cancel, as in a softmax under
    /// equal weights, their roundings of 2e-16 stay.
    private static final Tolerance BOUND = new Tolerance(1e-12, 1e-12);

    @Test
    void gradientsAtSpecialValuesAreThoseOfPyTorch() {
        Replay.report("goldens/subgrad.jsonl", SubgradReferenceTest::difference);
    }

    private static @Nullable String difference(JsonNode record) {
        Interpreter interpreter = new Interpreter(record.get("inputs"));
        Tensor output = Interpreter.tensors(interpreter.run(record.path("steps"))).get(0);
        String difference = Replay.difference("output", record.get("output"), output, BOUND);
        if (difference != null || output == null) {
            return difference;
        }
        List<String> names = new ArrayList<>();
        List<Tensor> leaves = new ArrayList<>();
        record.get("inputs")
                .fieldNames()
                .forEachRemaining(name -> {
                    if (interpreter.variable(name) instanceof Tensor t && t.requiresGrad()) {
                        names.add(name);
                        leaves.add(t);
                    }
                });
        boolean recorded = output.requiresGrad();
        @Nullable Tensor[] found =
                Replay.gradients(
                        recorded ? List.of(output) : List.of(),
                        recorded
                                ? List.of(RecordedTensor.read(record.get("grad_output")))
                                : List.of(),
                        leaves.toArray(new Tensor[0]));
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            difference =
                    Replay.difference(
                            "gradient of " + name, record.get("grads").path(name), found[i], BOUND);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }
}
