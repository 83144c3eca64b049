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
        int top = start(p.height(), height);
        int left = start(p.width(), width);
        return p.cut(top, left, height, width, 0).tensor();
    }

    /// Halves are rounded as torchvision does: to even where something is cut off, else down.
    private static int start(int before, int after) {
        return before >= after ? (int) Math.rint((before - after) / 2.0) : -((after - before) / 2);
    }
}
