package dev.lanegrad;

import java.util.function.Function;

/// What the tests of derivatives share.
final class Differences {
    private Differences() {}

    /// Random numbers from −1 to 1, float64, the same for each name.
    static Tensor random(String name, long... sizes) {
        java.util.Random random = new java.util.Random(name.hashCode());
        Shape shape = Shape.of(sizes);
        return Tensor.of(random.doubles(shape.numel(), -1, 1).toArray(), shape);
    }

    /// Holds the gradients of `f`, and the gradients of those, against central differences: the
    /// first come from the fused reading of the derivatives, the second from the recorded one.
    static void check(Function<Tensor[], Tensor> f, Tensor... inputs) {
        GradCheck.require(f, inputs);
        GradCheck.checkSecond(f, inputs).require();
    }
}
