package dev.lanegrad;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Maxima put back to where a pooling found them, with zeros elsewhere.
///
/// Arrays have a number for each axis after the channels, or one for all; the batch axis may be
/// missing. The size of the result is `(size − 1)·stride − 2·padding + kernel` unless it is given.
public sealed interface Unpooling permits Tensor {
    /// Maxima of sequences put back, as `F.max_unpool1d`.
    ///
    /// @param indices int64 positions in the sequence of the channel, of this tensor's shape
    /// @param stride elements from one window of the pooling to the next; null for the kernel
    /// @param size of the result's last axis, less than a stride from what is computed; null for that
    /// @throws IllegalArgumentException if shapes, sizes or positions do not fit
    default Tensor maxUnpool1d(
            Tensor indices,
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            int @Nullable [] size) {
        Tensor x = (Tensor) this;
        int[] out = Unpooled.size("maxUnpool1d", 1, x, indices, kernel, stride, padding, size);
        return Unpooled.of(
                        "maxUnpool1d", 2, x.unsqueeze(-1), indices.unsqueeze(-1), out[0], 1)
                .squeeze(-1);
    }

    /// Maxima of images put back, as `F.max_unpool2d`.
    ///
    /// @param indices int64 positions, counted row by row, in the image of the channel, of this
    ///   tensor's shape
    /// @param stride elements from one window of the pooling to the next; null for the kernel
    /// @param size of the result's last axes, less than a stride from what is computed; null for that
    /// @throws IllegalArgumentException if shapes, sizes or positions do not fit
    default Tensor maxUnpool2d(
            Tensor indices,
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            int @Nullable [] size) {
        Tensor x = (Tensor) this;
        return Unpooled.of(
                "maxUnpool2d",
                2,
                x,
                indices,
                Unpooled.size("maxUnpool2d", 2, x, indices, kernel, stride, padding, size));
    }

    /// Maxima of volumes put back, as `F.max_unpool3d`; the arguments are those of [#maxUnpool2d].
    default Tensor maxUnpool3d(
            Tensor indices,
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            int @Nullable [] size) {
        Tensor x = (Tensor) this;
        return Unpooled.of(
                "maxUnpool3d",
                3,
                x,
                indices,
                Unpooled.size("maxUnpool3d", 3, x, indices, kernel, stride, padding, size));
    }

    /// What the three have in common.
    final class Unpooled {
        private Unpooled() {}

        private static int[] size(
                String op,
                int spatial,
                Tensor x,
                Tensor indices,
                int[] kernel,
                int @Nullable [] stride,
                int[] padding,
                int @Nullable [] size) {
            if ((x.dim() != spatial + 1 && x.dim() != spatial + 2)
                    || !indices.shape().equals(x.shape())
                    || indices.dtype() != DType.INT64) {
                throw new IllegalArgumentException(
                        "%s: input needs %d or %d axes and int64 indices of its shape, but is %s with indices %s %s"
                                .formatted(
                                        op,
                                        spatial + 1,
                                        spatial + 2,
                                        x.shape(),
                                        indices.dtype(),
                                        indices.shape()));
            }
            int[] k = Images.perAxis(op, "kernel", kernel, spatial);
            int[] s = stride == null ? k : Images.perAxis(op, "stride", stride, spatial);
            int[] p = Images.perAxis(op, "padding", padding, spatial);
            int[] out = new int[spatial];
            for (int i = 0; i < spatial; i++) {
                out[i] = (x.size(i - spatial) - 1) * s[i] - 2 * p[i] + k[i];
            }
            if (size == null) {
                return out;
            }
            int skip = size.length == x.dim() ? x.dim() - spatial : 0;
            boolean fits = size.length - skip == spatial;
            for (int i = 0; fits && i < spatial; i++) {
                fits = Math.abs(size[skip + i] - out[i]) < s[i];
            }
            if (!fits) {
                throw new IllegalArgumentException(
                        "%s: output size %s is not less than the stride %s from %s (input %s)"
                                .formatted(
                                        op,
                                        Arrays.toString(size),
                                        Arrays.toString(s),
                                        Arrays.toString(out),
                                        x.shape()));
            }
            return Arrays.copyOfRange(size, skip, size.length);
        }

        private static Tensor of(String op, int spatial, Tensor x, Tensor indices, int... size) {
            int[] sizes = x.shape().sizes().clone();
            int pixels = 1;
            for (int i = 0; i < spatial; i++) {
                sizes[sizes.length - spatial + i] = size[i];
                pixels *= size[i];
            }
            for (long at : indices.toLongArray()) {
                if (at < 0 || at >= pixels) {
                    throw new IllegalArgumentException(
                            "%s: found an invalid max index: %d (output of size %s, input %s)"
                                    .formatted(op, at, Arrays.toString(size), x.shape()));
                }
            }
            Shape out = Shape.of(sizes);
            Tensor y;
            try (var _ = Autograd.noGrad()) {
                int rows = pixels == 0 ? 0 : out.numel() / pixels;
                Tensor zeros = Creation.zeros(Shape.of(rows, pixels), x.dtype());
                y = zeros.scatter(1, rows(indices, rows), rows(x, rows)).reshape(out);
            }
            return Tape.records(x)
                    ? Tape.record(
                            y,
                            new MaxUnpoolBackward(
                                    "MaxUnpool" + spatial + "DBackward0",
                                    Saved.of(indices),
                                    pixels),
                            x)
                    : y;
        }

        private static Tensor rows(Tensor x, int rows) {
            return x.reshape(rows, rows == 0 ? 0 : x.numel() / rows);
        }
    }

    record MaxUnpoolBackward(String name, Saved indices, int pixels) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor at = indices.get();
            int rows = pixels == 0 ? 0 : g.gy().numel() / pixels;
            Tensor gx = g.gy().reshape(rows, pixels).gather(1, Unpooled.rows(at, rows));
            g.put(0, gx.reshape(at.shape()));
        }
    }
}
