package dev.lanegrad;

/// Which axes a reduction folds, and the shapes that follow from it.
final class Reduction {
    /// A reduction kernel: `y := fold of x over the axes that are reduced`, y dense in the order of
    /// the axes that are kept.
    @FunctionalInterface
    interface Kernel {
        void run(Object x, int xo, int[] sizes, int[] strides, boolean[] reduced, Object y, int yo);
    }

    /// A kernel whose row of y is the running fold of a row of x.
    @FunctionalInterface
    interface RunningKernel {
        void run(
                int[] sizes,
                int axis,
                Object x,
                int xo,
                int[] xStrides,
                Object y,
                int yo,
                int[] yStrides);
    }

    /// From a reduction's result back to the shape of what was reduced.
    ///
    /// @param kept the result's shape with the reduced axes at size 1
    /// @param shape the shape before
    record Broadcast(Shape kept, Shape shape) {
        Tensor apply(Tensor gy) {
            return (gy.shape().equals(kept) ? gy : gy.reshape(kept)).expand(shape);
        }
    }

    private final Tensor x;
    private final boolean[] reduced;
    private boolean keepdim;

    private Reduction(Tensor x, boolean[] reduced) {
        this.x = x;
        this.reduced = reduced;
    }

    /// Over these axes; over all of them if there are none.
    ///
    /// @throws IllegalArgumentException if an axis is named twice
    static Reduction over(Tensor x, String op, int... axes) {
        boolean[] reduced = new boolean[x.dim()];
        if (axes.length == 0) {
            java.util.Arrays.fill(reduced, true);
        }
        for (int a : axes) {
            int axis = x.shape().axis(a, op);
            if (x.dim() == 0) {
                continue;
            }
            if (reduced[axis]) {
                throw new IllegalArgumentException(
                        op + ": axis " + axis + " appears twice (shape " + x.shape() + ")");
            }
            reduced[axis] = true;
        }
        return new Reduction(x, reduced);
    }

    /// The running fold of x along an axis, in the type of a sum.
    static Tensor running(Tensor x, int axis, RunningKernel kernel) {
        Tensor in = Elementwise.convert(x, sumType(x));
        Tensor y = Creation.emptyLike(in);
        if (x.dim() == 0) {
            Elementwise.copy(y, in);
        } else {
            kernel.run(
                    in.shape().sizes(),
                    axis,
                    in.array(),
                    in.offset(),
                    in.strides(),
                    y.array(),
                    y.offset(),
                    y.strides());
        }
        return y;
    }

    Reduction keeping(boolean keep) {
        keepdim = keep;
        return this;
    }

    /// Runs the kernel on x converted to `dtype`.
    Tensor run(Kernel kernel, DType dtype) {
        Tensor in = Elementwise.convert(x, Elementwise.working(dtype));
        Tensor y = Creation.empty(shape(keepdim), in.dtype());
        kernel.run(
                in.array(), in.offset(), in.shape().sizes(), in.strides(), reduced, y.array(), 0);
        return Elementwise.convert(y, dtype);
    }

    boolean[] reduced() {
        return reduced;
    }

    /// The axes that are folded, in ascending order.
    int[] axes() {
        return java.util.stream.IntStream.range(0, reduced.length)
                .filter(axis -> reduced[axis])
                .toArray();
    }

    Shape shape() {
        return shape(keepdim);
    }

    Broadcast broadcast() {
        return new Broadcast(shape(true), x.shape());
    }

    /// How many elements go into one.
    int count() {
        int count = 1;
        for (int axis = 0; axis < reduced.length; axis++) {
            count *= reduced[axis] ? x.size(axis) : 1;
        }
        return count;
    }

    Shape shape(boolean keep) {
        int[] sizes = new int[reduced.length];
        int n = 0;
        for (int axis = 0; axis < reduced.length; axis++) {
            if (!reduced[axis]) {
                sizes[n++] = x.size(axis);
            } else if (keep) {
                sizes[n++] = 1;
            }
        }
        return Shape.of(java.util.Arrays.copyOf(sizes, n));
    }

    /// Integers and bools are summed in int64.
    static DType sumType(Tensor x) {
        return x.dtype().isFloatingPoint() ? x.dtype() : DType.INT64;
    }

    static Tensor floating(String op, Tensor x) {
        if (!x.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    op
                            + ": input must be floating point, but is "
                            + x.dtype()
                            + " (input "
                            + x.shape()
                            + ")");
        }
        return x;
    }
}
