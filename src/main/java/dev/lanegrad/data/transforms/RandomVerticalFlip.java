package dev.lanegrad.data.transforms;

import dev.lanegrad.Tensor;
import dev.lanegrad.data.Transform;
import java.util.random.RandomGenerator;

/// Mirrors a picture, upside down, with probability `p`.
public record RandomVerticalFlip(double p) implements Transform {
    /// Half of the pictures.
    public RandomVerticalFlip() {
        this(0.5);
    }

    @Override
    public Tensor apply(Tensor x, RandomGenerator random) {
        return random.nextDouble() < p ? x.flip(-2) : x;
    }
}
