package dev.lanegrad.kernels.f32;

import static dev.lanegrad.kernels.f32.Vectors.atMost;
import static dev.lanegrad.kernels.f32.Vectors.constant;
import static dev.lanegrad.kernels.f32.Vectors.copySign;
import static dev.lanegrad.kernels.f32.Vectors.negative;
import static dev.lanegrad.kernels.f32.Vectors.zero;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Functions of angles in radians and their inverses, each within 1 ulp, with the same bits on
/// every machine that has fused multiply-add and at every vector width.
///
/// Angles are reduced to the nearest quarter turn: `x = n·π/2 + r + rLow`. Beyond [Constants#FAR]
/// that takes more digits of π than are kept; lanes as far out are computed one by one.
final class Trigonometry {
    private Trigonometry() {}

    /// A number whose lowest bits are n's.
    private static FloatVector quarters(FloatVector x) {
        return x.mul((float) 0.6366197723675814).add(Constants.ROUND);
    }

    /// `x - n·π/2` but for the last part of π.
    private static FloatVector coarse(FloatVector x, FloatVector n) {
        FloatVector first = n.fma(constant(-Constants.HALF_PI_1), x);
        return first.sub(n.mul(Constants.HALF_PI_2));
    }

    /// What the coarse one lacks: its rounding error and the last part of π.
    private static FloatVector fine(FloatVector x, FloatVector n, FloatVector coarse) {
        FloatVector first = n.fma(constant(-Constants.HALF_PI_1), x);
        FloatVector second = n.mul(-Constants.HALF_PI_2);
        FloatVector lost = Vectors.sumLow(first, second, coarse);
        FloatVector secondLow = n.fma(constant(-Constants.HALF_PI_2), second.neg());
        return n.fma(constant(-Constants.HALF_PI_3), lost.add(secondLow));
    }

    /// `sin(r + rLow) - r`
    private static FloatVector sinRest(FloatVector r, FloatVector rLow) {
        FloatVector z = r.mul(r);
        FloatVector bent = rLow.mul(z.fma(constant(-0.5f), constant(1f)));
        return z.mul(r).fma(Polynomials.sinTail(z), bent);
    }

    /// `cos(r + rLow) - (1 - r²/2)`, and what that one lost in rounding.
    private static FloatVector cosRest(FloatVector r, FloatVector rLow, FloatVector first) {
        FloatVector z = r.mul(r);
        FloatVector lost = z.fma(constant(-0.5f), constant(1f).sub(first));
        return z.mul(z).fma(Polynomials.cosTail(z), lost.sub(r.mul(rLow)));
    }

    /// 1, or -1 where the given bit of a number is set, counted from the top.
    private static FloatVector signOfBit(IntVector bits, int fromTop) {
        return bits.lanewise(VectorOperators.LSHL, fromTop)
                .and(Constants.SIGN)
                .or(Constants.ONE_BITS)
                .reinterpretAsFloats();
    }

    /// The sine of x plus that many quarter turns, for x that is not far.
    private static FloatVector wave(FloatVector x, int more) {
        FloatVector quarters = quarters(x);
        FloatVector n = quarters.sub(Constants.ROUND);
        FloatVector coarse = coarse(x, n);
        FloatVector fine = fine(x, n, coarse);
        FloatVector r = coarse.add(fine);
        FloatVector rLow = coarse.sub(r).add(fine);
        FloatVector sin = r.add(sinRest(r, rLow));
        FloatVector first = r.mul(r).fma(constant(-0.5f), constant(1f));
        FloatVector cos = first.add(cosRest(r, rLow, first));
        IntVector bits = quarters.reinterpretAsInts().add(more);
        VectorMask<Float> odd = negative(signOfBit(bits, Constants.BITS - 1));
        return sin.blend(cos, odd).mul(signOfBit(bits, Constants.BITS - 2));
    }

    private static VectorMask<Float> far(FloatVector x) {
        return x.abs().compare(VectorOperators.GT, Constants.FAR);
    }

    static FloatVector sin(FloatVector x) {
        FloatVector y = wave(x, 0);
        VectorMask<Float> far = far(x);
        if (far.anyTrue()) {
            float[] lanes = new float[Lanes.S.length()];
            x.intoArray(lanes, 0);
            sinEach(lanes);
            y = y.blend(FloatVector.fromArray(Lanes.S, lanes, 0), far);
        }
        return y.blend(x, x.abs().compare(VectorOperators.LT, Constants.HALF_ULP));
    }

    static FloatVector cos(FloatVector x) {
        FloatVector y = wave(x, 1);
        VectorMask<Float> far = far(x);
        if (far.anyTrue()) {
            float[] lanes = new float[Lanes.S.length()];
            x.intoArray(lanes, 0);
            cosEach(lanes);
            y = y.blend(FloatVector.fromArray(Lanes.S, lanes, 0), far);
        }
        return y;
    }

    static FloatVector tan(FloatVector x) {
        FloatVector quarters = quarters(x);
        FloatVector n = quarters.sub(Constants.ROUND);
        FloatVector coarse = coarse(x, n);
        FloatVector fine = fine(x, n, coarse);
        FloatVector r = coarse.add(fine);
        FloatVector rLow = coarse.sub(r).add(fine);
        FloatVector sinRest = sinRest(r, rLow);
        FloatVector sin = r.add(sinRest);
        FloatVector sinLow = r.sub(sin).add(sinRest);
        FloatVector first = r.mul(r).fma(constant(-0.5f), constant(1f));
        FloatVector cosRest = cosRest(r, rLow, first);
        FloatVector cos = first.add(cosRest);
        FloatVector cosLow = first.sub(cos).add(cosRest);
        VectorMask<Float> odd =
                negative(signOfBit(quarters.reinterpretAsInts(), Constants.BITS - 1));
        FloatVector a = sin.blend(cos.neg(), odd);
        FloatVector aLow = sinLow.blend(cosLow.neg(), odd);
        FloatVector d = cos.blend(sin, odd);
        FloatVector dLow = cosLow.blend(sinLow, odd);
        FloatVector y = Vectors.quotient(a, aLow, d, dLow);
        VectorMask<Float> far = far(x);
        if (far.anyTrue()) {
            float[] lanes = new float[Lanes.S.length()];
            x.intoArray(lanes, 0);
            tanEach(lanes);
            y = y.blend(FloatVector.fromArray(Lanes.S, lanes, 0), far);
        }
        return y.blend(x, x.abs().compare(VectorOperators.LT, Constants.HALF_ULP));
    }

    static void sinEach(float[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) StrictMath.sin(x[i]);
        }
    }

    static void cosEach(float[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) StrictMath.cos(x[i]);
        }
    }

    static void tanEach(float[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) StrictMath.tan(x[i]);
        }
    }

    /// The angle of the point (v, u) for u, v ≥ 0, not both 0, or, where `beyond`, of (-v, u).
    ///
    /// It is `base + atan(t)`, with t short: bases are 0, π/4 and π/2, or π less these.
    private static FloatVector angle(FloatVector u, FloatVector v, VectorMask<Float> beyond) {
        VectorMask<Float> steep = u.compare(VectorOperators.GT, v.mul((float) 2.414213562373095));
        VectorMask<Float> middle =
                u.compare(VectorOperators.GT, v.mul((float) 0.41421356237309503)).andNot(steep);
        FloatVector difference = u.sub(v);
        FloatVector sum = u.add(v);
        FloatVector a = u.blend(difference, middle).blend(v.neg(), steep);
        FloatVector d = v.blend(sum, middle).blend(u, steep);
        FloatVector aLow = zero().blend(Vectors.sumLow(u, v.neg(), difference), middle);
        FloatVector dLow = zero().blend(Vectors.sumLow(u, v, sum), middle);
        FloatVector t = a.div(d);
        FloatVector tLow = t.neg().fma(d, a).add(aLow.sub(t.mul(dLow))).div(d);
        FloatVector z = t.mul(t);
        FloatVector rest = z.mul(t).fma(Polynomials.atanTail(z), tLow);
        FloatVector base =
                zero().blend((float) 0.7853981633974483, middle)
                        .blend((float) 1.5707963267948966, steep);
        FloatVector baseLow =
                zero().blend(Constants.HALF_PI_LOW * 0.5f, middle)
                        .blend(Constants.HALF_PI_LOW, steep);
        FloatVector opposite =
                constant((float) 3.141592653589793)
                        .blend((float) 2.356194490192345, middle)
                        .blend((float) 1.5707963267948966, steep);
        FloatVector oppositeLow =
                constant(Constants.HALF_PI_LOW * 2f)
                        .blend(Constants.THREE_QUARTER_PI_LOW, middle)
                        .blend(Constants.HALF_PI_LOW, steep);
        base = base.blend(opposite, beyond);
        baseLow = baseLow.blend(oppositeLow, beyond);
        t = t.blend(t.neg(), beyond);
        rest = rest.blend(rest.neg(), beyond);
        FloatVector y = base.add(t);
        return y.add(base.sub(y).add(t).add(baseLow.add(rest)));
    }

    static FloatVector atan(FloatVector x) {
        FloatVector u = atMost(x.abs(), 0x1p60f);
        return copySign(angle(u, constant(1f), negative(u)), x);
    }

    /// The angle of the point (x, y), with the sign of y, from -π to π.
    static FloatVector atan2(FloatVector y, FloatVector x) {
        FloatVector u = y.abs();
        FloatVector v = x.abs();
        VectorMask<Float> tall = u.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY);
        VectorMask<Float> wide = v.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY);
        FloatVector larger = u.blend(v, v.compare(VectorOperators.GT, u));
        FloatVector scale =
                constant(1f)
                        .blend(0x1p-30f, larger.compare(VectorOperators.GT, 0x1p100f))
                        .blend(0x1p64f, larger.compare(VectorOperators.LT, 0x1p-60f));
        u = u.mul(scale).blend(0f, wide).blend(1f, tall);
        v = v.mul(scale).blend(0f, tall).blend(1f, wide);
        v = v.blend(1f, larger.compare(VectorOperators.EQ, 0f));
        VectorMask<Float> left = negative(copySign(constant(1f), x));
        FloatVector angle = copySign(angle(u, v, left), y);
        return angle.blend(Float.NaN, Vectors.isNaN(x).or(Vectors.isNaN(y)));
    }

    static FloatVector asin(FloatVector x) {
        FloatVector size = x.abs();
        VectorMask<Float> large = size.compare(VectorOperators.GT, 0.5f);
        FloatVector z = size.mul(size).blend(constant(1f).sub(size).mul(0.5f), large);
        FloatVector s = size.blend(z.sqrt(), large);
        FloatVector rest = z.mul(s).mul(Polynomials.asinTail(z));
        // large: π/2 - 2·asin(√((1 - |x|)/2))
        FloatVector twice = s.mul(-2f);
        FloatVector twiceRest = rest.add(Vectors.rootLow(z, zero(), s)).mul(-2f);
        FloatVector y = twice.add((float) 1.5707963267948966);
        FloatVector yLow = constant((float) 1.5707963267948966).sub(y).add(twice);
        y = y.add(yLow.add(twiceRest.add(Constants.HALF_PI_LOW)));
        return copySign(s.add(rest).blend(y, large), x);
    }

    static FloatVector acos(FloatVector x) {
        FloatVector size = x.abs();
        VectorMask<Float> large = size.compare(VectorOperators.GT, 0.5f);
        FloatVector z = size.mul(size).blend(constant(1f).sub(size).mul(0.5f), large);
        FloatVector s = x.neg().blend(z.sqrt(), large);
        FloatVector rest = z.mul(s).mul(Polynomials.asinTail(z));
        // π/2 - asin(x); 2·asin(√((1 - x)/2)); π less that of -x
        FloatVector low = zero().blend(Vectors.rootLow(z, zero(), s), large);
        s = s.blend(s.mul(2f), large);
        rest = rest.blend(rest.add(low).mul(2f), large);
        VectorMask<Float> left = negative(x);
        s = s.blend(s.neg(), large.and(left));
        rest = rest.blend(rest.neg(), large.and(left));
        FloatVector base =
                constant((float) 1.5707963267948966)
                        .blend(0f, large)
                        .blend((float) 3.141592653589793, large.and(left));
        FloatVector baseLow =
                constant(Constants.HALF_PI_LOW)
                        .blend(0f, large)
                        .blend(Constants.HALF_PI_LOW * 2f, large.and(left));
        FloatVector y = base.add(s);
        return y.add(base.sub(y).add(s).add(baseLow.add(rest)));
    }
}
