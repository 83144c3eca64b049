package dev.lanegrad;

import dev.lanegrad.kernels.any.Reduce;

/// Sums, means, extremes and norms over all elements or over some axes.
///
/// Axes count from the last where negative; `keepdim` leaves a reduced axis in place with size 1.
public sealed interface Reductions permits Tensor {
    // ------------------------------------------------------------ sum

    /// The sum of all elements, as `torch.sum`; of integers and bools in int64.
    default Tensor sum() {
        Tensor x = (Tensor) this;
        Tensor y = Reduction.over(x, "sum").keeping(false).run(Reduce::sum, Reduction.sumType(x));
        return Tape.records(x) ? Tape.record(y, new SumBackward0(x.shape()), x) : y;
    }

    /// The sum over `axes`, as `torch.sum` with `dim`.
    default Tensor sum(int[] axes, boolean keepdim) {
        Tensor x = (Tensor) this;
        Reduction r = Reduction.over(x, "sum", axes).keeping(keepdim);
        Tensor y = r.run(Reduce::sum, Reduction.sumType(x));
        return Tape.records(x) ? Tape.record(y, new SumBackward1(r.broadcast()), x) : y;
    }

    /// The sum over one axis.
    default Tensor sum(int axis) {
        return sum(new int[] {axis}, false);
    }

    /// The sum over one axis.
    default Tensor sum(int axis, boolean keepdim) {
        return sum(new int[] {axis}, keepdim);
    }

    record SumBackward0(Shape shape) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().expand(shape));
        }
    }

    record SumBackward1(Reduction.Broadcast broadcast) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, broadcast.apply(g.gy()));
        }
    }

    /// The sum that undoes a broadcast from `shape` to this tensor's shape, as
    /// `Tensor.sum_to_size`.
    ///
    /// @throws IllegalArgumentException if `shape` does not broadcast to this tensor's
    default Tensor sumToSize(Shape shape) {
        Tensor x = (Tensor) this;
        if (!shape.expandsTo(x.shape())) {
            throw new IllegalArgumentException(
                    "sumToSize: shape " + shape + " does not broadcast to " + x.shape());
        }
        int lead = x.dim() - shape.dim();
        int[] axes =
                java.util.stream.IntStream.range(0, x.dim())
                        .filter(a -> a < lead || (shape.size(a - lead) == 1 && x.size(a) != 1))
                        .toArray();
        Tensor y = axes.length == 0 ? x : x.sum(axes, true);
        return y.shape().equals(shape) ? y : y.reshape(shape);
    }

    // ------------------------------------------------------------ mean

    /// The mean of all elements, as `torch.mean`.
    ///
    /// @throws IllegalArgumentException if the elements are not floating point
    default Tensor mean() {
        Tensor x = Reduction.floating("mean", (Tensor) this);
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            y = x.sum().div(x.numel());
        }
        return Tape.records(x) ? Tape.record(y, new MeanBackward0(x.shape()), x) : y;
    }

    /// The mean over `axes`, as `torch.mean` with `dim`.
    default Tensor mean(int[] axes, boolean keepdim) {
        Tensor x = Reduction.floating("mean", (Tensor) this);
        Reduction r = Reduction.over(x, "mean", axes).keeping(keepdim);
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            y = r.run(Reduce::sum, x.dtype()).div(r.count());
        }
        return Tape.records(x) ? Tape.record(y, new MeanBackward1(r.broadcast(), r.count()), x) : y;
    }

    /// The mean over one axis.
    default Tensor mean(int axis) {
        return mean(new int[] {axis}, false);
    }

    /// The mean over one axis.
    default Tensor mean(int axis, boolean keepdim) {
        return mean(new int[] {axis}, keepdim);
    }

    record MeanBackward0(Shape shape) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().div(shape.numel()).expand(shape));
        }
    }

    record MeanBackward1(Reduction.Broadcast broadcast, int count) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, broadcast.apply(g.gy().div(count)));
        }
    }
}
