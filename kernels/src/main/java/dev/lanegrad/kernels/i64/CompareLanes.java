package dev.lanegrad.kernels.i64;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// [CompareFormulas] of vectors.
final class CompareLanes {
    private CompareLanes() {}

    static VectorMask<Long> placeholder(LongVector a, LongVector b) {
        return a.compare(VectorOperators.LT, b);
    }

    static VectorMask<Long> eq(LongVector a, LongVector b) {
        return a.compare(VectorOperators.EQ, b);
    }

    static VectorMask<Long> ne(LongVector a, LongVector b) {
        return a.compare(VectorOperators.NE, b);
    }

    static VectorMask<Long> lt(LongVector a, LongVector b) {
        return a.compare(VectorOperators.LT, b);
    }

    static VectorMask<Long> le(LongVector a, LongVector b) {
        return a.compare(VectorOperators.LE, b);
    }

    static VectorMask<Long> gt(LongVector a, LongVector b) {
        return a.compare(VectorOperators.GT, b);
    }

    static VectorMask<Long> ge(LongVector a, LongVector b) {
        return a.compare(VectorOperators.GE, b);
    }
}
