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

    private AxisRows() {}

    /// Runs `row` for each row along `axis`, many at a time in parallel; for none if the axis is
    /// empty.
    public static void forEach(int[] sizes, int axis, int[] xStrides, int[] yStrides, Row row) {
        int[] outer = sizes.clone();
        outer[axis] = 1;
        int rows = sizes[axis] == 0 ? 0 : 1;
        for (int size : outer) {
            rows *= size;
        }
        Parallel.run(
                rows,
                Math.max(1, GRAIN / Math.max(1, sizes[axis])),
                (from, to) -> {
                    Cursor at = new Cursor(outer, xStrides, yStrides).moveTo(from);
                    for (int r = from; r < to; r++, at.next()) {
                        row.run(at.at(0), at.at(1));
                    }
                });
    }
}
