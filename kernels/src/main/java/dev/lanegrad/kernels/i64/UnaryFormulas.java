package dev.lanegrad.kernels.i64;

/// The formulas of the unary operations; each becomes a loop of its own (see [UnaryTemplate]).
final class UnaryFormulas {
    private UnaryFormulas() {}

    static long placeholder(long x, long p, long q) {
        return (long) (x * p + q);
    }

    static long neg(long x) {
        return (long) -x;
    }

    static long abs(long x) {
        return (long) Math.abs(x);
    }

    /// 1, 0 or -1.
    static long sign(long x) {
        return (long) (x > 0 ? 1 : x < 0 ? -1 : 0);
    }

    static long square(long x) {
        return (long) (x * x);
    }

    static long cube(long x) {
        return (long) (x * x * x);
    }

    static long relu(long x) {
        return (long) Math.max(x, 0);
    }

    static long bitwiseNot(long x) {
        return (long) ~x;
    }
}
