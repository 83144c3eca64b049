package dev.lanegrad.data.transforms;

import dev.lanegrad.Tensor;
import dev.lanegrad.data.Transform;
import java.util.random.RandomGenerator;

/// Mirrors a picture, left to right, with probability `p`.
public record RandomHorizontalFlip(double p) implements Transform {
    /// Half of the pictures.
    public RandomHorizontalFlip() {
        this(0.5);
    }

    @Override
    public Tensor apply(Tensor x, RandomGenerator random) {
        return random.nextDouble() < p ? x.flip(-1) : x;
    }
}
