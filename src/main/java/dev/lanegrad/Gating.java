package dev.lanegrad;

import dev.lanegrad.kernels.any.Binary;

/// Activations with a second part: a learned slope, or one half of the input as a gate.
public sealed interface Gating permits Tensor {
    // ------------------------------------------------------------ prelu

    /// x, below 0 times `weight`, as `F.prelu`.
    ///
    /// @param weight one number, or one for each channel (axis 1)
    /// @throws IllegalArgumentException if there are other numbers of them
    default Tensor prelu(Tensor weight) {
        Tensor x = (Tensor) this;
        int channels = x.dim() >= 2 ? x.size(1) : 1;
        if (weight.dim() > 1 || (weight.numel() != 1 && weight.numel() != channels)) {
            throw new IllegalArgumentException(
                    "prelu: needs 1 or %d weights, but got %s (input %s)"
                            .formatted(channels, weight.shape(), x.shape()));
        }
        long[] sizes = new long[Math.max(1, x.dim())];
        java.util.Arrays.fill(sizes, 1);
        sizes[x.dim() >= 2 ? 1 : 0] = weight.numel();
        Tensor w = x.dim() == 0 ? weight.reshape() : weight.reshape(sizes);
        Tensor y = Elementwise.binary(Binary.PRELU, "prelu", x, w, 0, 0);
        return Tape.records(x, w)
                ? Tape.record(y, new PreluKernelBackward0(Saved.of(x), Saved.of(w)), x, w)
                : y;
    }

    record PreluKernelBackward0(Saved x, Saved w) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor in = x.get();
            Tensor above = in.gt(0);
            if (g.needs(0)) {
                g.put(0, g.gy().where(above, g.gy().mul(w.get())));
            }
            if (g.needs(1)) {
                g.put(1, g.gy().mul(in).maskedFill(above, 0));
            }
        }
    }

    // ------------------------------------------------------------ glu

    /// The first half along an axis times the sigmoid of the second, as `F.glu`.
    ///
    /// @throws IllegalArgumentException if the axis' size is odd
    default Tensor glu(int axis) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "glu");
        if (x.dim() == 0 || x.size(at) % 2 != 0) {
            throw new IllegalArgumentException(
                    "glu: axis %d must have an even size (input %s)".formatted(at, x.shape()));
        }
        Tensor[] halves = x.detach().split(Math.max(1, x.size(at) / 2), at);
        Tensor gate = halves[halves.length - 1];
        Tensor y = Elementwise.binary(Binary.GLU, "glu", halves[0], gate, 0, 0);
        return Tape.records(x) ? Tape.record(y, new GluBackward0(at, Saved.of(x)), x) : y;
    }

    /// Of the last axis.
    default Tensor glu() {
        return glu(-1);
    }

    record GluBackward0(int axis, Saved x) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor in = x.get();
            int half = in.size(axis) / 2;
            Tensor a = in.narrow(axis, 0, half);
            Tensor gate = in.narrow(axis, half, half).sigmoid();
            Tensor ga = g.gy().mul(gate);
            g.put(0, Tensor.cat(java.util.List.of(ga, ga.mul(a).mul(gate.rsub(1))), axis));
        }
    }
}
