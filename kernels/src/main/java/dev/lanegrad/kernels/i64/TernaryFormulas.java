package dev.lanegrad.kernels.i64;

/// The formulas of the ternary operations; each becomes a loop of its own (see [TernaryTemplate]).
final class TernaryFormulas {
    private TernaryFormulas() {}

    static long placeholder(long a, long b, long c, long p, long q) {
        return (long) (a * p + b * q + c);
    }

    /// a within [b, c]; where b > c, c.
    static long clamp(long a, long b, long c) {
        return (long) Math.min(Math.max(a, b), c);
    }

    /// `a + p·b·c`
    static long addcmul(long a, long b, long c, long p) {
        return (long) (a + p * b * c);
    }
}
