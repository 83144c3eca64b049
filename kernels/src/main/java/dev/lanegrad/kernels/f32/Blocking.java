package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Simd;

/// How matrix products are cut to fit registers and caches.
///
/// A tile of C is as large as the registers allow: with 32 of them (AVX-512 at any vector width,
/// NEON) six rows by four vectors, 24 sums that need ten loads a step; with 16 of them (AVX2) three
/// rows by three vectors. Fewer vectors leave room for more rows.
final class Blocking {
    /// Elements of a vector.
    static final int W = Lanes.S.length();

    /// Vectors of a full panel of B.
    static final int COLUMNS = Simd.REGISTERS >= 32 ? 4 : 3;

    /// Columns of a full panel of B.
    static final int NR = COLUMNS * W;

    /// Products summed in one run of a tile: the panel of B, NR·KC elements, is 96 KiB at the most
    /// and streams from the second-level cache.
    static final int KC = 384;

    /// Distance of packed rows of A: an odd number of cache lines, so that rows do not compete for
    /// the same lines of the first-level cache. A constant, so that a tile needs one address for
    /// all its rows.
    static final int LDA = KC + 16;

    /// Rows of A that are packed at a time: 192 KiB.
    static final int MC = 120;

    /// Columns of B that are packed at a time.
    static final int NC = 2048;

    /// A row of nothing, to be added to a tile's sums.
    static final float[] ZEROS = new float[NR];

    private Blocking() {}

    /// Rows of a tile of `columns` vectors.
    static int rows(int columns) {
        return Simd.REGISTERS >= 32 || columns == 1 ? 6 : columns == 2 ? 5 : 3;
    }

    /// Number of parts of at most `size` that `n` is cut into.
    static int parts(int n, int size) {
        return (n + size - 1) / size;
    }

    /// Where part `i` of `parts` nearly equal parts of `n` begins.
    static int start(int i, int n, int parts) {
        return i * (n / parts) + Math.min(i, n % parts);
    }
}
