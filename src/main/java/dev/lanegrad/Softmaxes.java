package dev.lanegrad;

import dev.lanegrad.kernels.any.Softmax;

/// Softmax and its logarithm along one axis, and the logarithm of its sum.
final class Softmaxes {
    private Softmaxes() {}

    static Tensor softmax(Tensor x, int axis) {
        int at = checked("softmax", x, axis);
        if (Elementwise.working(x.dtype()) != x.dtype()) {
            return softmax(x.to(DType.FLOAT32), at).to(x.dtype());
        }
        Tensor y = run(Softmax::softmax, x, at);
        return Tape.records(x) ? Tape.record(y, new SoftmaxBackward0(Saved.of(y), at), x) : y;
    }

    static Tensor logSoftmax(Tensor x, int axis) {
        int at = checked("logSoftmax", x, axis);
        if (Elementwise.working(x.dtype()) != x.dtype()) {
            return logSoftmax(x.to(DType.FLOAT32), at).to(x.dtype());
        }
        Tensor y = run(Softmax::logSoftmax, x, at);
        return Tape.records(x) ? Tape.record(y, new LogSoftmaxBackward0(Saved.of(y), at), x) : y;
    }

    private static int checked(String op, Tensor x, int axis) {
        if (!x.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    op + ": not defined for " + x.dtype() + " (input " + x.shape() + ")");
        }
        return x.shape().axis(axis, op);
    }

    record SoftmaxBackward0(Saved y, int axis) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor gy = g.gy();
            Tensor value = y.get();
            if (g.recording()) {
                g.put(0, value.mul(gy.sub(gy.mul(value).sum(axis, true))));
            } else {
                g.put(0, run(Softmax::softmaxBackward, gy, value, axis));
            }
        }
    }

    record LogSoftmaxBackward0(Saved y, int axis) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor gy = g.gy();
            Tensor value = y.get();
            if (g.recording()) {
                g.put(0, gy.sub(value.exp().mul(gy.sum(axis, true))));
            } else {
                g.put(0, run(Softmax::logSoftmaxBackward, gy, value, axis));
            }
        }
    }

    // ------------------------------------------------------------ logsumexp

    static Tensor logSumExp(Tensor x, int[] axes, boolean keepdim) {
        Tensor in = x.to(Promotion.floating(x.dtype()));
        Reduction r = Reduction.over(in, "logsumexp", axes).keeping(keepdim);
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            if (in.numel() == 0) {
                y = in.exp().sum(axes, keepdim).log();
            } else {
                Tensor max = in.amax(axes, true);
                max = max.maskedFill(max.isinf(), 0);
                Tensor sum = in.sub(max).exp().sum(axes, keepdim);
                y = sum.log().add(max.reshape(sum.shape()));
            }
        }
        Backward rule = new LogsumexpBackward0(Saved.of(in), Saved.of(y), r.broadcast());
        return Tape.records(in) ? Tape.record(y, rule, in) : y;
    }

    record LogsumexpBackward0(Saved x, Saved y, Reduction.Broadcast broadcast) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor share = x.get().sub(broadcast.apply(y.get())).exp();
            g.put(0, share.mul(broadcast.apply(g.gy())));
        }
    }

    // ------------------------------------------------------------ kernels

    private interface Forward {
        void run(int[] sizes, int axis, Object x, int xo, int[] xs, Object y, int yo, int[] ys);
    }

    private interface Gradient {
        void run(
                int[] sizes,
                int axis,
                Object gy,
                int gyo,
                int[] gys,
                Object y,
                int yo,
                int[] ys,
                Object gx,
                int gxo,
                int[] gxs);
    }

    private static Tensor run(Forward kernel, Tensor x, int axis) {
        Tensor y = Creation.emptyLike(x);
        kernel.run(
                sizes(x),
                axis,
                x.array(),
                x.offset(),
                strides(x),
                y.array(),
                y.offset(),
                strides(y));
        return y;
    }

    private static Tensor run(Gradient kernel, Tensor gy, Tensor y, int axis) {
        Tensor gx = Creation.emptyLike(y);
        kernel.run(
                sizes(y),
                axis,
                gy.array(),
                gy.offset(),
                strides(gy),
                y.array(),
                y.offset(),
                strides(y),
                gx.array(),
                gx.offset(),
                strides(gx));
        return gx;
    }

    /// A single value counts as an axis of one.
    private static int[] sizes(Tensor x) {
        return x.dim() == 0 ? new int[] {1} : x.shape().sizes();
    }

    private static int[] strides(Tensor x) {
        return x.dim() == 0 ? new int[] {1} : x.strides();
    }
}
