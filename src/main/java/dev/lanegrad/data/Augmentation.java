package dev.lanegrad.data;

import dev.lanegrad.Philox;
import dev.lanegrad.Tensor;

/// Small random changes that keep the meaning of an image.
///
/// @param shift how far an image moves at most, up, down, left and right, in pixels; what comes in
///   from outside is 0
/// @param flip whether half of the images are mirrored, left to right
public record Augmentation(int shift, boolean flip) {
    private static final int DRAWS = 3;

    /// @throws IllegalArgumentException if `shift` is negative
    public Augmentation {
        if (shift < 0) {
            throw new IllegalArgumentException("augmentation: shift " + shift + " is negative");
        }
    }

    /// Changed copies of stored images `[N, C, H, W]`, float32.
    ///
    /// @param numbers of the images: the change of an image depends on its number and on `random`,
    ///   not on those beside it
    Tensor apply(Tensor images, long[] numbers, Philox random) {
        int channels = images.size(1);
        int height = images.size(2);
        int width = images.size(3);
        float[] x = images.toFloatArray();
        float[] y = new float[x.length];
        float[] u = new float[DRAWS];
        for (int n = 0; n < numbers.length; n++) {
            random.uniform(u, 0, DRAWS, numbers[n] * DRAWS, 0, 1);
            int down = (int) (u[0] * (2 * shift + 1)) - shift;
            int right = (int) (u[1] * (2 * shift + 1)) - shift;
            boolean mirrored = flip && u[2] < 0.5f;
            for (int plane = n * channels; plane < (n + 1) * channels; plane++) {
                move(x, y, plane * height * width, height, width, down, right, mirrored);
            }
        }
        return Tensor.of(y, images.shape());
    }

    private static void move(
            float[] x,
            float[] y,
            int at,
            int height,
            int width,
            int down,
            int right,
            boolean mirrored) {
        int first = Math.max(0, right);
        int skipped = Math.max(0, -right);
        int n = width - Math.abs(right);
        for (int row = Math.max(0, down); row < Math.min(height, height + down); row++) {
            int from = at + (row - down) * width;
            int to = at + row * width + first;
            if (mirrored) {
                for (int i = 0; i < n; i++) {
                    y[to + i] = x[from + width - 1 - skipped - i];
                }
            } else if (n > 0) {
                System.arraycopy(x, from + skipped, y, to, n);
            }
        }
    }
}
