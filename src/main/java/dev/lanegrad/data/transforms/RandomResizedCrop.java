package dev.lanegrad.data.transforms;

import dev.lanegrad.Tensor;
import dev.lanegrad.data.Transform;
import java.util.random.RandomGenerator;

/// A part of a picture of random size and shape, brought to one size.
///
/// @param leastArea share of the picture that the part has at least
/// @param mostArea share of the picture that the part has at most
/// @param leastRatio width by height at least; its inverse at most
public record RandomResizedCrop(
        int height, int width, double leastArea, double mostArea, double leastRatio)
        implements Transform {
    private static final int TRIES = 10;

    /// A square, from 8 % of the picture on, of shapes from 3 by 4 to 4 by 3.
    public RandomResizedCrop(int size) {
        this(size, size, 0.08, 1, 0.75);
    }

    /// @throws IllegalArgumentException if a size or share is not positive or areas are out of
    ///   order
    public RandomResizedCrop {
        if (height < 1
                || width < 1
                || !(0 < leastArea && leastArea <= mostArea)
                || !(0 < leastRatio && leastRatio <= 1)) {
            throw new IllegalArgumentException(
                    "randomResizedCrop: size %d by %d, areas %s to %s, ratios from %s"
                            .formatted(height, width, leastArea, mostArea, leastRatio));
        }
    }

    @Override
    public Tensor apply(Tensor x, RandomGenerator random) {
        Pixels p = Pixels.of(x, "randomResizedCrop");
        double area = (double) p.height() * p.width();
        double widest = Math.log(1 / leastRatio);
        for (int i = 0; i < TRIES; i++) {
            double share = leastArea + random.nextDouble() * (mostArea - leastArea);
            double ratio = Math.exp((2 * random.nextDouble() - 1) * widest);
            int rows = (int) Math.round(Math.sqrt(area * share / ratio));
            int columns = (int) Math.round(Math.sqrt(area * share * ratio));
            if (rows > 0 && rows <= p.height() && columns > 0 && columns <= p.width()) {
                int top = random.nextInt(p.height() - rows + 1);
                int left = random.nextInt(p.width() - columns + 1);
                return Resize.resized(p.cut(top, left, rows, columns, 0), height, width).tensor();
            }
        }
        int rows = Math.min(p.height(), (int) Math.round(p.width() / leastRatio));
        int columns = Math.min(p.width(), (int) Math.round(p.height() / leastRatio));
        Pixels middle = p.cut((p.height() - rows) / 2, (p.width() - columns) / 2, rows, columns, 0);
        return Resize.resized(middle, height, width).tensor();
    }
}
