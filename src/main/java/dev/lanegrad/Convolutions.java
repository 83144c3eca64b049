package dev.lanegrad;

import dev.lanegrad.kernels.any.Binary;
import org.jspecify.annotations.Nullable;

/// A convolution and its two gradients, all three of them operations.
///
/// They are the three derivatives of one form `Σ gy·y(x, w)`, linear in gy, x and w. So the
/// gradients of each are the other two, and derivatives of any order need no further rule.
final class Convolutions {
    private Convolutions() {}

    // ------------------------------------------------------------ the convolution

    static Tensor apply(
            String op,
            Tensor x,
            Tensor w,
            @Nullable Tensor bias,
            int spatial,
            int[] stride,
            int[] padding,
            int[] dilation,
            int groups) {
        if (x.dim() == spatial + 1) {
            Tensor one = x.unsqueeze(0);
            return apply(op, one, w, bias, spatial, stride, padding, dilation, groups).squeeze(0);
        }
        ConvolutionForm s =
                new ConvolutionSizes(op, x, w, bias, spatial, stride, padding, dilation, groups)
                        .forward();
        Tensor y = s.forward(x, w, bias);
        return Tape.records(x, w, bias)
                ? Tape.record(y, ConvolutionBackward0.of(x, w, s), x, w, bias)
                : y;
    }

    record ConvolutionBackward0(
            @Nullable Saved x, @Nullable Saved w, int[] weightStrides, ConvolutionForm s)
            implements Backward {
        static ConvolutionBackward0 of(Tensor x, Tensor w, ConvolutionForm s) {
            return new ConvolutionBackward0(
                    Tape.tracks(w) ? Saved.of(x) : null,
                    Tape.tracks(x) ? Saved.of(w) : null,
                    layout(w),
                    s);
        }

        @Override
        public void backward(Gradients g) {
            Tensor gy = g.recording() ? g.gy() : Images.dense(g.gy());
            if (g.needs(0) && w != null) {
                g.put(0, gradInput(gy, w.get(), s));
            }
            if (g.needs(1) && x != null) {
                g.put(1, gradWeight(x.get(), gy, weightStrides, s));
            }
            if (g.needs(2)) {
                g.put(2, gy.sum(Images.allButChannels(gy.dim()), false));
            }
        }
    }

    // ------------------------------------------------------------ the gradient of the input

    /// The gradient of the input, which is also the transposed convolution of `gy`.
    static Tensor gradInput(Tensor gy, Tensor w, ConvolutionForm s) {
        Tensor gx = s.gradInput(gy, w);
        return Tape.records(gy, w)
                ? Tape.record(gx, GradInputBackward.of(GRADIENT, gy, w, s), gy, w, null)
                : gx;
    }

    static Tensor applyTransposed(
            String op,
            Tensor x,
            Tensor w,
            @Nullable Tensor bias,
            int spatial,
            int[] stride,
            int[] padding,
            int[] outputPadding,
            int[] dilation,
            int groups) {
        if (x.dim() == spatial + 1) {
            return applyTransposed(
                            op,
                            x.unsqueeze(0),
                            w,
                            bias,
                            spatial,
                            stride,
                            padding,
                            outputPadding,
                            dilation,
                            groups)
                    .squeeze(0);
        }
        ConvolutionForm s =
                new ConvolutionSizes(op, x, w, bias, spatial, stride, padding, dilation, groups)
                        .transposed(outputPadding);
        Tensor y = s.gradInput(x, w);
        if (bias != null) {
            Shape row = Images.perChannel(y.dim(), s.channels());
            Tensor b = Elementwise.converted(bias, bias.dtype());
            Elementwise.into(
                    Binary.ADD, y, 0, 0, y, b.alias(b.offset(), row, row.contiguousStrides()));
        }
        return Tape.records(x, w, bias)
                ? Tape.record(y, GradInputBackward.of("ConvolutionBackward0", x, w, s), x, w, bias)
                : y;
    }

    /// The name PyTorch gives to the gradient of a convolution, when that is recorded itself.
    private static final String GRADIENT = "ConvolutionBackwardBackward0";

    record GradInputBackward(
            String name,
            @Nullable Saved gy,
            @Nullable Saved w,
            int[] weightStrides,
            ConvolutionForm s)
            implements Backward {
        static GradInputBackward of(String name, Tensor gy, Tensor w, ConvolutionForm s) {
            return new GradInputBackward(
                    name,
                    Tape.tracks(w) ? Saved.of(gy) : null,
                    Tape.tracks(gy) ? Saved.of(w) : null,
                    layout(w),
                    s);
        }

        @Override
        public void backward(Gradients g) {
            Tensor ggx = g.recording() ? g.gy() : Images.dense(g.gy());
            if (g.needs(0) && w != null) {
                g.put(0, recorded(ggx, w.get(), s));
            }
            if (g.needs(1) && gy != null) {
                g.put(1, gradWeight(ggx, gy.get(), weightStrides, s));
            }
            if (g.needs(2)) {
                g.put(2, ggx.sum(Images.allButChannels(ggx.dim()), false));
            }
        }
    }

    private static Tensor recorded(Tensor x, Tensor w, ConvolutionForm s) {
        Tensor y = s.forward(x, w, null);
        return Tape.records(x, w)
                ? Tape.record(y, ConvolutionBackward0.of(x, w, s), x, w, null)
                : y;
    }

    // ------------------------------------------------------------ the gradient of the weight

    /// The gradient of the weight, with these strides.
    static Tensor gradWeight(Tensor x, Tensor gy, int[] strides, ConvolutionForm s) {
        Tensor gw = s.gradWeight(x, gy, strides);
        return Tape.records(x, gy) ? Tape.record(gw, GradWeightBackward.of(x, gy, s), x, gy) : gw;
    }

    record GradWeightBackward(@Nullable Saved x, @Nullable Saved gy, ConvolutionForm s)
            implements Backward {
        static GradWeightBackward of(Tensor x, Tensor gy, ConvolutionForm s) {
            return new GradWeightBackward(
                    Tape.tracks(gy) ? Saved.of(x) : null, Tape.tracks(x) ? Saved.of(gy) : null, s);
        }

        @Override
        public String name() {
            return GRADIENT;
        }

        @Override
        public void backward(Gradients g) {
            Tensor ggw = g.gy();
            if (g.needs(0) && gy != null) {
                g.put(0, gradInput(gy.get(), ggw, s));
            }
            if (g.needs(1) && x != null) {
                g.put(1, recorded(x.get(), ggw, s));
            }
        }
    }

    // ------------------------------------------------------------ layouts

    /// Strides of the gradient of `w`: those of w itself, if its elements fill their range.
    private static int[] layout(Tensor w) {
        return w.isDense() ? w.strides() : Layout.denseLike(w.shape(), w.strides());
    }
}
