package dev.lanegrad.regress;

import java.util.List;

/// What a run has found out.
///
/// @param outcomes of cases that were measured
/// @param gates the rules that the head breaks
/// @param failures what could not be measured
public record Result(List<Outcome> outcomes, List<GateFailure> gates, List<Failure> failures) {
    /// Nothing is slower.
    public static final int NO_REGRESSION = 0;

    /// Something could not be measured.
    public static final int FAILED = 2;

    /// Something is slower, or a gate is broken.
    public static final int REGRESSION = 3;

    /// Nothing is known to be slower, but not all could be told.
    public static final int TOO_NOISY = 4;

    /// The exit code: the worst that was found.
    public int exitCode() {
        if (!failures.isEmpty()) {
            return FAILED;
        }
        if (!gates.isEmpty() || count(Verdict.SLOWER) > 0) {
            return REGRESSION;
        }
        return count(Verdict.UNCLEAR) > 0 ? TOO_NOISY : NO_REGRESSION;
    }

    /// Whether a case failed on one side alone.
    boolean failedAlone(Failure failure) {
        return failures.stream()
                .noneMatch(f -> f.test().equals(failure.test()) && f.side() != failure.side());
    }

    /// How many cases a verdict was passed on.
    public long count(Verdict verdict) {
        return outcomes.stream().filter(o -> o.verdict() == verdict).count();
    }
}
