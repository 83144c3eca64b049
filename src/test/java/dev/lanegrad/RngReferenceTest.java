package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RngReferenceTest {
    private static final String FILE = "goldens/rng.jsonl";

    @Test
    void streamsAreThoseOfPyTorch() {
        Tally tally = new Tally(FILE);
        Reference.lines(FILE).forEach(record -> replay(record, tally));
        tally.report();
    }

    private static void replay(JsonNode record, Tally tally) {
        String id = record.get("id").asText();
        Object actual;
        try {
            actual = new StreamReplay(record.get("seed").asLong()).run(record.get("steps"));
        } catch (StreamReplay.NotReplayed e) {
            Replay.enter(tally, record, RngReferenceTest::ofTensors);
            return;
        }
        String difference =
                difference(record.get("result"), actual, record.get("bit_exact").asBoolean());
        if (difference.isEmpty()) {
            tally.passed();
        } else {
            tally.failed(id, record.get("code").asText() + ": " + difference);
        }
    }

    /// Programs that need tensors, not only arrays.
    private static @Nullable String ofTensors(JsonNode record) {
        Tensor.manualSeed(record.get("seed").asLong());
        Object result = new Interpreter(record.path("inputs")).run(record.get("steps"));
        double loose = record.get("bit_exact").asBoolean() ? 0 : 2e-6;
        return RecordedTensor.difference(
                record.get("result").get("tensor"),
                (Tensor) result,
                new RecordedTensor.Tolerance(loose, loose));
    }

    private static String difference(JsonNode expected, Object actual, boolean exact) {
        if (expected.has("tensor")) {
            JsonNode tensor = expected.get("tensor");
            double loose = tensor.get("dtype").asText().equals("float64") ? 1e-12 : 2e-6;
            return ((Sample) actual).difference(tensor, exact ? 0 : loose);
        }
        if (expected.has("tuple")) {
            JsonNode parts = expected.get("tuple");
            List<?> values = (List<?>) actual;
            for (int i = 0; i < parts.size(); i++) {
                String part = difference(parts.get(i), values.get(i), exact);
                if (!part.isEmpty()) {
                    return "[" + i + "] " + part;
                }
            }
            return parts.size() == values.size() ? "" : values.size() + " values";
        }
        String wanted =
                expected.has("size")
                        ? Arrays.toString(Reference.longs(expected.get("size")))
                        : expected.path("dtype").asText(expected.asText());
        String got = actual instanceof int[] size ? Arrays.toString(size) : actual.toString();
        return wanted.equals(got) ? "" : got + " instead of " + wanted;
    }
}
