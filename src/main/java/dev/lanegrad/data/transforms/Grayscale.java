package dev.lanegrad.data.transforms;

import dev.lanegrad.Tensor;
import dev.lanegrad.data.Transform;
import java.util.random.RandomGenerator;

/// The brightness of a picture in red, green and blue, as recommended in ITU-R 601.
///
/// @param channels how often the result has it
public record Grayscale(int channels) implements Transform {
    /// One channel.
    public Grayscale() {
        this(1);
    }

    @Override
    public Tensor apply(Tensor x, RandomGenerator random) {
        Pixels p = Pixels.of(x, "grayscale");
        int n = p.height() * p.width();
        float[] gray = new float[channels * n];
        for (int i = 0; i < n; i++) {
            float value = p.channels() == 1 ? p.values()[i] : ColorJitter.brightness(p, i);
            for (int c = 0; c < channels; c++) {
                gray[c * n + i] = value;
            }
        }
        return new Pixels(gray, channels, p.height(), p.width(), p.dtype()).tensor();
    }
}
