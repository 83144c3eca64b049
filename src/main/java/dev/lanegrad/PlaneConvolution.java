package dev.lanegrad;

import dev.lanegrad.kernels.ConvAlgorithm;
import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.WeightStrides;
import dev.lanegrad.kernels.any.Conv2d;
import org.jspecify.annotations.Nullable;

/// The convolution of images, or of sequences: these have three axes, and the kernels see one row
/// of pixels.
record PlaneConvolution(ConvShape s, ConvAlgorithm algorithm) implements ConvolutionForm {
    /// By the algorithm that this thread's mode allows.
    PlaneConvolution(ConvShape s) {
        this(s, Modes.current().convolution.algorithm(s));
    }

    @Override
    public int channels() {
        return s.c();
    }

    @Override
    public Tensor forward(Tensor x, Tensor w, @Nullable Tensor bias) {
        Tensor in = Images.dense(x);
        Tensor b = bias == null ? null : Elementwise.converted(bias, bias.dtype());
        Tensor y = Images.empty(shape(x.dim(), s.n(), s.o(), s.outH(), s.outW()), x.dtype());
        ProductEvent.of(s);
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
                s,
                algorithm);
        return y;
    }

    @Override
    public Tensor gradInput(Tensor gy, Tensor w) {
        Tensor in = Images.dense(gy);
        Tensor gx = Images.empty(shape(gy.dim(), s.n(), s.c(), s.h(), s.w()), gy.dtype());
        ProductEvent.of(s);
        Conv2d.gradInput(
                in.array(),
                in.offset(),
                w.array(),
                w.offset(),
                strides(w.strides()),
                gx.array(),
                0,
                s,
                algorithm);
        return gx;
    }

    @Override
    public Tensor gradWeight(Tensor x, Tensor gy, int[] strides) {
        Shape shape = shape(x.dim(), s.o(), s.groupC(), s.kh(), s.kw());
        Tensor gw = Creation.empty(shape, x.dtype(), strides);
        gradWeight(x, gy, gw);
        return gw;
    }

    /// As [#gradWeight(Tensor, Tensor, int[])], into `gw`.
    void gradWeight(Tensor x, Tensor gy, Tensor gw) {
        Tensor in = Images.dense(x);
        Tensor g = Images.dense(gy);
        ProductEvent.of(s);
        Conv2d.gradWeight(
                in.array(),
                in.offset(),
                g.array(),
                g.offset(),
                gw.array(),
                gw.offset(),
                strides(gw.strides()),
                s,
                algorithm);
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
