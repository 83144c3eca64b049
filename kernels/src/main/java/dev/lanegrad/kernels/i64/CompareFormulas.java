package dev.lanegrad.kernels.i64;

/// The comparisons; each becomes a loop of its own (see [CompareTemplate]).
final class CompareFormulas {
    private CompareFormulas() {}

    static boolean placeholder(long a, long b, long p, long q) {
        return a * p < b * q;
    }

    static boolean eq(long a, long b) {
        return a == b;
    }

    static boolean ne(long a, long b) {
        return a != b;
    }

    static boolean lt(long a, long b) {
        return a < b;
    }

    static boolean le(long a, long b) {
        return a <= b;
    }

    static boolean gt(long a, long b) {
        return a > b;
    }

    static boolean ge(long a, long b) {
        return a >= b;
    }
}
