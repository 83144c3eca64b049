package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Blocking.LDA;
import static dev.lanegrad.kernels.f32.Blocking.LINE;
import static dev.lanegrad.kernels.f32.Blocking.NR;
import static dev.lanegrad.kernels.f32.Blocking.ROWS;
import static dev.lanegrad.kernels.f32.Blocking.STRIP;
import static dev.lanegrad.kernels.f32.Blocking.W;
import static dev.lanegrad.kernels.f32.Blocking.ZEROS;

import dev.lanegrad.kernels.Scratch;
import org.jspecify.annotations.Nullable;

/// Some rows of the left factor A of a product, in one of the forms that tiles read, and their
/// products with panels of the right factor B.
final class Rows {
    /// How A lies.
    enum Form {
        PACKED(0),
        IN_PLACE(1),
        COLUMNS(2),
        TAPS(3);

        /// The form's place in tables.
        final int index;

        Form(int index) {
            this.index = index;
        }
    }

    private static final int[] NO_TAPS = {};

    /// Distance of copied columns: an odd number of cache lines.
    private static final int COPIED_COLUMN = (Blocking.parts(STRIP, 16) | 1) * 16;

    private final Form form;
    private final float[] a;
    private final int lda;
    private final int[] taps;
    private final int runs;
    private final int runPitch;
    private final boolean pooled;
    private int rows;
    private int kc;
    private int ao;
    private float @Nullable [] edge;

    Rows(Form form, int rows, int kc, float[] a, int ao, int lda, boolean pooled) {
        this(form, rows, kc, a, ao, lda, NO_TAPS, 1, 0, pooled);
    }

    private Rows(
            Form form,
            int rows,
            int kc,
            float[] a,
            int ao,
            int lda,
            int[] taps,
            int runs,
            int runPitch,
            boolean pooled) {
        this.form = form;
        this.rows = rows;
        this.kc = kc;
        this.a = a;
        this.ao = ao;
        this.lda = lda;
        this.taps = taps;
        this.runs = runs;
        this.runPitch = runPitch;
        this.pooled = pooled;
    }

    /// Rows of contiguous elements, `ars` apart.
    static Rows inPlace(int rows, int kc, float[] a, int ao, int ars) {
        return new Rows(Form.IN_PLACE, rows, kc, a, ao, ars, false);
    }

    /// Rows 1 apart, whose elements are `acs` apart.
    static Rows columnsInPlace(int rows, int kc, float[] a, int ao, int acs) {
        return new Rows(Form.COLUMNS, rows, kc, a, ao, acs, false);
    }

    /// Turns to other rows in the same array: a loop over strips makes one object.
    void move(int rows, int kc, int ao) {
        this.rows = rows;
        this.kc = kc;
        this.ao = ao;
    }

    /// Room for copies of up to [Blocking#STRIP] rows, see [#copy].
    static Rows packed() {
        float[] strip = Blocking.aligned(STRIP * LDA);
        return new Rows(Form.PACKED, 0, 0, strip, LINE, LDA, true);
    }

    /// Room for copies of up to [Blocking#STRIP] rows that lie column by column, see [#copy].
    static Rows packedColumns(int kc) {
        float[] strip = Blocking.aligned(kc * COPIED_COLUMN);
        return new Rows(Form.COLUMNS, 0, 0, strip, LINE, COPIED_COLUMN, true);
    }

    /// Turns to `rows` rows of another array, copied: of any strides, or 1 apart to be a column.
    void copy(int rows, int kc, float[] x, int xo, int xrs, int xcs) {
        if (form == Form.PACKED) {
            Pack.rows(rows, kc, x, xo, xrs, xcs, a, LINE);
        } else {
            Pack.columns(rows, kc, x, xo, xcs, a, LINE, lda);
        }
        move(rows, kc, LINE);
    }

    /// Rows that were packed elsewhere, [Blocking#LDA] apart.
    static Rows ready(int rows, int kc, float[] a, int ao) {
        return new Rows(Form.PACKED, rows, kc, a, ao, LDA, false);
    }

    /// `runs` times `rows` rows: runs begin `runPitch` apart, their rows are [Blocking#PIXEL]
    /// apart, and a row's elements lie at `taps` from where it begins, in threes that are as far
    /// apart.
    static Rows ofTaps(int runs, int runPitch, int rows, int[] taps, float[] a, int ao) {
        return new Rows(
                Form.TAPS, rows, taps.length, a, ao, Blocking.PIXEL, taps, runs, runPitch, false);
    }

    /// `C := Z + A·B`, where B is the panel of `width` columns at `bo`, padded to whole vectors.
    void multiply(
            int width, float[] b, int bo, float[] z, int zo, int ldz, float[] c, int co, int ldc) {
        for (int run = 0; run < runs; run++) {
            int i = run * rows;
            int at = ao + run * runPitch;
            multiplyRun(at, width, b, bo, z, zo + i * ldz, ldz, c, co + i * ldc, ldc);
        }
    }

    private void multiplyRun(
            int from,
            int width,
            float[] b,
            int bo,
            float[] z,
            int zo,
            int ldz,
            float[] c,
            int co,
            int ldc) {
        int columns = Blocking.parts(width, W);
        int tiles = Blocking.parts(rows, Blocking.rows(form, columns));
        boolean fits = width == columns * W;
        for (int t = 0; t < tiles; t++) {
            int i = Blocking.start(t, rows, tiles);
            int r = Blocking.start(t + 1, rows, tiles) - i;
            int zi = zo + i * ldz;
            int ci = co + i * ldc;
            int at = from + i * (form == Form.COLUMNS ? 1 : lda);
            if (fits) {
                tile(r, columns, at, b, bo, z, zi, ldz, c, ci, ldc);
            } else {
                float[] padded = edge();
                tile(r, columns, at, b, bo, ZEROS, 0, 0, padded, 0, NR);
                Pack.flush(r, width, padded, 0, NR, z, zi, ldz, c, ci, ldc);
            }
        }
    }

    /// Room for a tile of which not all columns are C's.
    private float[] edge() {
        float[] tile = edge;
        if (tile == null) {
            edge = tile = Scratch.floats(ROWS * NR);
        }
        return tile;
    }

    /// C by vectors if these are fast already, else without; the bits are the same.
    private void tile(
            int r,
            int columns,
            int at,
            float[] b,
            int bo,
            float[] z,
            int zo,
            int ldz,
            float[] c,
            int co,
            int ldc) {
        boolean across = form == Form.COLUMNS;
        if (WarmTiles.areFast(form, r, columns, kc)) {
            vectors(r, columns, at, b, bo, z, zo, ldz, c, co, ldc);
            return;
        }
        PlainTile.run(
                r,
                columns,
                kc,
                a,
                at,
                across ? 1 : lda,
                across ? lda : 1,
                form == Form.TAPS ? taps : null,
                b,
                bo,
                z,
                zo,
                ldz,
                c,
                co,
                ldc);
    }

    /// C by vectors.
    void vectors(
            int r,
            int columns,
            int at,
            float[] b,
            int bo,
            float[] z,
            int zo,
            int ldz,
            float[] c,
            int co,
            int ldc) {
        switch (form) {
            case PACKED -> Tiles.packed(r, columns, kc, a, at, b, bo, z, zo, ldz, c, co, ldc);
            case COLUMNS ->
                    Tiles.columns(r, columns, kc, a, at, lda, b, bo, z, zo, ldz, c, co, ldc);
            case TAPS ->
                    WindowTiles.taps(r, columns, kc, a, at, taps, b, bo, z, zo, ldz, c, co, ldc);
            case IN_PLACE ->
                    Tiles.rows(
                            r,
                            columns,
                            kc,
                            a,
                            at,
                            at + lda,
                            at + 2 * lda,
                            at + 3 * lda,
                            at + 4 * lda,
                            at + 5 * lda,
                            b,
                            bo,
                            z,
                            zo,
                            ldz,
                            c,
                            co,
                            ldc);
        }
    }

    /// Gives the copies back.
    void release() {
        if (edge != null) {
            Scratch.release(edge);
        }
        if (pooled) {
            Scratch.release(a);
        }
    }
}
