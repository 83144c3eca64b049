package dev.lanegrad.kernels;

/// Positions along an axis as kernels read them: a strip at a time, checked on the way, since a
/// pass of its own over a large index takes as long as what is done with it.
public final class Positions {
    /// Most positions of a strip: they stay in the first-level cache.
    public static final int STRIP = 1024;

    private Positions() {}

    /// `to[i] := index[i]`, n positions.
    ///
    /// @throws IndexOutOfBoundsException if one is not in 0 to `size`, exclusively
    public static void read(long[] index, int io, int size, int[] to, int n) {
        int whole = Simd.VECTOR ? PositionLanes.whole(n) : 0;
        long outside = whole == 0 ? 0 : PositionLanes.read(index, io, size, to, whole);
        for (int i = whole; i < n; i++) {
            outside |= index[io + i] | (size - 1 - index[io + i]);
            to[i] = (int) index[io + i];
        }
        if (outside < 0) {
            throw new IndexOutOfBoundsException("index: a position is not in 0 to " + (size - 1));
        }
    }

    /// Positions of rows of `inner` elements become those of elements, the i-th in column `first +
    /// i`.
    public static void inColumns(int[] places, int inner, int first, int n) {
        for (int i = 0; i < n; i++) {
            places[i] = places[i] * inner + first + i;
        }
    }
}
