package dev.lanegrad;

import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.any.Binary;
import org.jspecify.annotations.Nullable;

/// The convolution of volumes `[N, C, D, H, W]`: for each of the window's slices a convolution of
/// images, all slices of the volumes that it meets at once, and the sum of these. Besides the
/// result there is memory for one such convolution only.
///
/// @param plane the convolution of one slice, its n being the number of volumes
/// @param depth slices of an input volume
/// @param kernel slices of the window
/// @param stride slices from one window to the next
/// @param padding slices of zeros at both ends
/// @param dilation slices between neighbours in the window
record VolumeConvolution(
        ConvShape plane, int depth, int kernel, int stride, int padding, int dilation)
        implements ConvolutionForm {
    @Override
    public int channels() {
        return plane.c();
    }

    private int outDepth() {
        return (depth + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
    }

    /// Which slices meet at one slice of the window: `count` output slices from `out` on, and the
    /// input slices from `in` on, a stride apart.
    private record Tap(int in, int out, int count) {}

    private Tap tap(int k) {
        int shift = padding - k * dilation;
        int from = Math.max(0, Math.ceilDiv(shift, stride));
        int to = Math.min(outDepth(), Math.floorDiv(depth - 1 + shift, stride) + 1);
        return new Tap(from * stride - shift, from, Math.max(0, to - from));
    }

    private PlaneConvolution images(Tap tap) {
        ConvShape s = plane;
        return new PlaneConvolution(
                new ConvShape(
                        s.n() * tap.count,
                        s.c(),
                        s.h(),
                        s.w(),
                        s.o(),
                        s.kh(),
                        s.kw(),
                        s.strideH(),
                        s.strideW(),
                        s.padH(),
                        s.padW(),
                        s.dilationH(),
                        s.dilationW(),
                        s.groups()));
    }

    @Override
    public Tensor forward(Tensor x, Tensor w, @Nullable Tensor bias) {
        Shape shape = Shape.of(plane.n(), plane.o(), outDepth(), plane.outH(), plane.outW());
        Tensor y = Images.empty(shape, x.dtype());
        if (bias == null) {
            Elementwise.fill(y, 0);
        } else {
            Shape row = Images.perChannel(y.dim(), plane.o());
            int step = bias.strides()[0];
            Elementwise.copy(y, bias.alias(bias.offset(), row, new int[] {0, step, 0, 0, 0}));
        }
        for (int k = 0; k < kernel; k++) {
            Tap tap = tap(k);
            if (tap.count > 0) {
                Tensor slices = images(slices(x, tap.in, stride, tap.count));
                Tensor part = images(tap).forward(slices, window(w, k), null);
                accumulate(slices(y, tap.out, 1, tap.count), part);
            }
        }
        return y;
    }

    @Override
    public Tensor gradInput(Tensor gy, Tensor w) {
        Shape shape = Shape.of(plane.n(), plane.c(), depth, plane.h(), plane.w());
        Tensor gx = Images.empty(shape, gy.dtype());
        Elementwise.fill(gx, 0);
        for (int k = 0; k < kernel; k++) {
            Tap tap = tap(k);
            if (tap.count > 0) {
                Tensor slices = images(slices(gy, tap.out, 1, tap.count));
                Tensor part = images(tap).gradInput(slices, window(w, k));
                accumulate(slices(gx, tap.in, stride, tap.count), part);
            }
        }
        return gx;
    }

    @Override
    public Tensor gradWeight(Tensor x, Tensor gy, int[] strides) {
        Shape shape = Shape.of(plane.o(), plane.groupC(), kernel, plane.kh(), plane.kw());
        Tensor gw = Creation.empty(shape, x.dtype(), strides);
        for (int k = 0; k < kernel; k++) {
            Tap tap = tap(k);
            Tensor in = images(slices(x, tap.in, stride, tap.count));
            Tensor g = images(slices(gy, tap.out, 1, tap.count));
            images(tap).gradWeight(in, g, window(gw, k));
        }
        return gw;
    }

    // ------------------------------------------------------------ slices

    /// `count` slices of volumes, from one on, as `[N, count, C, H, W]`.
    private static Tensor slices(Tensor volumes, int from, int step, int count) {
        int[] s = volumes.strides();
        int[] strides = {s[0], s[2] * step, s[1], s[3], s[4]};
        Shape shape =
                Shape.of(volumes.size(0), count, volumes.size(1), volumes.size(3), volumes.size(4));
        int offset = volumes.offset() + (count == 0 ? 0 : from * s[2]);
        return volumes.alias(offset, shape, strides);
    }

    /// Slices `[N, count, C, H, W]` as images `[N·count, C, H, W]` that kernels read; a copy unless
    /// they lie like that.
    private static Tensor images(Tensor slices) {
        Shape shape = slices.shape();
        int[] s = slices.strides();
        Shape flat =
                Shape.of(
                        (long) shape.size(0) * shape.size(1),
                        shape.size(2),
                        shape.size(3),
                        shape.size(4));
        int[] dense = Layout.channelsLast(flat);
        boolean inRow =
                Layout.isChannelsLast(flat, new int[] {dense[0], s[2], s[3], s[4]})
                        && (shape.size(1) == 1 || s[1] == dense[0])
                        && (shape.size(0) == 1 || s[0] == dense[0] * shape.size(1));
        if (inRow) {
            return slices.alias(slices.offset(), flat, dense);
        }
        Tensor copy = Images.empty(flat, slices.dtype());
        Elementwise.copy(copy.alias(0, shape, apart(shape, dense)), slices);
        return copy;
    }

    /// The strides of images seen as slices `[N, count, C, H, W]`.
    private static int[] apart(Shape shape, int[] s) {
        return new int[] {s[0] * shape.size(1), s[0], s[1], s[2], s[3]};
    }

    private static void accumulate(Tensor slices, Tensor images) {
        Tensor part = images.alias(0, slices.shape(), apart(slices.shape(), images.strides()));
        Elementwise.into(Binary.ADD, slices, 0, 0, slices, part);
    }

    /// The slice of a weight `[O, C / groups, KD, KH, KW]` at one depth.
    private static Tensor window(Tensor w, int k) {
        int[] s = w.strides();
        return w.alias(
                w.offset() + k * s[2],
                Shape.of(w.size(0), w.size(1), w.size(3), w.size(4)),
                new int[] {s[0], s[1], s[3], s[4]});
    }
}
