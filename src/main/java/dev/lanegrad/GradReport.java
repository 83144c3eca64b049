package dev.lanegrad;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What [GradCheck] found. [#toString()] says all of it in a few lines.
public final class GradReport {
    /// How a check ends.
    public enum Verdict {
        /// All derivatives agree.
        PASSED,
        /// A derivative is not the one of the differences.
        MISMATCH,
        /// A weight of zero does not give a gradient of zero.
        NOT_LINEAR,
        /// Two runs over the same values differ.
        NOT_DETERMINISTIC,
        /// The function or its backward threw an exception.
        THREW
    }

    /// One derivative: of an element of an output by an element of an input, or, if the indices are
    /// empty and the tensors are not 0-d, along a random direction.
    ///
    /// @param analytic what backward computed
    /// @param numeric the central difference
    /// @param left the slope from the left, (f(x) − f(x − eps)) / eps
    /// @param right the slope from the right, (f(x + eps) − f(x)) / eps
    /// @param tolerance by how much `analytic` and `numeric` may differ
    public record Derivative(
            int output,
            List<Integer> outputIndex,
            int input,
            List<Integer> inputIndex,
            double analytic,
            double numeric,
            double left,
            double right,
            double tolerance) {
        /// The difference of the two, NaN if one of them is.
        public double error() {
            return analytic == numeric ? 0 : Math.abs(analytic - numeric);
        }
    }

    private final Verdict verdict;
    private final String message;
    private final @Nullable Derivative worst;
    private final long compared;
    private final long differing;
    private final boolean kink;
    private final List<String> advice;
    private final @Nullable Throwable failure;

    GradReport(
            Verdict verdict,
            String message,
            @Nullable Derivative worst,
            long compared,
            long differing,
            boolean kink,
            List<String> advice,
            @Nullable Throwable failure) {
        this.verdict = verdict;
        this.message = message;
        this.worst = worst;
        this.compared = compared;
        this.differing = differing;
        this.kink = kink;
        this.advice = List.copyOf(advice);
        this.failure = failure;
    }

    static GradReport threw(String message, Throwable failure) {
        return new GradReport(Verdict.THREW, message, null, 0, 0, false, List.of(), failure);
    }

    /// Whether nothing was found wrong.
    public boolean passed() {
        return verdict == Verdict.PASSED;
    }

    /// How the check ended.
    public Verdict verdict() {
        return verdict;
    }

    /// The derivative that differs most, measured by its tolerance; null if none was compared.
    public @Nullable Derivative worst() {
        return worst;
    }

    /// How many derivatives were compared.
    public long compared() {
        return compared;
    }

    /// How many of them differ by more than the tolerance.
    public long differing() {
        return differing;
    }

    /// Whether the slopes on the two sides of the worst place differ as they do at a kink or a jump
    /// of the function.
    public boolean suspectedKink() {
        return kink;
    }

    /// Whether two runs over the same values gave the same results and gradients.
    public boolean deterministic() {
        return verdict != Verdict.NOT_DETERMINISTIC;
    }

    /// What to look at, a sentence each.
    public List<String> advice() {
        return advice;
    }

    /// What the function or its backward threw, if that ended the check.
    public @Nullable Throwable failure() {
        return failure;
    }

    /// Passes on a check that passed.
    ///
    /// @throws AssertionError with this report, if the check did not pass
    public void require() {
        if (!passed()) {
            throw new AssertionError(toString(), failure);
        }
    }

    /// The verdict in PyTorch's words, then the worst place with its numbers, then the advice.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(message);
        if (worst != null) {
            text.append("\n  ").append(place(worst));
            text.append("\n  analytic ").append(worst.analytic());
            text.append(", numeric ").append(worst.numeric());
            text.append(" (slope from the left ").append(worst.left());
            text.append(", from the right ").append(worst.right()).append(')');
            text.append("\n  error ").append(worst.error());
            text.append(", tolerance ").append(worst.tolerance());
            text.append("; ").append(differing).append(" of ").append(compared);
            text.append(" derivatives differ");
        }
        if (kink) {
            text.append("\n  suspected kink: the slopes on both sides do not meet");
        }
        for (String sentence : advice) {
            text.append("\n  ").append(sentence);
        }
        return text.toString();
    }

    private static String place(Derivative d) {
        return "worst at output %d %s by input %d %s"
                .formatted(d.output(), d.outputIndex(), d.input(), d.inputIndex());
    }
}
