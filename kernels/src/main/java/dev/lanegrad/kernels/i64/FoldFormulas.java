package dev.lanegrad.kernels.i64;

/// The operations that fold an axis; each becomes loops of its own (see [FoldTemplate]).
///
/// `step` takes one more element into an accumulator, `join` brings two accumulators together, and
/// `identity` is the accumulator of no elements.
final class FoldFormulas {
    private FoldFormulas() {}

    static final class Placeholder {
        static long identity() {
            return 0;
        }

        static long step(long a, long x) {
            return (long) (a + x);
        }

        static long join(long a, long b) {
            return (long) (a + b);
        }
    }

    static final class Sum {
        static long identity() {
            return 0;
        }

        static long step(long a, long x) {
            return (long) (a + x);
        }

        static long join(long a, long b) {
            return (long) (a + b);
        }
    }

    static final class SumOfSquares {
        static long identity() {
            return 0;
        }

        static long step(long a, long x) {
            return (long) (a + x * x);
        }

        static long join(long a, long b) {
            return (long) (a + b);
        }
    }

    static final class SumOfMagnitudes {
        static long identity() {
            return 0;
        }

        static long step(long a, long x) {
            return (long) (a + (x < 0 ? -x : x));
        }

        static long join(long a, long b) {
            return (long) (a + b);
        }
    }

    static final class Prod {
        static long identity() {
            return 1;
        }

        static long step(long a, long x) {
            return (long) (a * x);
        }

        static long join(long a, long b) {
            return (long) (a * b);
        }
    }

    static final class Max {
        static long identity() {
            return Long.MIN_VALUE;
        }

        static long step(long a, long x) {
            return x > a ? x : a;
        }

        static long join(long a, long b) {
            return b > a ? b : a;
        }
    }

    static final class Min {
        static long identity() {
            return Long.MAX_VALUE;
        }

        static long step(long a, long x) {
            return x < a ? x : a;
        }

        static long join(long a, long b) {
            return b < a ? b : a;
        }
    }
}
