package dev.lanegrad;

import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.WeightStrides;
import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.Conv2d;
import org.jspecify.annotations.Nullable;

/// A convolution and its two gradients, all three of them operations.
///
/// They are the three derivatives of one form `Σ gy·y(x, w)`, linear in gy, x and w. So the
/// gradients of each are the other two, and derivatives of any order need no further rule.
///
/// Images have four axes, or three: then the kernels see one row of pixels.
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
        ConvShape s =
                new ConvolutionSizes(op, x, w, bias, spatial, stride, padding, dilation, groups)
                        .forward();
        Tensor y = forward(x, w, bias, s);
        return Tape.records(x, w, bias)
                ? Tape.record(y, ConvolutionBackward0.of(x, w, s), x, w, bias)
                : y;
    }

    record ConvolutionBackward0(
            @Nullable Saved x, @Nullable Saved w, int[] weightStrides, ConvShape s)
            implements Backward {
        static ConvolutionBackward0 of(Tensor x, Tensor w, ConvShape s) {
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

    private static Tensor forward(Tensor x, Tensor w, @Nullable Tensor bias, ConvShape s) {
        Tensor in = Images.dense(x);
        Tensor b = bias == null ? null : Elementwise.converted(bias, bias.dtype());
        Tensor y = Images.empty(shape(x.dim(), s.n(), s.o(), s.outH(), s.outW()), x.dtype());
        Conv2d.forward(
                in.array(),
                in.offset(),
                w.array(),
                w.offset(),
                strides(w.strides()),
                b == null ? null : b.array(),
                b == null ? 0 : b.offset(),
                y.array(),
                0,
                s);
        return y;
    }

    // ------------------------------------------------------------ the gradient of the input

    /// The gradient of the input, which is also the transposed convolution of `gy`.
    static Tensor gradInput(Tensor gy, Tensor w, ConvShape s) {
        Tensor gx = transposed(gy, w, s);
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
        ConvShape s =
                new ConvolutionSizes(op, x, w, bias, spatial, stride, padding, dilation, groups)
                        .transposed(outputPadding);
        Tensor y = transposed(x, w, s);
        if (bias != null) {
            Shape row = Images.perChannel(y.dim(), s.c());
            Tensor b = Elementwise.converted(bias, bias.dtype());
            Elementwise.into(
                    Binary.ADD, y, 0, 0, y, b.alias(b.offset(), row, row.contiguousStrides()));
        }
        return Tape.records(x, w, bias)
                ? Tape.record(y, GradInputBackward.of("ConvolutionBackward0", x, w, s), x, w, bias)
                : y;
    }

    private static Tensor transposed(Tensor gy, Tensor w, ConvShape s) {
        Tensor in = Images.dense(gy);
        Tensor gx = Images.empty(shape(gy.dim(), s.n(), s.c(), s.h(), s.w()), gy.dtype());
        Conv2d.gradInput(
                in.array(),
                in.offset(),
                w.array(),
                w.offset(),
                strides(w.strides()),
                gx.array(),
                0,
                s);
        return gx;
    }

    /// The name PyTorch gives to the gradient of a convolution, when that is recorded itself.
    private static final String GRADIENT = "ConvolutionBackwardBackward0";

    record GradInputBackward(
            String name, @Nullable Saved gy, @Nullable Saved w, int[] weightStrides, ConvShape s)
            implements Backward {
        static GradInputBackward of(String name, Tensor gy, Tensor w, ConvShape s) {
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

    private static Tensor recorded(Tensor x, Tensor w, ConvShape s) {
        Tensor y = forward(x, w, null, s);
        return Tape.records(x, w)
                ? Tape.record(y, ConvolutionBackward0.of(x, w, s), x, w, null)
                : y;
    }

    // ------------------------------------------------------------ the gradient of the weight

    /// The gradient of the weight, with these strides.
    static Tensor gradWeight(Tensor x, Tensor gy, int[] strides, ConvShape s) {
        Tensor in = Images.dense(x);
        Tensor g = Images.dense(gy);
        Shape shape = shape(x.dim(), s.o(), s.groupC(), s.kh(), s.kw());
        Tensor gw = Creation.empty(shape, x.dtype(), strides);
        Conv2d.gradWeight(
                in.array(), in.offset(), g.array(), g.offset(), gw.array(), 0, strides(strides), s);
        return Tape.records(x, gy) ? Tape.record(gw, GradWeightBackward.of(x, gy, s), x, gy) : gw;
    }

    record GradWeightBackward(@Nullable Saved x, @Nullable Saved gy, ConvShape s)
            implements Backward {
        static GradWeightBackward of(Tensor x, Tensor gy, ConvShape s) {
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

    private static WeightStrides strides(int[] w) {
        return w.length == 4
                ? new WeightStrides(w[0], w[1], w[2], w[3])
                : new WeightStrides(w[0], w[1], 0, w[2]);
    }

    private static Shape shape(int dim, int n, int c, int h, int w) {
        return dim == 4 ? Shape.of(n, c, h, w) : Shape.of(n, c, w);
    }
}
