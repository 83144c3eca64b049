package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The loops of [ChannelLoops] for normalizations that a limit to 0 and `high` follows, in which
/// NaN stays; [#last] of it for gradients.
///
/// What passed is not kept for the gradient: the same multiply-add tells it again, which is less
/// than reading it.
final class RectifiedLoops {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int LANES = S.length();

    private RectifiedLoops() {}

    /// `y := clamp((x − mean)·scale + shift, 0, high)`, n elements of one row.
    static void normalize(float[] x, int xo, NormFactors f, float high, int n, float[] y, int yo) {
        int c = 0;
        for (int end = S.loopBound(n); c < end; c += LANES) {
            rectified(f.result(f.distance(x, xo, c), c), high).intoArray(y, yo + c);
        }
        if (c < n) {
            VectorMask<Float> m = S.indexInRange(c, n);
            rectified(f.result(f.distance(x, xo, c, m), c, m), high).intoArray(y, yo + c, m);
        }
    }

    /// `y := clamp((x − mean)·scale + shift + z, 0, high)`, n elements of one row.
    static void normalizeAdd(
            float[] x,
            int xo,
            NormFactors f,
            float[] z,
            int zo,
            float high,
            int n,
            float[] y,
            int yo) {
        int c = 0;
        for (int end = S.loopBound(n); c < end; c += LANES) {
            FloatVector v = f.result(f.distance(x, xo, c), c);
            rectified(v.add(FloatVector.fromArray(S, z, zo + c)), high).intoArray(y, yo + c);
        }
        if (c < n) {
            VectorMask<Float> m = S.indexInRange(c, n);
            FloatVector v = f.result(f.distance(x, xo, c, m), c, m);
            rectified(v.add(FloatVector.fromArray(S, z, zo + c, m)), high).intoArray(y, yo + c, m);
        }
    }

    /// `sum := Σ g`, `dot := Σ g·(x − mean)` for each of n columns, g being gy where `(x −
    /// mean)·scale + shift` passed; rows are `ld` apart.
    static void gradientSums(
            float[] gy,
            int gyo,
            float[] x,
            int xo,
            NormFactors f,
            float last,
            int ld,
            int rows,
            int n,
            float[] sum,
            float[] dot,
            int to) {
        int c = 0;
        for (int end = n - 2 * LANES; c <= end; c += 2 * LANES) {
            FloatVector m0 = FloatVector.fromArray(S, f.mean(), c);
            FloatVector m1 = FloatVector.fromArray(S, f.mean(), c + LANES);
            FloatVector a0 = FloatVector.fromArray(S, f.scale(), c);
            FloatVector a1 = FloatVector.fromArray(S, f.scale(), c + LANES);
            FloatVector b0 = FloatVector.fromArray(S, f.shift(), c);
            FloatVector b1 = FloatVector.fromArray(S, f.shift(), c + LANES);
            FloatVector s0 = FloatVector.zero(S);
            FloatVector s1 = s0;
            FloatVector t0 = s0;
            FloatVector t1 = s0;
            for (int r = 0, i = c; r < rows; r++, i += ld) {
                FloatVector d0 = FloatVector.fromArray(S, x, xo + i).sub(m0);
                FloatVector d1 = FloatVector.fromArray(S, x, xo + i + LANES).sub(m1);
                FloatVector g0 =
                        passed(FloatVector.fromArray(S, gy, gyo + i), d0.fma(a0, b0), last);
                FloatVector g1 =
                        passed(FloatVector.fromArray(S, gy, gyo + i + LANES), d1.fma(a1, b1), last);
                s0 = s0.add(g0);
                s1 = s1.add(g1);
                t0 = g0.fma(d0, t0);
                t1 = g1.fma(d1, t1);
            }
            s0.intoArray(sum, to + c);
            s1.intoArray(sum, to + c + LANES);
            t0.intoArray(dot, to + c);
            t1.intoArray(dot, to + c + LANES);
        }
        for (; c < n; c += LANES) {
            VectorMask<Float> m = S.indexInRange(c, n);
            FloatVector mc = FloatVector.fromArray(S, f.mean(), c, m);
            FloatVector a = FloatVector.fromArray(S, f.scale(), c, m);
            FloatVector b = FloatVector.fromArray(S, f.shift(), c, m);
            FloatVector s = FloatVector.zero(S);
            FloatVector t = s;
            for (int r = 0, i = c; r < rows; r++, i += ld) {
                FloatVector d = FloatVector.fromArray(S, x, xo + i, m).sub(mc);
                // not passed(): C2 has inlined its fill by now, and a call would box the vectors
                FloatVector y = d.fma(a, b);
                VectorMask<Float> not =
                        y.compare(VectorOperators.LE, 0f).or(y.compare(VectorOperators.GT, last));
                FloatVector g = FloatVector.fromArray(S, gy, gyo + i, m).blend(0f, not);
                s = s.add(g);
                t = g.fma(d, t);
            }
            s.intoArray(sum, to + c, m);
            t.intoArray(dot, to + c, m);
        }
    }

    /// `gx := g·k + (x − mean)·p + q`, n elements of one row, g being gy where `(x − mean)·scale +
    /// shift` passed.
    static void gradient(
            float[] gy,
            int gyo,
            float[] x,
            int xo,
            NormFactors f,
            float last,
            NormSlopes slopes,
            int n,
            float[] gx,
            int gxo) {
        int c = 0;
        for (int end = S.loopBound(n); c < end; c += LANES) {
            FloatVector d = f.distance(x, xo, c);
            FloatVector g = passed(FloatVector.fromArray(S, gy, gyo + c), f.result(d, c), last);
            slopes.result(g, d, c).intoArray(gx, gxo + c);
        }
        if (c < n) {
            VectorMask<Float> m = S.indexInRange(c, n);
            FloatVector d = f.distance(x, xo, c, m);
            FloatVector g =
                    passed(FloatVector.fromArray(S, gy, gyo + c, m), f.result(d, c, m), last);
            slopes.result(g, d, c, m).intoArray(gx, gxo + c, m);
        }
    }

    /// The largest result of which the gradient passes: at a limit it does not, but there is none
    /// at infinity.
    static float last(float high) {
        return high == Float.POSITIVE_INFINITY ? high : Math.nextDown(high);
    }

    private static FloatVector rectified(FloatVector y, float high) {
        FloatVector above = y.blend(0f, y.compare(VectorOperators.LT, 0f));
        return above.blend(high, y.compare(VectorOperators.GT, high));
    }

    private static FloatVector passed(FloatVector gy, FloatVector y, float last) {
        VectorMask<Float> not =
                y.compare(VectorOperators.LE, 0f).or(y.compare(VectorOperators.GT, last));
        return gy.blend(0f, not);
    }
}
