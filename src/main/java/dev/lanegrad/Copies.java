package dev.lanegrad;

/// The same values elsewhere in memory: copies, other layouts, other types.
public sealed interface Copies permits Tensor {
    /// A copy of `x` in the same layout.
    private static Tensor duplicate(Tensor x) {
        Tensor y = Creation.emptyLike(x);
        Elementwise.copy(y, x);
        return y;
    }

    /// What [Tensor#clone()] returns.
    static Tensor copy(Tensor x) {
        Tensor y = duplicate(x);
        return Tape.records(x) ? Tape.record(y, new CloneBackward0(), x) : y;
    }

    record CloneBackward0() implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy());
        }
    }

    /// The same values dense in row-major order; this tensor itself if it is that already.
    default Tensor contiguous() {
        Tensor x = (Tensor) this;
        if (x.isContiguous()) {
            return x;
        }
        Tensor y = Creation.empty(x.shape(), x.dtype());
        Elementwise.copy(y, x);
        return Tape.records(x) ? Tape.record(y, new CloneBackward0(), x) : y;
    }

    /// The same images with the channels innermost in memory, as
    /// `contiguous(memory_format=torch.channels_last)`; the shape stays `[N, C, H, W]`.
    default Tensor channelsLast() {
        Tensor x = (Tensor) this;
        if (x.dim() != 4) {
            throw new IllegalArgumentException(
                    "channelsLast: needs 4 axes [N, C, H, W], but the shape is " + x.shape());
        }
        if (Layout.isChannelsLast(x.shape(), x.strides())) {
            return x;
        }
        Tensor y = Creation.empty(x.shape(), x.dtype(), Layout.channelsLast(x.shape()));
        Elementwise.copy(y, x);
        return Tape.records(x) ? Tape.record(y, new CloneBackward0(), x) : y;
    }

    /// The values in another type, as `Tensor.to`; this tensor itself if it has that type.
    default Tensor to(DType dtype) {
        Tensor x = (Tensor) this;
        if (x.dtype() == dtype) {
            return x;
        }
        Tensor y = Elementwise.convert(x, dtype);
        return dtype.isFloatingPoint() && Tape.records(x)
                ? Tape.record(y, new ToCopyBackward0(), x)
                : y;
    }

    record ToCopyBackward0() implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy());
        }
    }
}
