package dev.lanegrad.data.transforms;

import dev.lanegrad.Tensor;
import dev.lanegrad.data.Transform;
import java.util.random.RandomGenerator;

/// A part of a picture, all places as likely.
///
/// @param padding border of zeros that the picture gets first, in pixels
public record RandomCrop(int height, int width, int padding) implements Transform {
    /// A square part.
    public RandomCrop(int size, int padding) {
        this(size, size, padding);
    }

    /// @throws IllegalArgumentException if the padding is negative
    public RandomCrop {
        if (padding < 0) {
            throw new IllegalArgumentException("randomCrop: padding " + padding + " is negative");
        }
    }

    @Override
    public Tensor apply(Tensor x, RandomGenerator random) {
        Pixels p = Pixels.of(x, "randomCrop");
        int down = p.height() + 2 * padding - height;
        int right = p.width() + 2 * padding - width;
        if (down < 0 || right < 0) {
            throw new IllegalArgumentException(
                    "randomCrop: a part of %d by %d does not fit into %s with a border of %d"
                            .formatted(height, width, x.shape(), padding));
        }
        int top = random.nextInt(down + 1) - padding;
        int left = random.nextInt(right + 1) - padding;
        return p.cut(top, left, height, width, 0).tensor();
    }
}
