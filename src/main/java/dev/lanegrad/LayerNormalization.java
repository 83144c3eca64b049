package dev.lanegrad;

import dev.lanegrad.kernels.any.LayerNorm;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Normalization of each sample by itself: over its last axes, or over groups of its channels.
/// Backward computes the normalized values anew instead of keeping them.
final class LayerNormalization {
    private LayerNormalization() {}

    // ------------------------------------------------------------ layers

    static Tensor layer(
            Tensor x, Shape shape, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
        int lead = x.dim() - shape.dim();
        if (shape.dim() == 0
                || lead < 0
                || !Arrays.equals(
                        shape.sizes(), 0, shape.dim(), x.shape().sizes(), lead, x.dim())) {
            throw new IllegalArgumentException(
                    "layerNorm: normalized shape "
                            + shape
                            + " must be that of the input's last axes (input "
                            + x.shape()
                            + ")");
        }
        checkParameter("layerNorm", "weight", weight, shape, x);
        checkParameter("layerNorm", "bias", bias, shape, x);
        int[] axes = IntStream.range(lead, x.dim()).toArray();
        Tensor y = rows(x, shape.numel(), 1, 1, weight, bias, eps);
        Saved w = weight == null ? null : Saved.of(weight);
        return Tape.records(x, weight, bias)
                ? Tape.record(
                        y, new NativeLayerNormBackward0(Saved.of(x), w, axes, eps), x, weight, bias)
                : y;
    }

    /// Rows of `size` elements, by turns those of `groups` groups; `inner` elements share a weight.
    private static Tensor rows(
            Tensor x,
            int size,
            int groups,
            int inner,
            @Nullable Tensor weight,
            @Nullable Tensor bias,
            double eps) {
        DType type = Elementwise.working(x.dtype());
        Tensor in = Elementwise.converted(x.detach(), type);
        Tensor w = weight == null ? null : Elementwise.converted(weight.detach(), type);
        Tensor b = bias == null ? null : Elementwise.converted(bias.detach(), type);
        Tensor y = Creation.empty(x.shape(), type);
        LayerNorm.forward(
                in.array(),
                in.offset(),
                size == 0 ? 0 : x.numel() / size,
                size,
                groups,
                inner,
                w == null ? null : w.array(),
                w == null ? 0 : w.offset(),
                b == null ? null : b.array(),
                b == null ? 0 : b.offset(),
                eps,
                y.array(),
                0);
        return Elementwise.convert(y, x.dtype());
    }

    record NativeLayerNormBackward0(Saved x, @Nullable Saved weight, int[] axes, double eps)
            implements Backward {
        @Override
        public void backward(Gradients g) {
            if (g.recording() || !hasKernel(g)) {
                inOperations(g);
            } else {
                fused(g);
            }
        }

        private boolean hasKernel(Gradients g) {
            Tensor in = x.get();
            DType type = in.dtype();
            return MatrixShapes.hasKernel(type)
                    && in.numel() > 0
                    && g.gy().dtype() == type
                    && (weight == null || weight.get().dtype() == type);
        }

        private void fused(Gradients g) {
            DType type = x.get().dtype();
            Tensor in = Elementwise.converted(x.get().detach(), type);
            Tensor w = weight == null ? null : Elementwise.converted(weight.get().detach(), type);
            Tensor gy = Elementwise.converted(g.gy(), type);
            Shape row = Shape.of(Arrays.copyOfRange(in.shape().sizes(), axes[0], in.dim()));
            Tensor gx = Creation.empty(in.shape(), type);
            Tensor gw = Creation.empty(row, type);
            Tensor gb = Creation.empty(row, type);
            LayerNorm.backward(
                    in.array(),
                    in.offset(),
                    in.numel() / row.numel(),
                    row.numel(),
                    w == null ? null : w.array(),
                    w == null ? 0 : w.offset(),
                    eps,
                    gy.array(),
                    gy.offset(),
                    gx.array(),
                    gw.array(),
                    gb.array());
            g.put(0, gx);
            g.put(1, gw);
            g.put(2, gb);
        }

        private void inOperations(Gradients g) {
            Standardized normal = Standardized.of(x.get(), axes, eps);
            Tensor gy = g.gy();
            if (g.needs(0)) {
                g.put(0, normal.slope(weight == null ? gy : gy.mul(weight.get())));
            }
            if (g.needs(1)) {
                g.put(1, gy.mul(normal.values()));
            }
            g.put(2, gy);
        }
    }

    // ------------------------------------------------------------ groups

    static Tensor group(
            Tensor x, int groups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
        if (x.dim() < 2 || groups < 1 || x.size(1) % groups != 0) {
            throw new IllegalArgumentException(
                    "groupNorm: number of channels must be divisible by num_groups="
                            + groups
                            + " (input "
                            + x.shape()
                            + ")");
        }
        if (x.numel() == groups) {
            throw new IllegalArgumentException(
                    "Expected more than 1 value per channel when training, got input size "
                            + x.shape());
        }
        Shape channels = Shape.of(x.size(1));
        checkParameter("groupNorm", "weight", weight, channels, x);
        checkParameter("groupNorm", "bias", bias, channels, x);
        int size = x.numel() == 0 ? 0 : x.numel() / (x.size(0) * groups);
        int inner = size == 0 ? 1 : size / (x.size(1) / groups);
        Tensor y = rows(x, size, groups, inner, weight, bias, eps);
        Saved w = weight == null ? null : Saved.of(weight);
        return Tape.records(x, weight, bias)
                ? Tape.record(
                        y,
                        new NativeGroupNormBackward0(Saved.of(x), w, groups, eps),
                        x,
                        weight,
                        bias)
                : y;
    }

    private static Standardized ofGroups(Tensor x, int groups, double eps) {
        return Standardized.of(grouped(x, groups), new int[] {2}, eps);
    }

    /// `[N, groups, elements of a group]`
    private static Tensor grouped(Tensor x, int groups) {
        int size = x.size(0) == 0 ? 0 : x.numel() / (x.size(0) * groups);
        return x.reshape(Shape.of(x.size(0), groups, size));
    }

    record NativeGroupNormBackward0(Saved x, @Nullable Saved weight, int groups, double eps)
            implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor in = x.get();
            Tensor gy = g.gy();
            Standardized normal = ofGroups(in, groups, eps);
            int[] axes = Images.allButChannels(in.dim());
            if (g.needs(0)) {
                Shape row = Images.perChannel(in.dim(), in.size(1));
                Tensor gv = weight == null ? gy : gy.mul(weight.get().reshape(row));
                g.put(0, normal.slope(grouped(gv, groups)).reshape(in.shape()));
            }
            if (g.needs(1)) {
                g.put(1, gy.mul(normal.values().reshape(in.shape())).sum(axes, false));
            }
            if (g.needs(2)) {
                g.put(2, gy.sum(axes, false));
            }
        }
    }

    private static void checkParameter(
            String op, String what, @Nullable Tensor t, Shape shape, Tensor x) {
        if (t != null && !t.shape().equals(shape)) {
            throw new IllegalArgumentException(
                    op
                            + ": "
                            + what
                            + " must have shape "
                            + shape
                            + " (input "
                            + x.shape()
                            + ", "
                            + what
                            + " "
                            + t.shape()
                            + ")");
        }
    }
}
