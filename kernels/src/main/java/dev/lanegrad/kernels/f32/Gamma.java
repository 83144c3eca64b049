package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.atMost;
import static dev.lanegrad.kernels.f32.Vectors.constant;
import static dev.lanegrad.kernels.f32.Vectors.copySign;
import static dev.lanegrad.kernels.f32.Vectors.negative;
import static dev.lanegrad.kernels.f32.Vectors.zero;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The logarithm of the gamma function and its derivatives. For positive numbers lgamma is within 8
/// ulp; elsewhere, and near the root of digamma, terms cancel and the error is one of the terms'.
final class Gamma {
    /// From here on the asymptotic series have all digits.
    static final float SERIES = 12;

    private Gamma() {}

    /// `log |Γ(x)|`: ∞ at 0 and at negative whole numbers.
    static FloatVector lgamma(FloatVector x) {
        VectorMask<Float> below = negative(x);
        FloatVector y = upper(x.blend(constant(1f).sub(x), below));
        // log |Γ(x)| + log |Γ(1 - x)| is log(π / |sin πx|)
        FloatVector sine = Trigonometry.sin(fromWhole(x).mul((float) 3.141592653589793)).abs();
        FloatVector both = constant((float) 1.1447298858494002).sub(Logarithm.log(sine));
        y = y.blend(both.sub(y), below);
        VectorMask<Float> pole = below.and(Vectors.rint(x).compare(VectorOperators.EQ, x));
        return y.blend(Float.POSITIVE_INFINITY, pole);
    }

    /// The distance to the nearest whole number.
    private static FloatVector fromWhole(FloatVector x) {
        return x.sub(Vectors.rint(x));
    }

    /// `log Γ(x)` for x ≥ 0.
    private static FloatVector upper(FloatVector x) {
        VectorMask<Float> series = x.compare(VectorOperators.GE, SERIES);
        VectorMask<Float> low = x.compare(VectorOperators.LT, 1f);
        // Γ(x) = (x - 1)·(x - 2)·...·Γ(y) with y from 1 to 2; Γ(x) = Γ(x + 1)/x
        FloatVector y = atMost(x, SERIES).blend(x.add(1f), low);
        FloatVector product = constant(1f).blend(x, low);
        VectorMask<Float> more = y.compare(VectorOperators.GT, 2f);
        while (more.anyTrue()) {
            y = y.blend(y.sub(1f), more);
            product = product.blend(product.mul(y), more);
            more = y.compare(VectorOperators.GT, 2f);
        }
        // y as x + 1 is rounded: its distances from 1 and 2 are not
        FloatVector one = y.sub(1f).blend(x, low);
        FloatVector two = y.sub(2f).blend(x.sub(1f), low);
        FloatVector small = one.mul(two).mul(Polynomials.lgammaScaled(one.sub(0.5f)));
        FloatVector log = Logarithm.log(product.blend(x, series));
        small = small.add(log.blend(log.neg(), low));
        // (x - ½)·(log x - 1) + ½·log 2π - ½ + 1/12x - ...
        FloatVector inverse = constant(1f).div(x);
        FloatVector z = inverse.mul(inverse);
        FloatVector rest = constant((float) (1.0 / 156));
        rest = rest.fma(z, constant((float) (-691.0 / 360360)));
        rest = rest.fma(z, constant((float) (1.0 / 1188)));
        rest = rest.fma(z, constant((float) (-1.0 / 1680)));
        rest = rest.fma(z, constant((float) (1.0 / 1260)));
        rest = rest.fma(z, constant((float) (-1.0 / 360)));
        rest = rest.fma(z, constant((float) (1.0 / 12)));
        rest = rest.fma(inverse, constant((float) 0.4189385332046727));
        return small.blend(x.sub(0.5f).fma(log.sub(1f), rest), series);
    }

    /// `Γ'(x)/Γ(x)`: ∓∞ at ±0, NaN at negative whole numbers.
    static FloatVector digamma(FloatVector x) {
        VectorMask<Float> below = negative(x);
        FloatVector z = x.blend(constant(1f).sub(x), below);
        FloatVector sum = zero();
        VectorMask<Float> low = z.compare(VectorOperators.LT, SERIES);
        while (low.anyTrue()) {
            sum = sum.blend(sum.sub(constant(1f).div(z)), low);
            z = z.blend(z.add(1f), low);
            low = z.compare(VectorOperators.LT, SERIES);
        }
        // log z - 1/2z - 1/12z² + ...
        FloatVector inverse = constant(1f).div(z);
        FloatVector w = inverse.mul(inverse);
        FloatVector rest = constant((float) (-1.0 / 12));
        rest = rest.fma(w, constant((float) (691.0 / 32760)));
        rest = rest.fma(w, constant((float) (-1.0 / 132)));
        rest = rest.fma(w, constant((float) (1.0 / 240)));
        rest = rest.fma(w, constant((float) (-1.0 / 252)));
        rest = rest.fma(w, constant((float) (1.0 / 120)));
        rest = rest.fma(w, constant((float) (-1.0 / 12)));
        rest = w.fma(rest, inverse.mul(-0.5f));
        FloatVector y = sum.add(Logarithm.log(z).add(rest));
        // ψ(1 - x) - π/tan(πx)
        FloatVector tangent = Trigonometry.tan(fromWhole(x).mul((float) 3.141592653589793));
        y = y.blend(y.sub(constant((float) 3.141592653589793).div(tangent)), below);
        VectorMask<Float> pole = below.and(Vectors.rint(x).compare(VectorOperators.EQ, x));
        FloatVector end = copySign(constant(Float.POSITIVE_INFINITY), x).neg();
        return y.blend(Float.NaN, pole).blend(end, x.compare(VectorOperators.EQ, 0f));
    }

    /// The derivative of digamma: ∞ at 0 and at negative whole numbers.
    static FloatVector trigamma(FloatVector x) {
        VectorMask<Float> below = x.compare(VectorOperators.LT, 0.5f);
        FloatVector z = x.blend(constant(1f).sub(x), below);
        FloatVector sum = zero();
        VectorMask<Float> low = z.compare(VectorOperators.LT, SERIES);
        while (low.anyTrue()) {
            sum = sum.blend(sum.add(constant(1f).div(z.mul(z))), low);
            z = z.blend(z.add(1f), low);
            low = z.compare(VectorOperators.LT, SERIES);
        }
        // 1/z + 1/2z² + 1/6z³ - ...
        FloatVector inverse = constant(1f).div(z);
        FloatVector w = inverse.mul(inverse);
        FloatVector rest = constant((float) (7.0 / 6));
        rest = rest.fma(w, constant((float) (-691.0 / 2730)));
        rest = rest.fma(w, constant((float) (5.0 / 66)));
        rest = rest.fma(w, constant((float) (-1.0 / 30)));
        rest = rest.fma(w, constant((float) (1.0 / 42)));
        rest = rest.fma(w, constant((float) (-1.0 / 30)));
        rest = rest.fma(w, constant((float) (1.0 / 6)));
        rest = rest.fma(inverse, constant(0.5f)).fma(inverse, constant(1f));
        FloatVector y = sum.add(rest.mul(inverse));
        // (π / sin πx)² - ψ'(1 - x)
        FloatVector sine = Trigonometry.sin(fromWhole(x).mul((float) 3.141592653589793));
        FloatVector ratio = constant((float) 3.141592653589793).div(sine);
        return y.blend(ratio.fma(ratio, y.neg()), below);
    }
}
