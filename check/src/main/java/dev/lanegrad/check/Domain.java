package dev.lanegrad.check;

/// Which values tensors are made of. They lie on a grid, so that a failing case has short numbers.
public enum Domain {
    /// From −2 to 2.
    REAL(-2, 2),

    /// From 0.2 to 2.2.
    POSITIVE(0.2, 2.2),

    /// From 0.05 to 0.95.
    UNIT(0.05, 0.95),

    /// From −2 to 2, not nearer than 0.025 to any multiple of 0.05, where functions are put
    /// together of pieces.
    AWAY_FROM_KINKS(-2, 2),

    /// From −2 to 2 or beyond, no two nearer than 0.06 to each other, none nearer than 0.015 to 0:
    /// for functions that choose among elements.
    DISTINCT(-2, 2),

    /// Zeros of both signs, infinities, NaN, the least and the largest numbers, and some ordinary
    /// ones.
    SPECIAL(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    final double min;
    final double max;

    Domain(double min, double max) {
        this.min = min;
        this.max = max;
    }
}
