package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Scratch;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Copying parts of matrices into the order in which tiles read them.
final class Pack {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int W = S.length();
    private static final int NR = Blocking.NR;

    /// Elements of a column that are transposed at a time, and the distance of columns meanwhile:
    /// an odd number of cache lines, whatever it is in the matrix.
    private static final int SEGMENT = 64;

    private static final int PITCH = SEGMENT + 16;
    private static final int[] PLACES = Columns.places(PITCH);

    private Pack() {}

    /// Rows of A, `kc` elements each, to rows [Blocking#LDA] apart.
    static void rows(int rows, int kc, float[] a, int ao, int ars, int acs, float[] y, int yo) {
        if (acs == 1) {
            copyRows(rows, kc, a, ao, ars, y, yo, Blocking.LDA);
            return;
        }
        for (int i = 0; i < rows; i++) {
            Copy.strided(a, ao + i * ars, acs, y, yo + i * Blocking.LDA, 1, kc);
        }
    }

    /// Rows of `n` elements, `ldx` apart, to rows `ldy` apart: four vectors of every row, then the
    /// next four. Rows are too short to pay for a loop each.
    static void copyRows(int rows, int n, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
        int j = 0;
        for (; j <= n - 4 * W; j += 4 * W) {
            copyFour(rows, x, xo + j, ldx, y, yo + j, ldy);
        }
        for (; j <= n - W; j += W) {
            copyOne(rows, x, xo + j, ldx, y, yo + j, ldy);
        }
        if (j < n) {
            copyPart(rows, S.indexInRange(j, n), x, xo + j, ldx, y, yo + j, ldy);
        }
    }

    private static void copyFour(int rows, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
        for (int i = 0; i < rows; i++) {
            int xi = xo + i * ldx;
            int yi = yo + i * ldy;
            FloatVector v0 = FloatVector.fromArray(S, x, xi);
            FloatVector v1 = FloatVector.fromArray(S, x, xi + W);
            FloatVector v2 = FloatVector.fromArray(S, x, xi + 2 * W);
            FloatVector v3 = FloatVector.fromArray(S, x, xi + 3 * W);
            v0.intoArray(y, yi);
            v1.intoArray(y, yi + W);
            v2.intoArray(y, yi + 2 * W);
            v3.intoArray(y, yi + 3 * W);
        }
    }

    private static void copyOne(int rows, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
        for (int i = 0; i < rows; i++) {
            FloatVector.fromArray(S, x, xo + i * ldx).intoArray(y, yo + i * ldy);
        }
    }

    private static void copyPart(
            int rows, VectorMask<Float> m, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
        for (int i = 0; i < rows; i++) {
            FloatVector.fromArray(S, x, xo + i * ldx, m).intoArray(y, yo + i * ldy, m);
        }
    }

    /// A part of A that lies column by column (its rows are 1 apart) to rows of `width` elements,
    /// one for each of the `kc` columns.
    static void columns(
            int rows, int kc, float[] a, int ao, int acs, float[] y, int yo, int width) {
        for (int k = 0; k < kc; k++) {
            System.arraycopy(a, ao + k * acs, y, yo + k * width, rows);
        }
    }

    /// Panels `from` to `to` of B, which has `kc` rows of `n` elements: NR columns each, one panel
    /// after the other from `yo` on, the last one padded with zeros to whole vectors.
    ///
    /// Rows are read across all panels: a row of a large matrix is a page of memory.
    static void panels(
            int kc,
            int n,
            int from,
            int to,
            float[] b,
            int bo,
            int brs,
            int bcs,
            float[] y,
            int yo) {
        int whole = bcs == 1 ? Math.min(to, n / NR) : from;
        for (int k = 0; k < kc && whole > from; k++) {
            int bk = bo + k * brs;
            for (int p = from; p < whole; p++) {
                int yk = yo + (p * kc + k) * NR;
                for (int j = 0; j < NR; j += W) {
                    FloatVector.fromArray(S, b, bk + p * NR + j).intoArray(y, yk + j);
                }
            }
        }
        for (int p = whole; p < to; p++) {
            int j = p * NR;
            panel(kc, Math.min(NR, n - j), b, bo + j * bcs, brs, bcs, y, yo + j * kc);
        }
    }

    /// A panel of B: `kc` rows of `width` elements, padded with zeros to whole vectors.
    static void panel(int kc, int width, float[] b, int bo, int brs, int bcs, float[] y, int yo) {
        if (bcs == 1) {
            panelOfRows(kc, width, b, bo, brs, y, yo);
        } else {
            panelOfColumns(kc, width, b, bo, brs, bcs, y, yo);
        }
    }

    private static void panelOfRows(
            int kc, int width, float[] b, int bo, int brs, float[] y, int yo) {
        int whole = S.loopBound(width);
        int ldy = whole == width ? width : whole + W;
        VectorMask<Float> m = S.indexInRange(whole, width);
        for (int k = 0; k < kc; k++) {
            int bk = bo + k * brs;
            int yk = yo + k * ldy;
            for (int j = 0; j < whole; j += W) {
                FloatVector.fromArray(S, b, bk + j).intoArray(y, yk + j);
            }
            if (whole < width) {
                FloatVector.fromArray(S, b, bk + whole, m).intoArray(y, yk + whole);
            }
        }
    }

    /// Columns of contiguous elements, as many as vectors hold, through a small buffer; of others
    /// four at a time are read along their length and written side by side.
    private static void panelOfColumns(
            int kc, int width, float[] b, int bo, int brs, int bcs, float[] y, int yo) {
        int ldy = (width + W - 1) / W * W;
        int j = brs == 1 && Columns.GATHERS ? gathered(kc, width, b, bo, bcs, y, yo, ldy) : 0;
        for (; j + 4 <= width; j += 4) {
            int b0 = bo + j * bcs;
            int b1 = b0 + bcs;
            int b2 = b1 + bcs;
            int b3 = b2 + bcs;
            for (int k = 0; k < kc; k++) {
                int yk = yo + k * ldy + j;
                y[yk] = b[b0 + k * brs];
                y[yk + 1] = b[b1 + k * brs];
                y[yk + 2] = b[b2 + k * brs];
                y[yk + 3] = b[b3 + k * brs];
            }
        }
        for (; j < width; j++) {
            for (int k = 0; k < kc; k++) {
                y[yo + k * ldy + j] = b[bo + k * brs + j * bcs];
            }
        }
        if (width < ldy) {
            for (int k = 0; k < kc; k++) {
                Arrays.fill(y, yo + k * ldy + width, yo + (k + 1) * ldy, 0);
            }
        }
    }

    /// Returns how many columns are done.
    private static int gathered(
            int kc, int width, float[] b, int bo, int bcs, float[] y, int yo, int ldy) {
        float[] segments = Scratch.floats(W * PITCH);
        int j = 0;
        for (; j <= width - W; j += W) {
            for (int k = 0; k < kc; k += SEGMENT) {
                int n = Math.min(SEGMENT, kc - k);
                copyRows(W, n, b, bo + j * bcs + k, bcs, segments, 0, PITCH);
                Columns.transposed(segments, 0, PLACES, W, n, y, yo + k * ldy + j, ldy);
            }
        }
        Scratch.release(segments);
        return j;
    }

    /// `C := Z + T` for a tile T of `rows` rows NR apart, of which `width` columns count.
    static void flush(
            int rows,
            int width,
            float[] t,
            int to,
            int ldt,
            float[] z,
            int zo,
            int ldz,
            float[] c,
            int co,
            int ldc) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < width; j += W) {
                VectorMask<Float> m = S.indexInRange(j, width);
                FloatVector.fromArray(S, t, to + i * ldt + j)
                        .add(FloatVector.fromArray(S, z, zo + i * ldz + j, m))
                        .intoArray(c, co + i * ldc + j, m);
            }
        }
    }
}
