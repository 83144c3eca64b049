package dev.lanegrad.kernels;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The loop of [Positions] by whole vectors; what is left over is the caller's. Not to be touched
/// where [Simd#VECTOR] is false.
final class PositionLanes {
    private static final VectorSpecies<Long> S = LongVector.SPECIES_PREFERRED;

    /// As many numbers of half the width.
    private static final VectorSpecies<Integer> HALF =
            VectorSpecies.of(
                    int.class, VectorShape.forBitSize(Math.max(64, S.vectorBitSize() / 2)));

    private PositionLanes() {}

    /// How many elements of n whole vectors hold; none, where vectors have no halves.
    static int whole(int n) {
        return S.length() == 1 ? 0 : S.loopBound(n);
    }

    /// `to[i] := index[i]`; returns a negative number if one is not in 0 to `size`, exclusively.
    static long read(long[] index, int io, int size, int[] to, int n) {
        LongVector last = LongVector.broadcast(S, size - 1);
        LongVector outside = LongVector.zero(S);
        for (int i = 0; i < n; i += S.length()) {
            LongVector v = LongVector.fromArray(S, index, io + i);
            outside = outside.or(v).or(last.sub(v));
            ((IntVector) v.convertShape(VectorOperators.L2I, HALF, 0)).intoArray(to, i);
        }
        return outside.reduceLanes(VectorOperators.OR);
    }
}
