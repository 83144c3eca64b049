package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Recorded programs about gradients: kept in the middle, of gradients, after writes in place, and
/// checks of gradients. Those with classes and lambdas are in HooksTest, ModuleHooksTest and
/// FunctionTest, those on whole functions in FunctionalReferenceTest.
class HigherReferenceTest {
    /// Programs that are something else here, with the reason.
    private static final Map<String, String> ARGUED =
            Map.of(
                    "higher-s0101",
                    "no warning that a gradient with a graph makes a cycle: the collector frees"
                            + " it");

    @Test
    void programsHaveTheGradientsOfPyTorch() {
        Tally tally = new Tally("goldens/higher.jsonl (programs)");
        Reference.lines("goldens/higher.jsonl")
                .filter(record -> record.path("steps").isArray())
                .forEach(record -> Replay.enter(tally, record, HigherReferenceTest::difference));
        tally.report();
    }

    private static @Nullable String difference(JsonNode record) {
        String reason = ARGUED.get(record.get("id").asText());
        if (reason != null) {
            throw new PythonCall.Argued(reason);
        }
        List<@Nullable Object> log = new ArrayList<>();
        Interpreter program = new Interpreter(record.path("inputs"));
        program.set("log", new Interpreter.Log(log));
        boolean check = record.get("kind").asText().startsWith("grad");
        try {
            program.run(record.get("steps"));
        } catch (IllegalStateException e) {
            boolean expected = check && record.path("error").isTextual();
            return expected ? null : "threw " + e;
        }
        if (check) {
            return record.get("passes").asBoolean() ? null : "passed";
        }
        String expectedLog = record.has("log") ? Wording.python(record.get("log")) : "[]";
        String expected = expectedLog + " " + Wording.python(record.path("result"));
        String actual = Wording.python(log) + " " + Wording.python(program.last());
        return expected.equals(actual) ? null : "expected\n" + expected + "\nbut was\n" + actual;
    }
}
