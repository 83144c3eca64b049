package dev.lanegrad.bench;

/// Both sides of a comparison must do the same work.
final class Agreement {
    private Agreement() {}

    /// Throws unless `theirs` is `ours` to rounding, beside the largest of all values.
    static void check(String what, float[] ours, float[] theirs) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < ours.length; i++) {
            largest = Math.max(largest, Math.abs(ours[i]));
            difference = Math.max(difference, Math.abs(ours[i] - theirs[i]));
        }
        if (!(difference <= 1e-4 * largest)) {
            throw new IllegalStateException(
                    "%s: results differ by %g beside values up to %g"
                            .formatted(what, difference, largest));
        }
    }
}
