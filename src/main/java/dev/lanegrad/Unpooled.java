package dev.lanegrad;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What the operations of [Unpooling] have in common: sizes, checks and the writing.
final class Unpooled {
    private Unpooled() {}

    static int[] size(
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

    static Tensor of(String op, int spatial, Tensor x, Tensor indices, int... size) {
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
                        new Unpooling.MaxUnpoolBackward(
                                "MaxUnpool" + spatial + "DBackward0", Saved.of(indices), pixels),
                        x)
                : y;
    }

    static Tensor rows(Tensor x, int rows) {
        return x.reshape(rows, rows == 0 ? 0 : x.numel() / rows);
    }
}
