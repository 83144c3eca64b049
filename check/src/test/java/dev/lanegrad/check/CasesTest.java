package dev.lanegrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.GradCheck;
import dev.lanegrad.Tensor;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CasesTest {
    /// exp with the gradient of a function twice as steep above 1.5.
    private static Tensor wrongAboveOneAndAHalf(Tensor x) {
        Tensor steep = x.detach().gt(1.5).to(x.dtype());
        return x.exp().add(x.exp().mul(steep)).sub(x.exp().mul(steep).detach());
    }

    @Test
    void aFailingCaseShrinksToOneOddElementAndSaysHowToMakeItAgain() {
        Operation op = Operation.of("wrong", CasesTest::wrongAboveOneAndAHalf);
        AssertionError error =
                assertThrows(
                        AssertionError.class,
                        () ->
                                Cases.forAll(
                                        op.cases(),
                                        100,
                                        7,
                                        x ->
                                                GradCheck.options()
                                                        .fastMode(true)
                                                        .checkAll(op.function(), x)
                                                        .require()));
        String text = error.getMessage();
        assertTrue(text.startsWith("seed 7, case "), text);
        String made =
                "Tensor\\.of\\(new double\\[] \\{(1\\.0, )*1\\.55(, 1\\.0)*\\}, Shape\\.of\\(";
        assertTrue(Pattern.compile(made).matcher(text).find(), text);
        assertTrue(text.contains("input 0: float64 ["), text);
        assertTrue(text.contains("Jacobian mismatch for output 0 with respect to input 0"), text);
    }

    @Test
    void sameSeedSameCases() {
        Operation op = Operation.of("add", Tensor::add, Operation.in("*"), Operation.in("*"));
        StringBuilder first = new StringBuilder();
        StringBuilder second = new StringBuilder();
        Cases.forAll(op.cases(), 5, 3, x -> first.append(TensorReporting.java(x[1])));
        Cases.forAll(op.cases(), 5, 3, x -> second.append(TensorReporting.java(x[1])));
        assertEquals(first.toString(), second.toString());
    }
}
