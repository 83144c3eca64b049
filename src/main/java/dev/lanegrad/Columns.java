package dev.lanegrad;

/// The windows of an image as columns of a matrix.
///
/// @param h rows of the padded image
/// @param w columns of the padded image
/// @param top rows of padding above
/// @param left columns of padding at the left
/// @param area pixels of a window
/// @param count number of windows
/// @param pixels where in the padded image the pixels of the windows lie: pixel by pixel of the
///   window, for each the windows row by row
record Columns(int h, int w, int top, int left, int area, int count, Tensor pixels) {
    static Columns of(
            String op,
            int height,
            int width,
            int[] kernel,
            int[] dilation,
            int[] padding,
            int[] stride) {
        int[] k = Images.perAxis(op, "kernel", kernel, 2);
        int[] d = Images.perAxis(op, "dilation", dilation, 2);
        int[] p = Images.perAxis(op, "padding", padding, 2);
        int[] s = Images.perAxis(op, "stride", stride, 2);
        int h = height + 2 * p[0];
        int w = width + 2 * p[1];
        int rows = windows(op, h, k[0], d[0], s[0]);
        int columns = windows(op, w, k[1], d[1], s[1]);
        int count = rows * columns;
        long[] pixels = new long[k[0] * k[1] * count];
        int next = 0;
        for (int i = 0; i < k[0] * k[1]; i++) {
            int first = i / k[1] * d[0] * w + i % k[1] * d[1];
            for (int window = 0; window < count; window++) {
                pixels[next++] =
                        first + window / columns * s[0] * w + window % columns * (long) s[1];
            }
        }
        return new Columns(h, w, p[0], p[1], k[0] * k[1], count, Tensor.of(pixels));
    }

    private static int windows(String op, int size, int kernel, int dilation, int stride) {
        boolean valid = kernel > 0 && dilation > 0 && stride > 0;
        int n = valid ? (size - dilation * (kernel - 1) - 1) / stride + 1 : 0;
        if (!valid || size < dilation * (kernel - 1) + 1) {
            throw new IllegalArgumentException(
                    "%s: a window of %d, dilation %d, stride %d does not fit %d pixels with padding"
                            .formatted(op, kernel, dilation, stride, size));
        }
        return n;
    }

    /// Columns `[N, C·area, count]` of images `[N, C, H, W]`.
    Tensor read(Tensor x) {
        Tensor padded = x.pad(left, left, top, top);
        Tensor flat = padded.reshape(x.size(0), x.size(1), (long) h * w);
        return flat.indexSelect(2, pixels).reshape(x.size(0), (long) x.size(1) * area, count);
    }

    /// Images `[N, C, H, W]` that columns are added up to.
    Tensor add(Tensor columns) {
        int n = columns.size(0);
        int c = columns.size(1) / area;
        Tensor zeros = Creation.zeros(Shape.of(n, c, (long) h * w), columns.dtype());
        Tensor sum = zeros.indexAdd(2, pixels, columns.reshape(n, c, (long) area * count));
        return sum.reshape(n, c, h, w).pad(-left, -left, -top, -top);
    }
}
