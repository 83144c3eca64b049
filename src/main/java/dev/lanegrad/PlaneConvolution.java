package dev.lanegrad;

import static dev.lanegrad.OptionalOperand.array;
import static dev.lanegrad.OptionalOperand.offset;

import dev.lanegrad.kernels.ConvAlgorithm;
import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.WeightStrides;
import dev.lanegrad.kernels.any.Conv2d;
import dev.lanegrad.kernels.any.PackedConv2d;
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
        Tensor y = empty(x);
        ProductEvent.of(s);
        WeightStrides ws = strides(w.strides());
        Object packed = null;
        if (Tape.records(w)) {
            PackedWeight.forget(w);
        } else {
            packed = PackedWeight.ifReused(w, form(w, ws), () -> pack(w, ws));
        }
        if (packed != null) {
            run(in, packed, b, null, null, null, 0, 0, y);
            return y;
        }
        Conv2d.forward(
                in.array(),
                in.offset(),
                w.array(),
                w.offset(),
                ws,
                array(b),
                offset(b),
                y.array(),
                0,
                s,
                algorithm);
        return y;
    }

    /// `clamp(scale·(the convolution) + shift + residual, low, high)`, scale and shift dense, one
    /// number for each output channel; the residual is of the result's shape.
    Tensor forward(
            Tensor x,
            Tensor w,
            @Nullable Tensor bias,
            Tensor scale,
            Tensor shift,
            @Nullable Tensor residual,
            double low,
            double high) {
        Tensor in = Images.dense(x);
        Tensor b = bias == null ? null : Elementwise.converted(bias, bias.dtype());
        Tensor r = residual == null ? null : Images.dense(residual);
        Tensor y = empty(x);
        ProductEvent.of(s);
        WeightStrides ws = strides(w.strides());
        Object packed = PackedWeight.of(w, form(w, ws), () -> pack(w, ws));
        run(in, packed, b, scale, shift, r, low, high, y);
        return y;
    }

    /// What the form of a weight depends on.
    private record Form(
            WeightStrides strides,
            int sources,
            int targets,
            int rows,
            int columns,
            int groups,
            ConvAlgorithm algorithm,
            int ofSize) {}

    private Form form(Tensor w, WeightStrides strides) {
        int ofSize = PackedConv2d.form(w.array(), s, algorithm);
        return new Form(strides, s.c(), s.o(), s.kh(), s.kw(), s.groups(), algorithm, ofSize);
    }

    private Object pack(Tensor w, WeightStrides strides) {
        return PackedConv2d.pack(w.array(), w.offset(), strides, s, algorithm);
    }

    private void run(
            Tensor in,
            Object packed,
            @Nullable Tensor bias,
            @Nullable Tensor scale,
            @Nullable Tensor shift,
            @Nullable Tensor residual,
            double low,
            double high,
            Tensor y) {
        PackedConv2d.forward(
                in.array(),
                in.offset(),
                packed,
                array(bias),
                offset(bias),
                array(scale),
                array(shift),
                array(residual),
                offset(residual),
                low,
                high,
                y.array(),
                0,
                s,
                algorithm);
    }

    /// The shape of the result.
    Shape outputs(int dim) {
        return shape(dim, s.n(), s.o(), s.outH(), s.outW());
    }

    private Tensor empty(Tensor x) {
        return Images.empty(outputs(x.dim()), x.dtype());
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
