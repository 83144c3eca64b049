package dev.lanegrad.data;

import dev.lanegrad.Tensor;
import dev.lanegrad.data.transforms.CenterCrop;
import dev.lanegrad.data.transforms.Resize;
import java.util.random.RandomGenerator;

/// How a network wants its pictures, as torchvision's `ImageClassification` preset: the shorter
/// side resized, the middle cut out, pixels normalized.
///
/// @param resize length of the shorter side, in pixels
/// @param crop height and width of what is cut out, at most `resize`
/// @param normalization of pixels from 0 to 255
public record ImagePreset(int resize, int crop, Normalization normalization) implements Transform {
    /// That of the networks for ImageNet: resized to 256, cut to 224.
    public static final ImagePreset IMAGENET = new ImagePreset(256, 224, Normalization.IMAGENET);

    /// That of their second weights: resized to 232, cut to 224.
    public static final ImagePreset IMAGENET_V2 = new ImagePreset(232, 224, Normalization.IMAGENET);

    /// Beyond this ratio of its sides a resized picture would be a waste of memory.
    private static final int MAX_RATIO = 1000;

    /// @throws IllegalArgumentException if the sizes are not 1 ≤ crop ≤ resize
    public ImagePreset {
        if (crop < 1 || crop > resize) {
            throw new IllegalArgumentException(
                    "imagePreset: needs 1 ≤ crop ≤ resize, but got %d and %d"
                            .formatted(crop, resize));
        }
    }

    /// What the network gets for a picture, for a batch of one: float32 `[1, C, crop, crop]`.
    ///
    /// @param picture uint8 `[C, H, W]`, as [Pictures] reads them
    /// @throws IllegalArgumentException if it has another number of channels, or one side is more
    ///   than 1000 times as long as the other
    public Tensor apply(Tensor picture) {
        return normalization.apply(cut(picture)).unsqueeze(0);
    }

    /// As [#apply(Tensor)] without the axis of the batch.
    @Override
    public Tensor apply(Tensor picture, RandomGenerator random) {
        return normalization.apply(cut(picture));
    }

    /// The picture resized and cut, in pixels from 0 to 255 still: uint8 `[C, crop, crop]`.
    public Tensor cut(Tensor picture) {
        int height = picture.size(-2);
        int width = picture.size(-1);
        if ((long) Math.min(height, width) * MAX_RATIO < Math.max(height, width)) {
            throw new IllegalArgumentException(
                    "imagePreset: sides of %d and %d differ by more than %d times"
                            .formatted(height, width, MAX_RATIO));
        }
        RandomGenerator none = RandomGenerator.getDefault(); // neither asks it
        return new CenterCrop(crop).apply(new Resize(resize).apply(picture, none), none);
    }
}
