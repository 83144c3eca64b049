package dev.lanegrad.data.transforms;

import dev.lanegrad.Tensor;
import dev.lanegrad.data.Transform;
import java.util.random.RandomGenerator;

/// A border around a picture.
///
/// @param border how wide it is on each side, in pixels
/// @param fill what it is filled with
public record Pad(int border, float fill) implements Transform {
    /// Of zeros.
    public Pad(int border) {
        this(border, 0);
    }

    @Override
    public Tensor apply(Tensor x, RandomGenerator random) {
        Pixels p = Pixels.of(x, "pad");
        return p.cut(-border, -border, p.height() + 2 * border, p.width() + 2 * border, fill)
                .tensor();
    }
}
