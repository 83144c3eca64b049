package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Parallel;

/// Dense rows of channels, walked in wide rows of several rows each so that few channels fill
/// vectors too.
///
/// Sums are taken over blocks of [#BLOCK] wide rows; a block's results for the j-th of the rows in
/// a wide row form a part. Parts are added in double precision, in order.
final class Channels {
    /// Wide rows of a block.
    private static final int BLOCK = 64;

    /// Elements of one chunk of parallel work.
    private static final int GRAIN = 1 << 15;

    private final int rows;
    private final int channels;

    /// Rows in a wide row.
    final int together;

    /// Elements of a wide row.
    final int width;

    private final int blocks;

    private Channels(int rows, int channels, int width) {
        this.rows = rows;
        this.channels = channels;
        this.together = Math.max(1, Math.min(rows, width / channels));
        this.width = together * channels;
        int wide = rows / together;
        this.blocks = (wide + BLOCK - 1) / BLOCK + (wide * together < rows ? 1 : 0);
    }

    /// For sums over rows.
    static Channels sums(int rows, int channels) {
        return new Channels(rows, channels, 4 * Lanes.S.length());
    }

    /// For passes over all elements.
    static Channels sweep(int rows, int channels) {
        return new Channels(rows, channels, 512);
    }

    // ---------------------------------------------------------------- sums

    /// Elements of an array of parts.
    int parts() {
        return blocks * width;
    }

    /// Rows that went into the part that begins at `part·channels`.
    int rowsOf(int part) {
        int wide = rows / together;
        int first = part / together * BLOCK;
        if (first >= wide) {
            return part % together < rows - wide * together ? 1 : 0;
        }
        return Math.min(BLOCK, wide - first);
    }

    /// Sums of `rows` rows of `n` columns that begin at element `from`, for the part `to`.
    @FunctionalInterface
    interface Block {
        void run(int from, int rows, int n, int to);
    }

    /// Runs `block` over all blocks.
    void blocks(Block block) {
        int wide = rows / together;
        Parallel.run(
                blocks,
                Math.max(1, GRAIN / (BLOCK * width)),
                (from, to) -> {
                    for (int b = from; b < to; b++) {
                        int first = b * BLOCK;
                        if (first < wide) {
                            int count = Math.min(BLOCK, wide - first);
                            block.run(first * width, count, width, b * width);
                        } else {
                            int n = (rows - wide * together) * channels;
                            block.run(wide * width, 1, n, b * width);
                        }
                    }
                });
    }

    /// `sum[c] := Σ parts`
    void add(float[] parts, double[] sum) {
        java.util.Arrays.fill(sum, 0, channels, 0.0);
        for (int part = 0; part < blocks * together; part++) {
            if (rowsOf(part) > 0) {
                int at = part * channels;
                for (int c = 0; c < channels; c++) {
                    sum[c] += parts[at + c];
                }
            }
        }
    }

    /// Brings the moments of all parts together: `mean[c]` and `squares[c] := Σ (x − mean)²`.
    void join(float[] means, float[] parts, double[] mean, double[] squares) {
        java.util.Arrays.fill(mean, 0, channels, 0.0);
        java.util.Arrays.fill(squares, 0, channels, 0.0);
        int count = blocks * together;
        for (int part = 0; part < count; part++) {
            int n = rowsOf(part);
            for (int c = 0, at = part * channels; n > 0 && c < channels; c++) {
                mean[c] += n * (double) means[at + c];
            }
        }
        for (int c = 0; c < channels; c++) {
            mean[c] /= rows;
        }
        for (int part = 0; part < count; part++) {
            int n = rowsOf(part);
            for (int c = 0, at = part * channels; n > 0 && c < channels; c++) {
                double d = means[at + c] - mean[c];
                squares[c] += parts[at + c] + n * d * d;
            }
        }
    }

    // ---------------------------------------------------------------- sweeps

    /// `wide[i] := x[i mod channels]`, as many times as there are rows in a wide row.
    void spread(float[] x, int xo, float[] wide) {
        for (int i = 0; i < width; i += channels) {
            System.arraycopy(x, xo, wide, i, channels);
        }
    }

    /// A pass over `n` elements that begin at element `from`, the first one of channel 0.
    @FunctionalInterface
    interface Row {
        void run(int from, int n);
    }

    /// Runs `row` over all wide rows.
    void sweep(Row row) {
        int count = (rows + together - 1) / together;
        int n = rows * channels;
        Parallel.run(
                count,
                Math.max(1, GRAIN / width),
                (from, to) -> {
                    for (int r = from; r < to; r++) {
                        row.run(r * width, Math.min(width, n - r * width));
                    }
                });
    }
}
