package dev.lanegrad.data;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.random.RandomGenerator;

/// Stored pixels to numbers around 0: `(x / max - mean) / std`, as torchvision's `ToTensor` and
/// `Normalize`.
///
/// @param max the stored value that means 1
/// @param mean by channel, of pixels from 0 to 1
/// @param std by channel
public record Normalization(double max, float[] mean, float[] std) implements Transform {
    /// For pictures in red, green and blue, from 0 to 255, and networks that learned ImageNet.
    public static final Normalization IMAGENET =
            new Normalization(
                    255,
                    new float[] {0.485f, 0.456f, 0.406f},
                    new float[] {0.229f, 0.224f, 0.225f});

    /// @throws IllegalArgumentException if mean and std differ in length
    public Normalization {
        if (mean.length != std.length) {
            throw new IllegalArgumentException(
                    "normalization: %d means but %d deviations".formatted(mean.length, std.length));
        }
        mean = mean.clone();
        std = std.clone();
    }

    /// The float32 images `[N, C, H, W]`, or image `[C, H, W]`, that stored ones of that shape
    /// stand for.
    ///
    /// @throws IllegalArgumentException if the number of channels is not that of the means
    public Tensor apply(Tensor images) {
        if (images.dim() < 3 || images.dim() > 4 || images.size(-3) != mean.length) {
            throw new IllegalArgumentException(
                    "normalization: needs images [N, %d, H, W], but got %s"
                            .formatted(mean.length, images.shape()));
        }
        float[] scale = new float[mean.length];
        float[] shift = new float[mean.length];
        for (int c = 0; c < mean.length; c++) {
            scale[c] = (float) (1 / (max * std[c]));
            shift[c] = -mean[c] / std[c];
        }
        Shape channels = Shape.of(mean.length, 1, 1);
        return images.to(DType.FLOAT32)
                .mul(Tensor.of(scale, channels))
                .add(Tensor.of(shift, channels));
    }

    @Override
    public Tensor apply(Tensor x, RandomGenerator random) {
        return apply(x);
    }
}
