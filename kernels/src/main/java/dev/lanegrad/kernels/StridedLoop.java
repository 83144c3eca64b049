package dev.lanegrad.kernels;

import dev.lanegrad.kernels.any.Copy;
import java.lang.reflect.Array;

/// Runs an element-wise operation over operands of any strides.
///
/// Rows along the innermost axis go to the kernel as they are where inputs step by 0 or 1 and the
/// output by 1; other operands pass through short strips. Operands may not overlap the output
/// unless they are the same elements in the same order (an in-place operation).
public final class StridedLoop {
    /// Elements of one chunk of parallel work: about 10 µs of a memory-bound operation.
    private static final int GRAIN = 1 << 15;

    /// Elements of a strip: two of them fit the first-level cache.
    private static final int STRIP = 1024;

    private final LoopKernel kernel;
    private final Axes axes;
    private final Object[] arrays;
    private final int[] offsets;
    private final double p;
    private final double q;
    private final boolean strips;

    private StridedLoop(
            LoopKernel kernel, Axes axes, Object[] arrays, int[] offsets, double p, double q) {
        this.kernel = kernel;
        this.axes = axes;
        this.arrays = arrays;
        this.offsets = offsets;
        this.p = p;
        this.q = q;
        this.strips = needsStrips(axes);
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
        if (axes.count <= GRAIN) {
            range(0, axes.count);
        } else {
            Parallel.run(axes.count, GRAIN, this::range);
        }
    }

    private static boolean needsStrips(Axes axes) {
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
        int[] step = new int[arrays.length];
        for (int k = 0; k < step.length; k++) {
            step[k] = axes.strides[k][inner];
        }
        int[] at = new int[arrays.length];
        Object[] scratch = strips ? strips() : arrays;
        int start = from % length;
        for (int done = from; done < to; ) {
            int n = Math.min(length - start, to - done);
            for (int k = 0; k < at.length; k++) {
                int position = offsets[k] + start * step[k];
                for (int axis = 0; axis < inner; axis++) {
                    position += index[axis] * axes.strides[k][axis];
                }
                at[k] = position;
            }
            if (strips) {
                row(scratch, at, step, n);
            } else {
                kernel.run(arrays, at, step, n, p, q);
            }
            done += n;
            start = 0;
            advance(index);
        }
    }

    private void advance(int[] index) {
        for (int axis = index.length - 1; axis >= 0; axis--) {
            if (++index[axis] < axes.sizes[axis]) {
                return;
            }
            index[axis] = 0;
        }
    }

    private Object[] strips() {
        Object[] scratch = new Object[arrays.length];
        for (int k = 0; k < scratch.length; k++) {
            scratch[k] =
                    Array.newInstance(
                            arrays[k].getClass().getComponentType(), Math.min(STRIP, axes.count));
        }
        return scratch;
    }

    private void row(Object[] scratch, int[] at, int[] step, int n) {
        int output = arrays.length - 1;
        Object[] a = arrays.clone();
        int[] from = new int[arrays.length];
        int[] by = new int[arrays.length];
        for (int done = 0; done < n; done += STRIP) {
            int m = Math.min(STRIP, n - done);
            for (int k = 0; k <= output; k++) {
                boolean direct = step[k] == 1 || (step[k] == 0 && k < output) || m == 1;
                int position = at[k] + done * step[k];
                a[k] = direct ? arrays[k] : scratch[k];
                from[k] = direct ? position : 0;
                by[k] = direct && step[k] == 0 ? 0 : 1;
                if (!direct && k < output) {
                    Copy.strided(arrays[k], position, step[k], scratch[k], 0, 1, m);
                }
            }
            kernel.run(a, from, by, m, p, q);
            if (step[output] != 1 && m != 1) {
                Copy.strided(
                        scratch[output],
                        0,
                        1,
                        arrays[output],
                        at[output] + done * step[output],
                        step[output],
                        m);
            }
        }
    }
}
