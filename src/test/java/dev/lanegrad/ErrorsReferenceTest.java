package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Wrong calls are refused where PyTorch refuses them. Autograd's own rules say so in PyTorch's
/// sentence (without the prefix `torch.`); other errors, in the house's form, name every shape,
/// size and type that PyTorch's message names. Calls that PyTorch allows run, with its result and
/// its warnings.
class ErrorsReferenceTest {
    private static final Set<String> OWN_RULES =
            Set.of("backward", "in-place", "custom Function", "anomaly");

    /// Its rule is about shapes and types.
    private static final String ASSIGNMENT = "x.grad = torch.";

    @Test
    void wrongCallsAreRefusedAsInPyTorch() {
        Replay.report("goldens/errors.jsonl", ErrorsReferenceTest::difference);
    }

    private static @Nullable String difference(JsonNode record) {
        String code = record.get("code").asText();
        String reason = ErrorDifferences.ARGUED.get(code);
        if (reason == null && code.startsWith("class Fn(")) {
            reason =
                    ErrorDifferences.OF_CLASSES.entrySet().stream()
                            .filter(e -> code.contains(e.getKey()))
                            .map(Map.Entry::getValue)
                            .findFirst()
                            .orElse(null);
        }
        if (reason != null) {
            throw new PythonCall.Argued(reason);
        }
        List<String> warnings = new ArrayList<>();
        Consumer<String> before = Lanegrad.onWarning(warnings::add);
        Interpreter program = new Interpreter(record.path("inputs"));
        try {
            Runnable byHand = FunctionErrors.program(code);
            if (byHand != null) {
                byHand.run();
            } else {
                program.run(record.path("steps"));
            }
        } catch (PythonCall.NotImplemented missing) {
            throw missing;
        } catch (RuntimeException e) {
            return refusal(record, e);
        } finally {
            Lanegrad.onWarning(before);
        }
        if (!record.get("raises").isNull()) {
            return "ran, but PyTorch says " + record.get("message");
        }
        String difference = warningDifference(record, warnings);
        return difference != null ? difference : result(record, program.last());
    }

    private static @Nullable String refusal(JsonNode record, RuntimeException e) {
        if (record.get("raises").isNull()) {
            return "allowed by PyTorch, but " + e;
        }
        String actual = String.valueOf(e.getMessage());
        String expected = record.get("message").asText().replace("torch.", "").strip();
        if (!deliberate(e)) {
            return "not a refusal: " + e + " at " + e.getStackTrace()[0];
        }
        boolean own = OWN_RULES.contains(record.get("kind").asText());
        if (own && !record.get("code").asText().contains(ASSIGNMENT)) {
            boolean report = record.get("raises").asText().endsWith("GradcheckError");
            return actual.equals(expected)
                            || actual.contains("(" + expected + ")")
                            || (report && actual.startsWith(record.get("first_line").asText()))
                    ? null
                    : "expected\n" + expected + "\nbut was\n" + actual;
        }
        Set<String> missing =
                Wording.missing(expected.replaceFirst("Argument #\\d+: ", ""), actual);
        return missing.isEmpty()
                ? null
                : "does not name " + missing + ":\n" + actual + "\nPyTorch:\n" + expected;
    }

    /// Whether the library threw it, and on purpose.
    private static boolean deliberate(RuntimeException e) {
        String thrower = e.getStackTrace()[0].getClassName();
        return (e instanceof IllegalArgumentException
                        || e instanceof IllegalStateException
                        || e instanceof IndexOutOfBoundsException
                        || e instanceof java.util.NoSuchElementException
                        || e instanceof UnsupportedOperationException
                        || e instanceof ArithmeticException
                        || e instanceof FunctionErrors.OfTheUser)
                && thrower.startsWith("dev.lanegrad.")
                && !Wording.REPLAYERS.contains(thrower);
    }

    private static @Nullable String warningDifference(JsonNode record, List<String> actual) {
        List<String> expected = new ArrayList<>();
        record.path("warnings")
                .forEach(w ->
                        expected.add(
                                w.get(1)
                                        .asText()
                                        .replace("torch.", "")
                                        .replaceFirst(" \\(Triggered internally.*", "")));
        return expected.equals(actual) ? null : "warnings " + expected + " but was " + actual;
    }

    private static @Nullable String result(JsonNode record, @Nullable Object actual) {
        JsonNode expected = record.path("result");
        if (expected.isMissingNode()) {
            return null;
        }
        if (expected.has("tensor")) {
            return RecordedTensor.difference(
                    expected.get("tensor"),
                    (Tensor) actual,
                    RecordedTensor.Tolerance.of(
                            RecordedTensor.dtype(expected.get("tensor").get("dtype").asText())));
        }
        String shown = Wording.python(actual);
        String wanted = Wording.python(expected);
        return shown.equals(wanted) ? null : "expected " + wanted + " but was " + shown;
    }
}
