package dev.lanegrad.kernels.f64;

import jdk.incubator.vector.DoubleVector;

/// `x·Φ(x)` with the normal distribution function Φ.
final class GaussianTail {
    private GaussianTail() {}

    static DoubleVector gelu(DoubleVector x) {
        return x.mul(ErrorFunction.normalDistribution(x));
    }
}
