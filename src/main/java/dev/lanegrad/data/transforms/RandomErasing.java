package dev.lanegrad.data.transforms;

import dev.lanegrad.Tensor;
import dev.lanegrad.data.Transform;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Puts zeros into a rectangle of a picture with probability `p` (Zhong et al. 2017).
///
/// @param leastArea share of the picture that the rectangle has at least
/// @param mostArea share of the picture that the rectangle has at most
/// @param leastRatio height by width at least; its inverse at most
public record RandomErasing(double p, double leastArea, double mostArea, double leastRatio)
        implements Transform {
    private static final int TRIES = 10;

    /// Half of the pictures lose from 2 to 33 %.
    public RandomErasing() {
        this(0.5, 0.02, 0.33, 0.3);
    }

    @Override
    public Tensor apply(Tensor x, RandomGenerator random) {
        if (random.nextDouble() >= p) {
            return x;
        }
        Pixels picture = Pixels.of(x, "randomErasing");
        int height = picture.height();
        int width = picture.width();
        double widest = Math.log(1 / leastRatio);
        for (int i = 0; i < TRIES; i++) {
            double area =
                    (leastArea + random.nextDouble() * (mostArea - leastArea)) * height * width;
            double ratio = Math.exp((2 * random.nextDouble() - 1) * widest);
            int rows = (int) Math.round(Math.sqrt(area * ratio));
            int columns = (int) Math.round(Math.sqrt(area / ratio));
            if (rows < height && columns < width) {
                int top = random.nextInt(height - rows + 1);
                int left = random.nextInt(width - columns + 1);
                return erased(picture, top, left, rows, columns).tensor();
            }
        }
        return x;
    }

    private static Pixels erased(Pixels p, int top, int left, int rows, int columns) {
        for (int c = 0; c < p.channels(); c++) {
            for (int row = top; row < top + rows; row++) {
                int from = p.at(c, row, left);
                Arrays.fill(p.values(), from, from + columns, 0);
            }
        }
        return p;
    }
}
