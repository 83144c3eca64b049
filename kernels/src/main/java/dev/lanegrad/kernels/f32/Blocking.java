package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Scratch;
import dev.lanegrad.kernels.Simd;

/// How matrix products are cut to fit registers and caches.
///
/// A tile of C is as large as the registers allow: with 32 of them (AVX-512 at any vector width,
/// NEON) six rows by four vectors, 24 sums that need ten loads a step; with 16 of them (AVX2) three
/// rows by three vectors. Fewer vectors leave room for more rows, and ask for them: with less than
/// eight sums each waits for itself.
final class Blocking {
    /// Elements of a vector.
    static final int W = Lanes.S.length();

    /// Vectors of a full panel of B.
    static final int COLUMNS = Simd.REGISTERS >= 32 ? 4 : 3;

    /// Columns of a full panel of B.
    static final int NR = COLUMNS * W;

    /// Products summed in one run of a tile: the panel of B, NR·KC elements, is 64 KiB at the most
    /// and streams from the second-level cache.
    static final int KC = 256;

    /// Products summed in one run of a tile where many tiles in a row meet the same panel of B: its
    /// 32 KiB stay in the first-level cache.
    static final int NEAR = 128;

    /// Rows of the tallest tile.
    static final int ROWS = 12;

    /// Distance of packed rows of A: an odd number of cache lines, so that rows do not compete for
    /// the same lines of the first-level cache. A constant, so that a tile needs one address for
    /// all its rows.
    static final int LDA = KC + 16;

    /// Distance of pixels of up to 64 channels that are copied for a window to pass over: a
    /// constant and an odd number of cache lines for the same reasons.
    static final int PIXEL = 80;

    /// Products that are summed in one run of a tile whose rows are such pixels: all there are.
    static final int DEPTH = 768;

    /// Rows of C, or target pixels, in one chunk of work.
    static final int MC = 240;

    /// Rows of A that are packed at a time: whole tiles, and few enough to stay in the first-level
    /// cache beside the panel they meet.
    static final int STRIP = 24;

    /// Columns of B that are packed at a time: 1 MiB with KC rows.
    static final int NC = 1024;

    /// Chunks that a product should have for many threads to share it.
    static final int CHUNKS = 8;

    /// Elements to skip in an array of [#aligned], [#alignedLength] or [#keptLength]: what follows
    /// begins at a cache line.
    static final int LINE = (64 - 16) / Float.BYTES;

    /// Elements of half a region of the G1 collector, at least.
    private static final int LARGE = halfRegion(Runtime.getRuntime().maxMemory()) / Float.BYTES;

    /// A row of nothing, to be added to a tile's sums.
    static final float[] ZEROS = new float[NR];

    private Blocking() {}

    /// A scratch array of which `n` elements are used, from [#LINE] on.
    static float[] aligned(int n) {
        return Scratch.floats(alignedLength(n));
    }

    /// Length of an array of which `n` elements from [#LINE] on are used.
    ///
    /// A vector of 64 bytes that straddles two cache lines is read or written twice, which costs a
    /// product up to a fifth of its speed. Where an array lies is not for a program to choose, but
    /// the G1 collector gives one larger than half a region regions of its own, at whose start its
    /// header of 16 bytes lies.
    static int alignedLength(int n) {
        return Math.max(LINE + n, LARGE);
    }

    /// Length of an array to keep, of which `n` elements from [#LINE] on are used: at cache lines
    /// unless three quarters of it would be there for this alone.
    static int keptLength(int n) {
        return n < LARGE / 4 ? LINE + n : alignedLength(n);
    }

    /// In bytes. By default there are 2048 regions, each of a power of two from 1 to 32 MiB.
    private static int halfRegion(long heap) {
        long region = Math.clamp(heap >> 11, 1 << 20, 1 << 25);
        return (int) (Long.highestOneBit(2 * region - 1) / 2);
    }

    /// Whether tiles may read `x` in its own place: the bounds of their addresses leave out the
    /// last elements of the longest arrays that there can be.
    static boolean readable(float[] x) {
        return x.length <= Integer.MAX_VALUE - Math.max(KC * NR, ROWS * LDA);
    }

    /// Rows of a tile of `columns` vectors. Of rows in their own place each needs an address, for
    /// more than six of which there are no registers.
    static int rows(Rows.Form form, int columns) {
        if (Simd.REGISTERS >= 32) {
            return columns <= 2 && form != Rows.Form.IN_PLACE ? ROWS : 6;
        }
        return columns == 1 ? 6 : columns == 2 ? 5 : 3;
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
