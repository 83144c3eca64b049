package dev.lanegrad.kernels;

import dev.lanegrad.kernels.any.Copy;

/// Runs an element-wise operation over operands of any strides.
///
/// Rows along the innermost axis go to the kernel as they are where inputs step by 0 or 1 and the
/// output by 1; other operands pass through small blocks. Operands may not overlap the output
/// unless they are the same elements in the same order (an in-place operation).
public final class StridedLoop {
    /// Elements of one chunk of parallel work: about 10 µs of a memory-bound operation.
    private static final int GRAIN = 1 << 15;

    /// Elements of a block, or of its rows: two blocks fit the first-level cache.
    private static final int STRIP = 1024;

    /// Rows of a block of an operand that lies column by column: what is read of a column fills
    /// cache lines.
    private static final int TALL = 32;

    private final LoopKernel kernel;
    private final Axes axes;
    private final Object[] arrays;
    private final int[] offsets;
    private final double p;
    private final double q;
    private final boolean blocks;
    private final boolean tall;

    private StridedLoop(
            LoopKernel kernel, Axes axes, Object[] arrays, int[] offsets, double p, double q) {
        this.kernel = kernel;
        this.axes = axes;
        this.arrays = arrays;
        this.offsets = offsets;
        this.p = p;
        this.q = q;
        this.blocks = needsBlocks(axes);
        this.tall = blocks && isTall(axes);
    }

    /// `y := f(x₀, x₁, ...)` over the index space `sizes`.
    ///
    /// Operand k is `arrays[k]` from `offsets[k]` with `strides[k]` by axis, in elements; the
    /// inputs come first, then the output. `p` and `q` are the operation's parameters.
    public static void run(
            LoopKernel kernel,
            int[] sizes,
            Object[] arrays,
            int[] offsets,
            int[][] strides,
            double p,
            double q) {
        Axes axes = Axes.of(sizes, strides);
        if (axes.count > 0) {
            StridedLoop loop = new StridedLoop(kernel, axes, arrays, offsets, p, q);
            if (Launches.areKept()) {
                Launches.make(loop::run, arrays);
            } else {
                loop.run();
            }
        }
    }

    /// `y := f(x₀, x₁, ...)` over one row of `n` elements, as [LoopKernel#run].
    public static void row(
            LoopKernel kernel,
            Object[] arrays,
            int[] offsets,
            int[] steps,
            int n,
            double p,
            double q) {
        if (Launches.areKept()) {
            Launches.make(() -> kernel.run(arrays, offsets, steps, n, p, q), arrays);
        } else {
            kernel.run(arrays, offsets, steps, n, p, q);
        }
    }

    private void run() {
        int length = axes.sizes[axes.rank() - 1];
        int rows = Math.max(GRAIN / length, tall && length <= GRAIN ? TALL : 0);
        int grain = rows == 0 ? GRAIN : rows * length;
        if (axes.count <= grain) {
            range(0, axes.count);
        } else {
            Parallel.run(axes.count, grain, this::range);
        }
    }

    private static boolean needsBlocks(Axes axes) {
        int inner = axes.rank() - 1;
        int output = axes.strides.length - 1;
        for (int k = 0; k < output; k++) {
            int step = axes.strides[k][inner];
            if (step != 0 && step != 1) {
                return true;
            }
        }
        return axes.strides[output][inner] != 1 && axes.sizes[inner] != 1;
    }

    /// Whether an operand's rows lie closer to each other than the elements of a row.
    private static boolean isTall(Axes axes) {
        int inner = axes.rank() - 1;
        for (int[] strides : axes.strides) {
            if (inner > 0 && strides[inner - 1] == 1 && strides[inner] != 1) {
                return true;
            }
        }
        return false;
    }

    /// Elements `from` to `to` in the order of the simplified axes.
    private void range(int from, int to) {
        int inner = axes.rank() - 1;
        int length = axes.sizes[inner];
        int[] index = new int[inner];
        int rest = from / length;
        for (int axis = inner - 1; axis >= 0; axis--) {
            index[axis] = rest % axes.sizes[axis];
            rest /= axes.sizes[axis];
        }
        int[] at = new int[arrays.length];
        int[] step = new int[arrays.length];
        int[] by = new int[arrays.length];
        for (int k = 0; k < step.length; k++) {
            step[k] = axes.strides[k][inner];
            by[k] = inner == 0 ? 0 : axes.strides[k][inner - 1];
        }
        Object[] scratch = blocks ? scratch(step) : arrays;
        int start = from % length;
        for (int done = from; done < to; ) {
            int n = Math.min(length - start, to - done);
            int rows = 1;
            if (n == length && inner > 0) {
                rows = Math.min((to - done) / n, axes.sizes[inner - 1] - index[inner - 1]);
            }
            for (int k = 0; k < at.length; k++) {
                int position = offsets[k] + start * step[k];
                for (int axis = 0; axis < inner; axis++) {
                    position += index[axis] * axes.strides[k][axis];
                }
                at[k] = position;
            }
            if (blocks) {
                blocks(scratch, at, step, by, rows, n);
            } else {
                kernel.rows(arrays, at, step, by, rows, n, p, q);
            }
            done += rows * n;
            start = 0;
            advance(index, rows);
        }
        if (blocks) {
            release(scratch);
        }
    }

    private void advance(int[] index, int rows) {
        int by = rows;
        for (int axis = index.length - 1; axis >= 0; axis--) {
            index[axis] += by;
            if (index[axis] < axes.sizes[axis]) {
                return;
            }
            index[axis] = 0;
            by = 1;
        }
    }

    /// Most rows of a block of rows of n elements.
    private int height(int n) {
        return Math.max(tall ? TALL : 1, STRIP / n);
    }

    /// The arrays, but blocks for those that are not read or written as they are.
    private Object[] scratch(int[] step) {
        int length = axes.sizes[axes.rank() - 1];
        int elements = Math.min(axes.count, height(length) * Math.min(length, STRIP));
        Object[] scratch = arrays.clone();
        for (int k = 0; k < scratch.length; k++) {
            if (!isDirect(k, step[k])) {
                scratch[k] = Scratch.like(arrays[k], elements);
            }
        }
        return scratch;
    }

    @SuppressWarnings("ReferenceEquality") // it is about the memory
    private void release(Object[] scratch) {
        for (int k = 0; k < scratch.length; k++) {
            if (scratch[k] != arrays[k]) {
                Scratch.release(scratch[k]);
            }
        }
    }

    private boolean isDirect(int k, int step) {
        return step == 1 || (step == 0 && k < arrays.length - 1);
    }

    /// Rows by way of blocks that fit `scratch`.
    private void blocks(Object[] scratch, int[] at, int[] step, int[] by, int rows, int n) {
        int height = height(n);
        for (int row = 0; row < rows; row += height) {
            for (int column = 0; column < n; column += STRIP) {
                int[] from = at.clone();
                for (int k = 0; k < from.length; k++) {
                    from[k] += row * by[k] + column * step[k];
                }
                int m = Math.min(STRIP, n - column);
                block(scratch, from, step, by, Math.min(height, rows - row), m);
            }
        }
    }

    private void block(Object[] scratch, int[] from, int[] step, int[] by, int rows, int n) {
        int output = arrays.length - 1;
        int[] at = from.clone();
        int[] one = step.clone();
        int[] down = by.clone();
        for (int k = 0; k <= output; k++) {
            if (!isDirect(k, step[k])) {
                at[k] = 0;
                one[k] = 1;
                down[k] = n;
                if (k < output) {
                    move(arrays[k], from[k], by[k], step[k], scratch[k], 0, n, 1, rows, n);
                }
            }
        }
        kernel.rows(scratch, at, one, down, rows, n, p, q);
        if (!isDirect(output, step[output])) {
            Object y = arrays[output];
            move(scratch[output], 0, n, 1, y, from[output], by[output], step[output], rows, n);
        }
    }

    private static void move(
            Object x, int xo, int xby, int xs, Object y, int yo, int yby, int ys, int rows, int n) {
        if (xby == 1 || yby == 1) {
            int[] sizes = {rows, n};
            Copy.copyStrided(sizes, x, xo, new int[] {xby, xs}, y, yo, new int[] {yby, ys});
            return;
        }
        for (int r = 0; r < rows; r++) {
            Copy.strided(x, xo + r * xby, xs, y, yo + r * yby, ys, n);
        }
    }
}
