package dev.lanegrad.kernels;

/// Which pixels of a source image each target pixel of a convolution sums over.
///
/// Target pixel `[i, j]` sees source pixels `[i·stepH + rows[t], j·stepW + columns[u]]` for all t
/// and u; pixels outside the source are zero. The forward convolution is one window; a gradient
/// with respect to the input is one for each remainder of the target's position modulo the stride,
/// and none of them multiplies a zero that the stride would put between the pixels.
///
/// @param n images
/// @param sourceH rows of a source image
/// @param sourceW columns of a source image
/// @param targetH rows of target pixels
/// @param targetW columns of target pixels
/// @param stepH source rows from one target row to the next
/// @param stepW source columns from one target column to the next
/// @param rows offsets of the source rows
/// @param columns offsets of the source columns, equally spaced
/// @param tapRows the row of the weight that belongs to each of `rows`
/// @param tapColumns the column of the weight that belongs to each of `columns`
public record Window(
        int n,
        int sourceH,
        int sourceW,
        int targetH,
        int targetW,
        int stepH,
        int stepW,
        int[] rows,
        int[] columns,
        int[] tapRows,
        int[] tapColumns) {
    /// The window of the forward convolution: the source is x, the target y.
    public static Window forward(ConvShape s) {
        int[] rows = new int[s.kh()];
        int[] tapRows = new int[s.kh()];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = r * s.dilationH() - s.padH();
            tapRows[r] = r;
        }
        int[] columns = new int[s.kw()];
        int[] tapColumns = new int[s.kw()];
        for (int q = 0; q < columns.length; q++) {
            columns[q] = q * s.dilationW() - s.padW();
            tapColumns[q] = q;
        }
        return new Window(
                s.n(),
                s.h(),
                s.w(),
                s.outH(),
                s.outW(),
                s.strideH(),
                s.strideW(),
                rows,
                columns,
                tapRows,
                tapColumns);
    }

    /// The window of the gradient with respect to those pixels of x that lie at `[a, b]` modulo the
    /// strides: the source is the gradient of y, the target the chosen pixels.
    public static Window gradInput(ConvShape s, int a, int b) {
        int[] tapRows = taps(a + s.padH(), s.kh(), s.dilationH(), s.strideH());
        int[] tapColumns = taps(b + s.padW(), s.kw(), s.dilationW(), s.strideW());
        int[] rows = offsets(a + s.padH(), tapRows, s.dilationH(), s.strideH());
        int[] columns = offsets(b + s.padW(), tapColumns, s.dilationW(), s.strideW());
        int targetH = (s.h() - a + s.strideH() - 1) / s.strideH();
        int targetW = (s.w() - b + s.strideW() - 1) / s.strideW();
        return new Window(
                s.n(),
                s.outH(),
                s.outW(),
                targetH,
                targetW,
                1,
                1,
                rows,
                columns,
                tapRows,
                tapColumns);
    }

    /// The taps that meet a pixel of the target, last one first, so that their offsets ascend.
    private static int[] taps(int first, int size, int dilation, int stride) {
        return java.util.stream.IntStream.iterate(size - 1, r -> r >= 0, r -> r - 1)
                .filter(r -> Math.floorMod(first - r * dilation, stride) == 0)
                .toArray();
    }

    private static int[] offsets(int first, int[] taps, int dilation, int stride) {
        int[] offsets = new int[taps.length];
        for (int t = 0; t < taps.length; t++) {
            offsets[t] = Math.floorDiv(first - taps[t] * dilation, stride);
        }
        return offsets;
    }

    /// Number of target pixels of all images.
    public int pixels() {
        return n * targetH * targetW;
    }

    /// One more than the last target row of the image of row `row`, rows being counted through all
    /// images; `end` at most.
    public int endOfImage(int row, int end) {
        return Math.min(end, (row / targetH + 1) * targetH);
    }

    /// The first target column that sees a source pixel at the offset `column`.
    public int firstTarget(int column) {
        return Math.max(0, Math.ceilDiv(-column, stepW));
    }

    /// One more than the last target column that sees a source pixel at the offset `column`; not
    /// beyond the first one if there is none.
    public int endOfTargets(int column) {
        return Math.min(targetW, Math.ceilDiv(sourceW - column, stepW));
    }

    /// Number of source pixels that a target pixel sees.
    public int taps() {
        return rows.length * columns.length;
    }

    /// Whether the source columns that a target pixel sees are neighbours.
    public boolean contiguous() {
        return columns.length < 2 || columns[1] - columns[0] == 1;
    }

    /// Whether each target pixel sees one source pixel, the next one the next.
    public boolean pointwise() {
        return taps() == 1
                && stepH == 1
                && stepW == 1
                && rows[0] == 0
                && columns[0] == 0
                && sourceH == targetH
                && sourceW == targetW;
    }
}
