package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.atMost;
import static dev.lanegrad.kernels.f32.Vectors.constant;

import jdk.incubator.vector.FloatVector;

/// `erfc(x)` for x from 1 on with as many digits as `1 - erfc(x)` shows.
///
/// The other precision would need a polynomial of a high degree: its file is written, too.
final class CoarseErfc {
    /// From here on `1 - erfc(x)` is 1.
    static final float MOST = 4;

    private CoarseErfc() {}

    /// `e^(x·p(x) - x)` with a minimax polynomial p, within 2⁻³⁰ but for rounding.
    static FloatVector erfc(FloatVector x) {
        FloatVector c = atMost(x, MOST);
        FloatVector y = constant(-0x1.829404p-17f);
        y = y.fma(c, constant(0x1.55756ap-12f));
        y = y.fma(c, constant(-0x1.dee682p-9f));
        y = y.fma(c, constant(0x1.85b2a6p-6f));
        y = y.fma(c, constant(-0x1.b340e8p-4f));
        y = y.fma(c, constant(-0x1.45308ap-1f));
        y = y.fma(c, constant(-0x1.077ac8p-3f));
        return Exponential.nearExp(y.fma(c, c.neg()));
    }
}
