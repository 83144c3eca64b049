package dev.lanegrad.kernels.i64;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/// Those [BinaryFormulas] that processors have for vectors.
final class BinaryLanes {
    private BinaryLanes() {}

    static LongVector placeholder(LongVector a, LongVector b, long p) {
        return a.mul(p).add(b);
    }

    static LongVector add(LongVector a, LongVector b, long p) {
        return a.add(b);
    }

    static LongVector addScaled(LongVector a, LongVector b, long p) {
        return a.add(b.mul(p));
    }

    static LongVector sub(LongVector a, LongVector b, long p) {
        return a.sub(b);
    }

    static LongVector mul(LongVector a, LongVector b, long p) {
        return a.mul(b);
    }

    static LongVector maximum(LongVector a, LongVector b, long p) {
        return a.max(b);
    }

    static LongVector minimum(LongVector a, LongVector b, long p) {
        return a.min(b);
    }

    static LongVector bitwiseAnd(LongVector a, LongVector b, long p) {
        return a.and(b);
    }

    static LongVector bitwiseOr(LongVector a, LongVector b, long p) {
        return a.or(b);
    }

    static LongVector bitwiseXor(LongVector a, LongVector b, long p) {
        return a.lanewise(VectorOperators.XOR, b);
    }
}
