package dev.lanegrad.data.transforms;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;

/// Changes the size of pictures as Pillow does, which torchvision's presets stand on: a triangle
/// filter as wide as the reduction, coefficients of 22 bits, rows first, each pass rounded to a
/// byte.
final class ByteResize {
    private static final int PRECISION = 22;
    private static final int HALF = 1 << (PRECISION - 1);

    private ByteResize() {}

    /// The picture at another size, byte for byte as Pillow's `resize(.., BILINEAR)`.
    ///
    /// @param picture uint8 `[C, H, W]`, not empty
    static Tensor resized(Tensor picture, int height, int width) {
        int channels = picture.size(0);
        int h = picture.size(1);
        int w = picture.size(2);
        int[] pixels = ints(picture.toLongArray());
        if (width != w) {
            pixels = along(pixels, channels * h, w, 1, new Filter(w, width));
        }
        if (height != h) {
            pixels = along(pixels, channels, h, width, new Filter(h, height));
        }
        return Tensor.of(pixels, Shape.of(channels, height, width)).to(DType.UINT8);
    }

    private static int[] ints(long[] values) {
        int[] ints = new int[values.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) values[i];
        }
        return ints;
    }

    /// Which elements an element of the result is made of, and the weight of each.
    private static final class Filter {
        final int size;
        final int[] starts;
        final int[][] weights;

        Filter(int from, int to) {
            size = to;
            starts = new int[to];
            weights = new int[to][];
            double scale = (double) from / to;
            double radius = Math.max(1, scale);
            for (int i = 0; i < to; i++) {
                double center = (i + 0.5) * scale;
                int start = Math.max(0, (int) (center - radius + 0.5));
                int end = Math.min(from, (int) (center + radius + 0.5));
                starts[i] = start;
                weights[i] = weights(start, end, center, 1 / radius);
            }
        }

        private static int[] weights(int start, int end, double center, double step) {
            double[] exact = new double[end - start];
            double sum = 0;
            for (int j = 0; j < exact.length; j++) {
                exact[j] = Math.max(0, 1 - Math.abs((j + start - center + 0.5) * step));
                sum += exact[j];
            }
            int[] rounded = new int[exact.length];
            for (int j = 0; j < exact.length; j++) {
                rounded[j] = (int) (0.5 + exact[j] / sum * (1 << PRECISION));
            }
            return rounded;
        }
    }

    /// Applies `filter` to the middle axis of `[outer, n, inner]`.
    private static int[] along(int[] x, int outer, int n, int inner, Filter filter) {
        int[] y = new int[outer * filter.size * inner];
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < filter.size; i++) {
                int[] weights = filter.weights[i];
                int from = (o * n + filter.starts[i]) * inner;
                int to = (o * filter.size + i) * inner;
                for (int k = 0; k < inner; k++) {
                    int sum = HALF;
                    for (int j = 0; j < weights.length; j++) {
                        sum += x[from + j * inner + k] * weights[j];
                    }
                    y[to + k] = Math.clamp(sum >> PRECISION, 0, 255);
                }
            }
        }
        return y;
    }
}
