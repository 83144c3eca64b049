package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.atLeast;
import static dev.lanegrad.kernels.f32.Vectors.atMost;
import static dev.lanegrad.kernels.f32.Vectors.constant;
import static dev.lanegrad.kernels.f32.Vectors.copySign;
import static dev.lanegrad.kernels.f32.Vectors.nearestSmall;
import static dev.lanegrad.kernels.f32.Vectors.negative;
import static dev.lanegrad.kernels.f32.Vectors.positive;
import static dev.lanegrad.kernels.f32.Vectors.productLow;
import static dev.lanegrad.kernels.f32.Vectors.rint;
import static dev.lanegrad.kernels.f32.Vectors.rootLow;
import static dev.lanegrad.kernels.f32.Vectors.scale;
import static dev.lanegrad.kernels.f32.Vectors.sumLow;
import static dev.lanegrad.kernels.f32.Vectors.zero;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Powers and roots, each within 1 ulp, with the same bits on every machine that has fused
/// multiply-add and at every vector width.
final class Power {
    private Power() {}

    /// `1/√x`
    static FloatVector rsqrt(FloatVector x) {
        VectorMask<Float> small =
                x.compare(VectorOperators.LT, Constants.MIN_NORMAL / Constants.HALF_ULP);
        FloatVector a = x.blend(x.mul(0x1p126f), small);
        FloatVector root = a.sqrt();
        FloatVector rough = constant(1f).div(root);
        FloatVector low = root.neg().fma(root, a).mul(rough).mul(0.5f);
        FloatVector missing = root.neg().fma(rough, constant(1f)).sub(rough.mul(low));
        FloatVector y = missing.fma(rough, rough);
        y = y.blend(y.mul(0x1p63f), small);
        VectorMask<Float> finite =
                positive(x).and(x.compare(VectorOperators.LT, Float.POSITIVE_INFINITY));
        return rough.blend(y, finite);
    }

    /// `√(a² + b²)`, without overflow between; infinite where one is, even if the other is NaN.
    static FloatVector hypot(FloatVector a, FloatVector b) {
        FloatVector u = a.abs();
        FloatVector v = b.abs();
        VectorMask<Float> swap = u.compare(VectorOperators.LT, v);
        FloatVector large = u.blend(v, swap);
        FloatVector little = v.blend(u, swap);
        VectorMask<Float> huge = large.compare(VectorOperators.GT, 0x1p60f);
        VectorMask<Float> tiny = large.compare(VectorOperators.LT, 0x1p-40f);
        FloatVector shrink =
                constant(1f).blend(Constants.HYPOT_DOWN, huge).blend(Constants.HYPOT_UP, tiny);
        FloatVector back =
                constant(1f)
                        .blend(1 / Constants.HYPOT_DOWN, huge)
                        .blend(1 / Constants.HYPOT_UP, tiny);
        large = large.mul(shrink);
        little = little.mul(shrink);
        FloatVector first = large.mul(large);
        FloatVector second = little.mul(little);
        FloatVector sum = first.add(second);
        FloatVector sumLow =
                first.sub(sum)
                        .add(second)
                        .add(productLow(large, large, first))
                        .add(productLow(little, little, second));
        FloatVector root = sum.sqrt();
        FloatVector y = root.add(rootLow(sum, sumLow, root)).mul(back);
        VectorMask<Float> infinite =
                u.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY)
                        .or(v.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
        return y.blend(Float.POSITIVE_INFINITY, infinite);
    }

    /// `x^y`, as C's `pow`: 1 for y = 0 and for x = 1, NaN for negative x and y that is not whole.
    static FloatVector pow(FloatVector x, FloatVector y) {
        FloatVector size = x.abs();
        FloatVector k = Logarithm.exponentOf(size);
        FloatVector f = Logarithm.fraction(size);
        // s = f / (2 + f), log(1 + f) = 2·s + s³·(2/3 + ...)
        FloatVector d = f.add(2f);
        FloatVector dLow = constant(2f).sub(d).add(f);
        FloatVector s = f.div(d);
        FloatVector sLow = s.neg().fma(d, f).sub(s.mul(dLow)).div(d);
        FloatVector z = s.mul(s);
        FloatVector zLow = s.add(s).fma(sLow, productLow(s, s, z));
        FloatVector two3 = constant((float) (2.0 / 3));
        FloatVector more = z.mul(Polynomials.atanhTail(z));
        FloatVector c = two3.add(more);
        FloatVector cLow = two3.sub(c).add(more).add(Constants.TWO_THIRDS_LOW);
        FloatVector zc = z.mul(c);
        FloatVector zcLow = zLow.fma(c, z.fma(cLow, productLow(z, c, zc)));
        FloatVector t = s.mul(zc);
        FloatVector tLow = sLow.fma(zc, s.fma(zcLow, productLow(s, zc, t)));
        FloatVector twice = s.add(s);
        FloatVector log = twice.add(t);
        FloatVector logLow = twice.sub(log).add(t).add(sLow.add(sLow).add(tLow));
        // the logarithm to base 2, times y
        FloatVector inverse = constant((float) 1.4426950408889634);
        FloatVector part = log.mul(inverse);
        FloatVector partLow =
                logLow.fma(
                        inverse,
                        log.fma(constant(Constants.LOG2_E_LOW), productLow(log, inverse, part)));
        FloatVector log2 = k.add(part);
        FloatVector log2Low = k.sub(log2).add(part).add(partLow);
        FloatVector p = y.mul(log2);
        FloatVector pLow = y.fma(log2Low, productLow(y, log2, p));
        return powSpecial(x, y, size, exp2(p, pLow));
    }

    /// `2^(p + pLow)`
    private static FloatVector exp2(FloatVector p, FloatVector pLow) {
        FloatVector c = atMost(atLeast(p, Constants.EXP2_MIN), Constants.EXP2_MAX);
        FloatVector n = nearestSmall(c);
        FloatVector r = c.sub(n);
        FloatVector low = pLow.blend(0f, c.compare(VectorOperators.NE, p));
        FloatVector ln2 = constant((float) 0.6931471805599453);
        FloatVector first = r.mul(ln2);
        FloatVector rest =
                r.fma(constant(Constants.LN2_REST), productLow(r, ln2, first))
                        .add(Polynomials.exp2Tail(r));
        rest = low.mul(ln2).fma(first.add(rest).add(1f), rest);
        FloatVector y = first.add(1f);
        y = y.add(constant(1f).sub(y).add(first).add(rest));
        return scale(y, n);
    }

    private static FloatVector powSpecial(
            FloatVector x, FloatVector y, FloatVector size, FloatVector power) {
        VectorMask<Float> zero = size.compare(VectorOperators.EQ, 0f);
        VectorMask<Float> infinite = size.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY);
        VectorMask<Float> up = positive(y);
        VectorMask<Float> down = negative(y);
        FloatVector result =
                power.blend(0f, zero.and(up).or(infinite.and(down)))
                        .blend(Float.POSITIVE_INFINITY, zero.and(down).or(infinite.and(up)));
        FloatVector half = y.mul(0.5f);
        VectorMask<Float> whole = rint(y).compare(VectorOperators.EQ, y);
        VectorMask<Float> odd = whole.and(rint(half).compare(VectorOperators.NE, half));
        result = result.blend(copySign(result, x), odd);
        VectorMask<Float> undefined =
                negative(x).and(x.compare(VectorOperators.GT, Float.NEGATIVE_INFINITY));
        result = result.blend(Float.NaN, undefined.andNot(whole).or(Vectors.isNaN(x)));
        VectorMask<Float> endless =
                y.abs()
                        .compare(VectorOperators.EQ, Float.POSITIVE_INFINITY)
                        .and(size.compare(VectorOperators.EQ, 1f));
        return result.blend(
                1f,
                endless.or(y.compare(VectorOperators.EQ, 0f))
                        .or(x.compare(VectorOperators.EQ, 1f)));
    }
}
