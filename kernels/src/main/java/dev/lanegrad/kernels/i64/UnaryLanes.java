package dev.lanegrad.kernels.i64;

import jdk.incubator.vector.LongVector;

/// Those [UnaryFormulas] that processors have for vectors.
final class UnaryLanes {
    private UnaryLanes() {}

    static LongVector placeholder(LongVector x) {
        return x.add(x);
    }

    static LongVector neg(LongVector x) {
        return x.neg();
    }

    static LongVector abs(LongVector x) {
        return x.abs();
    }

    static LongVector square(LongVector x) {
        return x.mul(x);
    }

    static LongVector bitwiseNot(LongVector x) {
        return x.not();
    }
}
