package dev.lanegrad.data.transforms;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.Arrays;

/// The numbers of a picture, by channel, row and column.
///
/// @param dtype the type of the tensor they come from and go to
record Pixels(float[] values, int channels, int height, int width, DType dtype) {
    static Pixels of(Tensor picture, String op) {
        if (picture.dim() != 3) {
            throw new IllegalArgumentException(
                    "%s: needs a picture [C, H, W], but got %s".formatted(op, picture.shape()));
        }
        return new Pixels(
                picture.toFloatArray(),
                picture.size(0),
                picture.size(1),
                picture.size(2),
                picture.dtype());
    }

    /// Zeros of another size.
    Pixels sized(int height, int width) {
        return new Pixels(new float[channels * height * width], channels, height, width, dtype);
    }

    int at(int channel, int row, int column) {
        return (channel * height + row) * width + column;
    }

    /// What white is.
    float white() {
        return dtype.isFloatingPoint() ? 1 : 255;
    }

    /// The picture; whole numbers are rounded, and cut to those that the type has.
    Tensor tensor() {
        if (!dtype.isFloatingPoint()) {
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.max(0, Math.min(255, Math.round(values[i])));
            }
        }
        return Tensor.of(values, Shape.of(channels, height, width)).to(dtype);
    }

    /// The part that begins at this row and column; what lies outside is `fill`.
    Pixels cut(int top, int left, int rows, int columns, float fill) {
        Pixels y = sized(rows, columns);
        if (fill != 0) {
            Arrays.fill(y.values, fill);
        }
        int first = Math.max(0, -left);
        int n = Math.min(columns, width - left) - first;
        for (int c = 0; c < channels && n > 0; c++) {
            for (int row = Math.max(0, -top); row < Math.min(rows, height - top); row++) {
                System.arraycopy(
                        values, at(c, top + row, left + first), y.values, y.at(c, row, first), n);
            }
        }
        return y;
    }
}
