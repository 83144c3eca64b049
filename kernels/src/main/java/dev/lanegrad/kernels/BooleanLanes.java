package dev.lanegrad.kernels;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Loops over booleans by whole vectors of bytes; what is left over is the caller's. Not to be
/// touched where [Simd#VECTOR] is false.
final class BooleanLanes {
    private static final VectorSpecies<Byte> S = ByteVector.SPECIES_PREFERRED;

    private BooleanLanes() {}

    /// `y := both·a·b ⊕ either·(a ⊕ b) ⊕ flip`; returns how many elements are done.
    static int combine(
            boolean[] a,
            int ao,
            boolean[] b,
            int bo,
            boolean[] y,
            int yo,
            int n,
            boolean both,
            boolean either,
            boolean flip) {
        ByteVector p = ByteVector.broadcast(S, both ? 1 : 0);
        ByteVector q = ByteVector.broadcast(S, either ? 1 : 0);
        ByteVector r = ByteVector.broadcast(S, flip ? 1 : 0);
        int whole = S.loopBound(n);
        for (int i = 0; i < whole; i += S.length()) {
            ByteVector x = ByteVector.fromBooleanArray(S, a, ao + i);
            ByteVector w = ByteVector.fromBooleanArray(S, b, bo + i);
            ByteVector one = x.lanewise(VectorOperators.XOR, w).and(q);
            x.and(w)
                    .and(p)
                    .lanewise(VectorOperators.XOR, one)
                    .lanewise(VectorOperators.XOR, r)
                    .intoBooleanArray(y, yo + i);
        }
        return whole;
    }

    /// How many of the first elements, as far as whole vectors go, are true.
    static int count(boolean[] x, int xo, int n) {
        int count = 0;
        int whole = S.loopBound(n);
        for (int i = 0; i < whole; i += S.length()) {
            count +=
                    ByteVector.fromBooleanArray(S, x, xo + i)
                            .compare(VectorOperators.NE, 0)
                            .trueCount();
        }
        return count;
    }

    /// How many elements of n whole vectors hold.
    static int whole(int n) {
        return S.loopBound(n);
    }
}
