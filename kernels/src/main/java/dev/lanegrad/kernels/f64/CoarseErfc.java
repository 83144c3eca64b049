package dev.lanegrad.kernels.f64;

import static dev.lanegrad.kernels.f64.Vectors.atMost;
import static dev.lanegrad.kernels.f64.Vectors.productLow;

import jdk.incubator.vector.DoubleVector;

/// `erfc(x)` for x from 1 on with as many digits as `1 - erfc(x)` shows.
final class CoarseErfc {
    private CoarseErfc() {}

    static DoubleVector erfc(DoubleVector x) {
        DoubleVector size = atMost(x, Constants.ERFC_MAX);
        DoubleVector square = size.mul(size);
        return ErrorFunction.upper(size, square, productLow(size, size, square));
    }
}
