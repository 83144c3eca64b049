package dev.lanegrad.kernels;

/// The rows along one axis of an input and an output of one shape, each at any strides.
public final class AxisRows {
    /// A row, by the distance of its first element from the first of the input and of the output.
    @FunctionalInterface
    public interface Row {
        void run(int x, int y);
    }

    /// Elements of one chunk of parallel work.
    private static final int GRAIN = 1 << 14;

    /// Rows of a band.
    private static final int BAND = 256;

    /// Fewer rows side by side are run one after the other.
    private static final int FEW = 8;

    /// Rows side by side, one element apart in the input and in the output.
    @FunctionalInterface
    public interface Band {
        void run(int x, int y, int rows);
    }

    /// Rows, by the distance of the first one's first element as of [Row], and by how far each is
    /// from the one before.
    @FunctionalInterface
    public interface Stack {
        void run(int x, int xBy, int y, int yBy, int rows);
    }

    private AxisRows() {}

    /// Runs `row` for each row along `axis`, many at a time in parallel; for none if the axis is
    /// empty.
    public static void forEach(int[] sizes, int axis, int[] xStrides, int[] yStrides, Row row) {
        forEachStack(
                sizes,
                axis,
                xStrides,
                yStrides,
                (x, xBy, y, yBy, rows) -> {
                    for (int r = 0; r < rows; r++) {
                        row.run(x + r * xBy, y + r * yBy);
                    }
                });
    }

    /// As [#forEach], but for as many rows at a time as lie the same distance from each other.
    public static void forEachStack(
            int[] sizes, int axis, int[] xStrides, int[] yStrides, Stack stack) {
        int[] outer = sizes.clone();
        outer[axis] = 1;
        int rows = sizes[axis] == 0 ? 0 : 1;
        int down = axis;
        for (int a = 0; a < outer.length; a++) {
            rows *= outer[a];
            down = outer[a] == 1 ? down : a;
        }
        int height = outer[down];
        int xBy = xStrides[down];
        int yBy = yStrides[down];
        Parallel.run(
                rows,
                Math.max(1, GRAIN / Math.max(1, sizes[axis])),
                (from, to) -> {
                    Cursor at = new Cursor(outer, xStrides, yStrides);
                    for (int r = from; r < to; ) {
                        at.moveTo(r);
                        int m = Math.min(to - r, height - r % height);
                        stack.run(at.at(0), xBy, at.at(1), yBy, m);
                        r += m;
                    }
                });
    }

    /// Runs `band` for bands of rows along `axis` that lie side by side, so that memory is gone
    /// through as it lies; returns false, having done nothing, where no rows do, or the rows' own
    /// elements are one apart.
    public static boolean forEachBand(
            int[] sizes, int axis, int[] xStrides, int[] yStrides, Band band) {
        int across = across(sizes, axis, xStrides, yStrides);
        if (across < 0) {
            return false;
        }
        int[] outer = sizes.clone();
        outer[axis] = 1;
        outer[across] = 1;
        int width = sizes[across];
        int bands = (width + BAND - 1) / BAND;
        int count = bands;
        for (int size : outer) {
            count *= size;
        }
        Parallel.run(
                count,
                Math.max(1, GRAIN / BAND / sizes[axis]),
                (from, to) -> {
                    Cursor at = new Cursor(outer, xStrides, yStrides).moveTo(from / bands);
                    int part = from % bands;
                    for (int b = from; b < to; b++) {
                        int start = part * BAND;
                        band.run(at.at(0) + start, at.at(1) + start, Math.min(BAND, width - start));
                        if (++part == bands) {
                            part = 0;
                            at.next();
                        }
                    }
                });
        return true;
    }

    /// An axis along which rows lie side by side.
    private static int across(int[] sizes, int axis, int[] xStrides, int[] yStrides) {
        if (sizes[axis] > 0 && (xStrides[axis] != 1 || yStrides[axis] != 1)) {
            for (int a = 0; a < sizes.length; a++) {
                if (a != axis && sizes[a] >= FEW && xStrides[a] == 1 && yStrides[a] == 1) {
                    return a;
                }
            }
        }
        return -1;
    }
}
