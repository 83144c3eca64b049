package dev.lanegrad.data.transforms;

import dev.lanegrad.Tensor;
import dev.lanegrad.data.Transform;
import java.util.random.RandomGenerator;

/// Turns a picture about its middle, interpolated linearly; what comes in from outside is 0.
///
/// @param degrees the largest angle, to either side
public record RandomRotation(double degrees) implements Transform {
    @Override
    public Tensor apply(Tensor x, RandomGenerator random) {
        Pixels p = Pixels.of(x, "randomRotation");
        double angle = Math.toRadians((2 * random.nextDouble() - 1) * degrees);
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double middleRow = (p.height() - 1) / 2.0;
        double middleColumn = (p.width() - 1) / 2.0;
        Pixels y = p.sized(p.height(), p.width());
        for (int row = 0; row < p.height(); row++) {
            for (int column = 0; column < p.width(); column++) {
                double down = row - middleRow;
                double right = column - middleColumn;
                double fromRow = middleRow + cos * down + sin * right;
                double fromColumn = middleColumn - sin * down + cos * right;
                for (int c = 0; c < p.channels(); c++) {
                    y.values()[y.at(c, row, column)] = between(p, c, fromRow, fromColumn);
                }
            }
        }
        return y.tensor();
    }

    private static float between(Pixels p, int c, double row, double column) {
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        float down = (float) (row - top);
        float right = (float) (column - left);
        float upper = value(p, c, top, left) * (1 - right) + value(p, c, top, left + 1) * right;
        float lower =
                value(p, c, top + 1, left) * (1 - right) + value(p, c, top + 1, left + 1) * right;
        return upper * (1 - down) + lower * down;
    }

    private static float value(Pixels p, int c, int row, int column) {
        boolean inside = row >= 0 && row < p.height() && column >= 0 && column < p.width();
        return inside ? p.values()[p.at(c, row, column)] : 0;
    }
}
