package dev.lanegrad;

import dev.lanegrad.kernels.any.Reduce;
import java.util.Arrays;

/// What [Extremes] is made of.
final class Extreme {
    private Extreme() {}

    /// A kernel that finds where the extremes so far along an axis are.
    @FunctionalInterface
    interface RunningKernel {
        void run(
                int[] sizes,
                int axis,
                Object x,
                int xo,
                int[] xStrides,
                long[] y,
                int yo,
                int[] yStrides);
    }

    static Tensor overall(String op, Tensor x, Reduction.Kernel kernel) {
        Tensor y = run(op, x, new int[0], false, kernel);
        if (!Tape.records(x)) {
            return y;
        }
        Backward rule =
                op.equals("max")
                        ? new Extremes.MaxBackward1(Saved.of(x), Saved.of(y))
                        : new Extremes.MinBackward1(Saved.of(x), Saved.of(y));
        return Tape.record(y, rule, x);
    }

    static Tensor run(String op, Tensor x, int[] axes, boolean keepdim, Reduction.Kernel kernel) {
        Reduction r = Reduction.over(x, op, axes).keeping(keepdim);
        if (r.count() == 0) {
            throw new IllegalArgumentException(
                    op
                            + ": no element to choose from over axes "
                            + Arrays.toString(axes)
                            + " (input "
                            + x.shape()
                            + ")");
        }
        return r.run(kernel, x.dtype());
    }

    /// The smallest and the largest elements.
    static Tensor[] both(Tensor x, int[] axes, boolean keepdim) {
        Tensor least = run("aminmax", x, axes, keepdim, Reduce::min);
        Tensor most = run("aminmax", x, axes, keepdim, Reduce::max);
        Tensor[] both = {least, most};
        if (Tape.records(x)) {
            Tape.recordAll(
                    both,
                    new Extremes.AminmaxBackward0(
                            Saved.of(x), Saved.of(least), Saved.of(most), axes.clone()),
                    x);
        }
        return both;
    }

    static ValuesAndIndices along(String op, Tensor x, int axis, boolean keepdim, boolean largest) {
        Reduction r = Reduction.over(x, op, axis).keeping(keepdim);
        int at = x.shape().axis(axis, op);
        int size = x.dim() == 0 ? 1 : x.size(at);
        if (size == 0) {
            throw new IndexOutOfBoundsException(
                    op
                            + ": expected reduction axis "
                            + at
                            + " to have non-zero size (input "
                            + x.shape()
                            + ")");
        }
        Tensor in = Elementwise.convert(x, Elementwise.working(x.dtype()));
        Tensor values = Creation.empty(r.shape(), in.dtype());
        Tensor indices = Creation.empty(r.shape(), DType.INT64);
        long[] index = (long[]) indices.array();
        int[] sizes = in.shape().sizes();
        if (largest) {
            Reduce.argmax(
                    in.array(),
                    in.offset(),
                    sizes,
                    in.strides(),
                    r.reduced(),
                    values.array(),
                    0,
                    index,
                    0);
        } else {
            Reduce.argmin(
                    in.array(),
                    in.offset(),
                    sizes,
                    in.strides(),
                    r.reduced(),
                    values.array(),
                    0,
                    index,
                    0);
        }
        values = Elementwise.convert(values, x.dtype());
        if (Tape.records(x)) {
            Saved kept = Saved.of(indices);
            boolean keep = keepdim || x.dim() == 0;
            Backward rule =
                    largest
                            ? new Extremes.MaxBackward0(kept, at, size, keep)
                            : new Extremes.MinBackward0(kept, at, size, keep);
            Tape.recordAll(new Tensor[] {values, indices}, rule, x);
        }
        return new ValuesAndIndices(values, indices);
    }

    /// The positions of the extremes so far along an axis.
    static Tensor soFar(Tensor x, int axis, RunningKernel kernel) {
        Tensor in = Elementwise.convert(x.detach(), Elementwise.working(x.dtype()));
        if (x.dim() == 0) {
            return Creation.zeros(x.shape(), DType.INT64);
        }
        Tensor y = Creation.empty(x.shape(), DType.INT64);
        kernel.run(
                in.shape().sizes(),
                axis,
                in.array(),
                in.offset(),
                in.strides(),
                (long[]) y.array(),
                0,
                y.strides());
        return y;
    }

    /// `x` without history, for a search among numbers.
    ///
    /// @throws IllegalArgumentException if it is bool
    static Tensor positions(Tensor x, String op) {
        if (x.dtype() == DType.BOOL) {
            throw new IllegalArgumentException(
                    op + ": not defined for bool (input " + x.shape() + ")");
        }
        return x.detach();
    }

    /// The gradient of an overall extreme, in equal shares for equal elements; of NaN for NaNs.
    static Tensor share(Tensor gy, Tensor x, Tensor y) {
        Tensor chosen = y.isnan().isTrue() ? x.isnan() : x.eq(y);
        Tensor share = gy.div(chosen.sum());
        return share.expand(x.shape()).maskedFill(chosen.logicalNot(), 0);
    }

    /// The gradient of extremes over axes, in equal shares for equal elements; NaN for an extreme
    /// NaN, which equals no element.
    static Tensor share(Tensor gy, Tensor x, Tensor y, int[] axes) {
        Reduction.Broadcast back = Reduction.over(x, "share", axes).broadcast();
        Tensor chosen = x.eq(back.apply(y)).to(gy.dtype());
        return back.apply(gy).mul(chosen).div(chosen.sum(allIfNone(x, axes), true));
    }

    private static int[] allIfNone(Tensor x, int[] axes) {
        return axes.length > 0 ? axes : java.util.stream.IntStream.range(0, x.dim()).toArray();
    }

    /// The gradient of elements chosen along an axis, in their places.
    static Tensor place(Tensor gy, Tensor indices, int axis, int size, boolean keepdim) {
        Tensor wide = keepdim ? gy : gy.unsqueeze(axis);
        Tensor at = keepdim ? indices : indices.unsqueeze(axis);
        if (wide.dim() == 0) {
            return wide;
        }
        long[] along = new long[wide.dim()];
        Arrays.fill(along, 1);
        along[axis] = size;
        Tensor here = Tensor.arange(size).view(along).eq(at);
        return wide.where(here, 0);
    }

    static Tensor truth(String op, Tensor x, int[] axes, boolean keepdim, Reduction.Kernel kernel) {
        Tensor bits = Elementwise.convert(Elementwise.convert(x, DType.BOOL), DType.INT8);
        Reduction r = Reduction.over(bits, op, axes).keeping(keepdim);
        // PyTorch's only type whose truth is a number
        DType result = x.dtype() == DType.UINT8 ? DType.UINT8 : DType.BOOL;
        return r.count() == 0
                ? Creation.full(r.shape(), op.equals("all") ? 1 : 0, result)
                : Elementwise.convert(r.run(kernel, DType.INT8), result);
    }
}
