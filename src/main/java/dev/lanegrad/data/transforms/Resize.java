package dev.lanegrad.data.transforms;

import dev.lanegrad.DType;
import dev.lanegrad.Tensor;
import dev.lanegrad.data.Transform;
import java.util.random.RandomGenerator;

/// A picture in another size, interpolated linearly; where it shrinks, over all pixels that a new
/// one stands for, as torchvision with `antialias`; pictures of bytes to the last bit.
///
/// @param height new height; 0 for that which keeps the shape if the shorter side becomes `width`
public record Resize(int height, int width) implements Transform {
    /// The shorter side becomes `size`; the shape stays.
    public Resize(int size) {
        this(0, size);
    }

    /// @throws IllegalArgumentException if a size is not positive
    public Resize {
        if (height < 0 || width < 1) {
            throw new IllegalArgumentException(
                    "resize: no picture has the size %d by %d".formatted(height, width));
        }
    }

    @Override
    public Tensor apply(Tensor x, RandomGenerator random) {
        Pixels p = Pixels.of(x, "resize");
        if (height > 0) {
            return resized(x, p, height, width);
        }
        int shorter = Math.min(p.height(), p.width());
        int rows = (int) ((long) width * p.height() / shorter);
        int columns = (int) ((long) width * p.width() / shorter);
        return resized(x, p, rows, columns);
    }

    /// Bytes become those that Pillow makes of them.
    private static Tensor resized(Tensor x, Pixels p, int rows, int columns) {
        return x.dtype() == DType.UINT8 && x.numel() > 0
                ? ByteResize.resized(x, rows, columns)
                : resized(p, rows, columns).tensor();
    }

    static Pixels resized(Pixels x, int rows, int columns) {
        return alongColumns(alongRows(x, columns), rows);
    }

    private static Pixels alongRows(Pixels x, int columns) {
        if (x.width() == columns) {
            return x;
        }
        Pixels y = x.sized(x.height(), columns);
        Weights[] weights = Weights.all(x.width(), columns);
        for (int line = 0; line < x.channels() * x.height(); line++) {
            for (int i = 0; i < columns; i++) {
                Weights w = weights[i];
                float sum = 0;
                for (int k = 0; k < w.values.length; k++) {
                    sum += w.values[k] * x.values()[line * x.width() + w.from + k];
                }
                y.values()[line * columns + i] = sum;
            }
        }
        return y;
    }

    private static Pixels alongColumns(Pixels x, int rows) {
        if (x.height() == rows) {
            return x;
        }
        Pixels y = x.sized(rows, x.width());
        Weights[] weights = Weights.all(x.height(), rows);
        for (int c = 0; c < x.channels(); c++) {
            for (int i = 0; i < rows; i++) {
                Weights w = weights[i];
                for (int k = 0; k < w.values.length; k++) {
                    int from = x.at(c, w.from + k, 0);
                    int to = y.at(c, i, 0);
                    for (int column = 0; column < x.width(); column++) {
                        y.values()[to + column] += w.values[k] * x.values()[from + column];
                    }
                }
            }
        }
        return y;
    }

    /// What the old pixels from `from` on give to a new one.
    private record Weights(int from, float[] values) {
        static Weights[] all(int before, int after) {
            double scale = (double) before / after;
            double reach = Math.max(1, scale);
            Weights[] all = new Weights[after];
            for (int i = 0; i < after; i++) {
                double center = (i + 0.5) * scale;
                int from = Math.max(0, (int) (center - reach + 0.5));
                int to = Math.min(before, (int) (center + reach + 0.5));
                float[] values = new float[to - from];
                double sum = 0;
                for (int k = from; k < to; k++) {
                    double w = Math.max(0, 1 - Math.abs(k + 0.5 - center) / reach);
                    values[k - from] = (float) w;
                    sum += w;
                }
                for (int k = 0; k < values.length; k++) {
                    values[k] /= (float) sum;
                }
                all[i] = new Weights(from, values);
            }
            return all;
        }
    }
}
