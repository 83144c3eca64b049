package dev.lanegrad;

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
    /// @param size of the result's last axis, less than a stride from what is computed; null for
    ///   that
    /// @throws IllegalArgumentException if shapes, sizes or positions do not fit
    default Tensor maxUnpool1d(
            Tensor indices,
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            int @Nullable [] size) {
        Tensor x = (Tensor) this;
        int[] out = Unpooled.size("maxUnpool1d", 1, x, indices, kernel, stride, padding, size);
        return Unpooled.of("maxUnpool1d", 2, x.unsqueeze(-1), indices.unsqueeze(-1), out[0], 1)
                .squeeze(-1);
    }

    /// Maxima of images put back, as `F.max_unpool2d`.
    ///
    /// @param indices int64 positions, counted row by row, in the image of the channel, of this
    ///   tensor's shape
    /// @param stride elements from one window of the pooling to the next; null for the kernel
    /// @param size of the result's last axes, less than a stride from what is computed; null for
    ///   that
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
