package dev.lanegrad.check;

import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A line of the catalogue: an operation of [Tensor] and the inputs that its derivatives are tested
/// at.
///
/// @param method the method's name
/// @param function the operation, made of that method
/// @param inputs where its inputs lie: away from kinks and poles
/// @param bilinear whether it is linear in each input, so that central differences are exact
record Operation(
        String method, Function<Tensor[], Tensor> function, List<Input> inputs, boolean bilinear) {
    /// Values drawn evenly from `min` to `max`; the `spread` ones all differ by at least 0.05.
    record Input(double min, double max, boolean spread, long... sizes) {
        Tensor draw(Random random) {
            Shape shape = Shape.of(sizes);
            double[] values = new double[shape.numel()];
            for (int i = 0; i < values.length; i++) {
                double u = random.nextDouble();
                values[i] =
                        spread
                                ? min + (max - min) * (i + 0.5 * u) / values.length
                                : min + (max - min) * u;
            }
            if (spread) {
                shuffle(values, random);
            }
            return Tensor.of(values, shape);
        }

        private static void shuffle(double[] values, Random random) {
            for (int i = values.length - 1; i > 0; i--) {
                int k = random.nextInt(i + 1);
                double swap = values[i];
                values[i] = values[k];
                values[k] = swap;
            }
        }
    }

    static Input within(double min, double max, long... sizes) {
        return new Input(min, max, false, sizes);
    }

    static Input in(long... sizes) {
        return within(-2, 2, sizes);
    }

    /// Values of which no two are near each other, for operations that choose among them.
    static Input apart(long... sizes) {
        return new Input(-3, 3, true, sizes);
    }

    static Operation of(String method, UnaryOperator<Tensor> f, Input x) {
        return new Operation(method, t -> f.apply(t[0]), List.of(x), false);
    }

    static Operation of(String method, UnaryOperator<Tensor> f) {
        return of(method, f, in(3, 4));
    }

    static Operation of(String method, BinaryOperator<Tensor> f, Input a, Input b) {
        return new Operation(method, t -> f.apply(t[0], t[1]), List.of(a, b), false);
    }

    static Operation ofAll(String method, Function<Tensor[], Tensor> f, Input... inputs) {
        return new Operation(method, f, List.of(inputs), false);
    }

    Operation linear() {
        return new Operation(method, function, inputs, true);
    }

    Tensor[] draw(long seed) {
        Random random = new Random(seed);
        return inputs.stream().map(i -> i.draw(random)).toArray(Tensor[]::new);
    }

    @Override
    public String toString() {
        return method + inputs.stream().map(i -> Shape.of(i.sizes()).toString()).toList();
    }
}
