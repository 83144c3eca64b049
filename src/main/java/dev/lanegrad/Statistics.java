package dev.lanegrad;

import dev.lanegrad.kernels.any.Reduce;

/// Products, variances and norms.
public sealed interface Statistics permits Tensor {
    // ------------------------------------------------------------ var, std

    /// The variance over some axes (over all if none is named), divided by `n − correction`, as
    /// `torch.var`.
    default Tensor var(int[] axes, double correction, boolean keepdim) {
        Tensor x = Reduction.floating("var", (Tensor) this);
        Tensor y = Moments.variance(x, axes, correction, keepdim);
        return Tape.records(x)
                ? Tape.record(
                        y, new VarBackward0(Saved.of(x), axes.clone(), correction, keepdim), x)
                : y;
    }

    /// The variance of all elements, divided by n − 1.
    default Tensor var() {
        return var(new int[0], 1, false);
    }

    /// The variance along an axis, divided by n − 1.
    default Tensor var(int axis, boolean keepdim) {
        return var(new int[] {axis}, 1, keepdim);
    }

    record VarBackward0(Saved x, int[] axes, double correction, boolean keepdim)
            implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, Moments.varianceSlope(g.gy(), x.get(), axes, correction));
        }
    }

    /// The standard deviation over some axes (over all if none is named), as `torch.std`.
    default Tensor std(int[] axes, double correction, boolean keepdim) {
        Tensor x = Reduction.floating("std", (Tensor) this);
        Tensor y =
                Elementwise.unary(
                        dev.lanegrad.kernels.any.Unary.SQRT,
                        Moments.variance(x, axes, correction, keepdim),
                        0,
                        0);
        return Tape.records(x)
                ? Tape.record(
                        y, new StdBackward0(Saved.of(x), Saved.of(y), axes.clone(), correction), x)
                : y;
    }

    /// The standard deviation of all elements, with n − 1.
    default Tensor std() {
        return std(new int[0], 1, false);
    }

    /// The standard deviation along an axis, with n − 1.
    default Tensor std(int axis, boolean keepdim) {
        return std(new int[] {axis}, 1, keepdim);
    }

    record StdBackward0(Saved x, Saved y, int[] axes, double correction) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, Moments.deviationSlope(g.gy(), x.get(), y.get(), axes, correction));
        }
    }

    // ------------------------------------------------------------ with the mean

    /// The variance and the mean over some axes (over all if none is named), as `torch.var_mean`.
    default Tensor[] varMean(int[] axes, double correction, boolean keepdim) {
        Tensor x = Reduction.floating("varMean", (Tensor) this);
        Tensor y = Moments.variance(x, axes, correction, keepdim);
        Tensor mean = Moments.mean(x, axes, keepdim);
        Tensor[] both = {y, mean};
        if (Tape.records(x)) {
            Tape.recordAll(both, new VarMeanBackward0(Saved.of(x), axes.clone(), correction), x);
        }
        return both;
    }

    record VarMeanBackward0(Saved x, int[] axes, double correction) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor slope = Moments.varianceSlope(g.gy(0), x.get(), axes, correction);
            g.put(0, g.has(1) ? slope.add(Moments.meanSlope(g.gy(1), x.get(), axes)) : slope);
        }
    }

    /// The standard deviation and the mean over some axes (over all if none is named), as
    /// `torch.std_mean`.
    default Tensor[] stdMean(int[] axes, double correction, boolean keepdim) {
        Tensor x = Reduction.floating("stdMean", (Tensor) this);
        Tensor y = x.detach().std(axes, correction, keepdim);
        Tensor mean = Moments.mean(x, axes, keepdim);
        Tensor[] both = {y, mean};
        if (Tape.records(x)) {
            Tape.recordAll(
                    both,
                    new StdMeanBackward0(Saved.of(x), Saved.of(y), axes.clone(), correction),
                    x);
        }
        return both;
    }

    record StdMeanBackward0(Saved x, Saved y, int[] axes, double correction) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor slope = Moments.deviationSlope(g.gy(0), x.get(), y.get(), axes, correction);
            g.put(0, g.has(1) ? slope.add(Moments.meanSlope(g.gy(1), x.get(), axes)) : slope);
        }
    }

    // ------------------------------------------------------------ norm

    /// The Euclidean norm of all elements, as `torch.norm`; its gradient at 0 is 0.
    default Tensor norm() {
        return norm(2);
    }

    /// The p-norm of all elements, as `torch.norm`.
    default Tensor norm(double p) {
        return norm(p, new int[0], false);
    }

    /// The p-norm over some axes, as `torch.linalg.vector_norm`.
    default Tensor norm(double p, int[] axes, boolean keepdim) {
        Tensor x = Reduction.floating("norm", (Tensor) this);
        Tensor y = Moments.norm(x, p, axes, keepdim);
        return Tape.records(x)
                ? Tape.record(
                        y,
                        new LinalgVectorNormBackward0(Saved.of(x), Saved.of(y), p, axes.clone()),
                        x)
                : y;
    }

    record LinalgVectorNormBackward0(Saved x, Saved y, double p, int[] axes) implements Backward {
        @Override
        public void backward(Gradients g) {
            if (p != 0) {
                g.put(0, Moments.normSlope(g.gy(), x.get(), y.get(), p, axes));
            }
        }
    }

    // ------------------------------------------------------------ prod

    /// The product of all elements, as `torch.prod`; of integers and bools in int64.
    default Tensor prod() {
        Tensor x = (Tensor) this;
        Tensor y = Reduction.over(x, "prod").run(Reduce::prod, Reduction.sumType(x));
        return Tape.records(x) ? Tape.record(y, new ProdBackward0(Saved.of(x), Saved.of(y)), x) : y;
    }

    record ProdBackward0(Saved x, Saved y) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor in = x.get();
            Tensor flat = in.reshape(in.numel());
            Tensor others = Moments.productOfOthers(flat, y.get(), 0);
            g.put(0, others.reshape(in.shape()).mul(g.gy()));
        }
    }

    /// The product along an axis, as `torch.prod` with `dim`.
    default Tensor prod(int axis, boolean keepdim) {
        Tensor x = (Tensor) this;
        Reduction r = Reduction.over(x, "prod", axis).keeping(keepdim);
        Tensor y = r.run(Reduce::prod, Reduction.sumType(x));
        int at = x.shape().axis(axis, "prod");
        return Tape.records(x)
                ? Tape.record(y, new ProdBackward1(Saved.of(x), Saved.of(y), at, r.broadcast()), x)
                : y;
    }

    record ProdBackward1(Saved x, Saved y, int axis, Reduction.Broadcast broadcast)
            implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor product = broadcast.apply(y.get());
            Tensor others = Moments.productOfOthers(x.get(), product, axis);
            g.put(0, others.mul(broadcast.apply(g.gy())));
        }
    }
}
