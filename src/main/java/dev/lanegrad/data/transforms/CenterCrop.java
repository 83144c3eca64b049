package dev.lanegrad.data.transforms;

import dev.lanegrad.Tensor;
import dev.lanegrad.data.Transform;
import java.util.random.RandomGenerator;

/// The middle of a picture; a smaller one gets a border of zeros.
public record CenterCrop(int height, int width) implements Transform {
    /// A square.
    public CenterCrop(int size) {
        this(size, size);
    }

    @Override
    public Tensor apply(Tensor x, RandomGenerator random) {
        Pixels p = Pixels.of(x, "centerCrop");
        int top = Math.floorDiv(p.height() - height, 2);
        int left = Math.floorDiv(p.width() - width, 2);
        return p.cut(top, left, height, width, 0).tensor();
    }
}
