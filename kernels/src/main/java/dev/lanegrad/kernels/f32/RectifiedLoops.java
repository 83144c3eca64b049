package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The loops of [ChannelLoops] for normalizations that `max(·, 0)` follows, in which NaN stays.
///
/// What passed is not kept for the gradient: the same multiply-add tells it again, which is less
/// than reading it.
final class RectifiedLoops {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int LANES = S.length();

    private RectifiedLoops() {}

    /// `y := max((x − mean)·scale + shift, 0)`, n elements of one row.
    static void normalize(
            float[] x,
            int xo,
            float[] mean,
            float[] scale,
            float[] shift,
            int n,
            float[] y,
            int yo) {
        int c = 0;
        for (int end = S.loopBound(n); c < end; c += LANES) {
            FloatVector d =
                    FloatVector.fromArray(S, x, xo + c).sub(FloatVector.fromArray(S, mean, c));
            d = d.fma(FloatVector.fromArray(S, scale, c), FloatVector.fromArray(S, shift, c));
            rectified(d).intoArray(y, yo + c);
        }
        if (c < n) {
            VectorMask<Float> m = S.indexInRange(c, n);
            FloatVector d =
                    FloatVector.fromArray(S, x, xo + c, m)
                            .sub(FloatVector.fromArray(S, mean, c, m));
            d = d.fma(FloatVector.fromArray(S, scale, c, m), FloatVector.fromArray(S, shift, c, m));
            rectified(d).intoArray(y, yo + c, m);
        }
    }

    /// `y := max((x − mean)·scale + shift + z, 0)`, n elements of one row.
    static void normalizeAdd(
            float[] x,
            int xo,
            float[] mean,
            float[] scale,
            float[] shift,
            float[] z,
            int zo,
            int n,
            float[] y,
            int yo) {
        int c = 0;
        for (int end = S.loopBound(n); c < end; c += LANES) {
            FloatVector d =
                    FloatVector.fromArray(S, x, xo + c).sub(FloatVector.fromArray(S, mean, c));
            d = d.fma(FloatVector.fromArray(S, scale, c), FloatVector.fromArray(S, shift, c));
            rectified(d.add(FloatVector.fromArray(S, z, zo + c))).intoArray(y, yo + c);
        }
        if (c < n) {
            VectorMask<Float> m = S.indexInRange(c, n);
            FloatVector d =
                    FloatVector.fromArray(S, x, xo + c, m)
                            .sub(FloatVector.fromArray(S, mean, c, m));
            d = d.fma(FloatVector.fromArray(S, scale, c, m), FloatVector.fromArray(S, shift, c, m));
            rectified(d.add(FloatVector.fromArray(S, z, zo + c, m))).intoArray(y, yo + c, m);
        }
    }

    /// `sum := Σ g`, `dot := Σ g·(x − mean)` for each of n columns, g being gy where `(x −
    /// mean)·scale + shift` passed; rows are `ld` apart.
    static void gradientSums(
            float[] gy,
            int gyo,
            float[] x,
            int xo,
            float[] mean,
            float[] scale,
            float[] shift,
            int ld,
            int rows,
            int n,
            float[] sum,
            int so,
            float[] dot,
            int to) {
        int c = 0;
        for (int end = n - 2 * LANES; c <= end; c += 2 * LANES) {
            FloatVector m0 = FloatVector.fromArray(S, mean, c);
            FloatVector m1 = FloatVector.fromArray(S, mean, c + LANES);
            FloatVector a0 = FloatVector.fromArray(S, scale, c);
            FloatVector a1 = FloatVector.fromArray(S, scale, c + LANES);
            FloatVector b0 = FloatVector.fromArray(S, shift, c);
            FloatVector b1 = FloatVector.fromArray(S, shift, c + LANES);
            FloatVector s0 = FloatVector.zero(S);
            FloatVector s1 = s0;
            FloatVector t0 = s0;
            FloatVector t1 = s0;
            for (int r = 0, i = c; r < rows; r++, i += ld) {
                FloatVector d0 = FloatVector.fromArray(S, x, xo + i).sub(m0);
                FloatVector d1 = FloatVector.fromArray(S, x, xo + i + LANES).sub(m1);
                FloatVector g0 = passed(FloatVector.fromArray(S, gy, gyo + i), d0.fma(a0, b0));
                FloatVector g1 =
                        passed(FloatVector.fromArray(S, gy, gyo + i + LANES), d1.fma(a1, b1));
                s0 = s0.add(g0);
                s1 = s1.add(g1);
                t0 = g0.fma(d0, t0);
                t1 = g1.fma(d1, t1);
            }
            s0.intoArray(sum, so + c);
            s1.intoArray(sum, so + c + LANES);
            t0.intoArray(dot, to + c);
            t1.intoArray(dot, to + c + LANES);
        }
        for (; c < n; c += LANES) {
            VectorMask<Float> m = S.indexInRange(c, n);
            FloatVector mc = FloatVector.fromArray(S, mean, c, m);
            FloatVector a = FloatVector.fromArray(S, scale, c, m);
            FloatVector b = FloatVector.fromArray(S, shift, c, m);
            FloatVector s = FloatVector.zero(S);
            FloatVector t = s;
            for (int r = 0, i = c; r < rows; r++, i += ld) {
                FloatVector d = FloatVector.fromArray(S, x, xo + i, m).sub(mc);
                FloatVector g = passed(FloatVector.fromArray(S, gy, gyo + i, m), d.fma(a, b));
                s = s.add(g);
                t = g.fma(d, t);
            }
            s.intoArray(sum, so + c, m);
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
            float[] mean,
            float[] scale,
            float[] shift,
            float[] k,
            float[] p,
            float[] q,
            int n,
            float[] gx,
            int gxo) {
        int c = 0;
        for (int end = S.loopBound(n); c < end; c += LANES) {
            FloatVector d =
                    FloatVector.fromArray(S, x, xo + c).sub(FloatVector.fromArray(S, mean, c));
            FloatVector y =
                    d.fma(FloatVector.fromArray(S, scale, c), FloatVector.fromArray(S, shift, c));
            FloatVector g = passed(FloatVector.fromArray(S, gy, gyo + c), y);
            FloatVector v = d.fma(FloatVector.fromArray(S, p, c), FloatVector.fromArray(S, q, c));
            g.fma(FloatVector.fromArray(S, k, c), v).intoArray(gx, gxo + c);
        }
        if (c < n) {
            VectorMask<Float> m = S.indexInRange(c, n);
            FloatVector d =
                    FloatVector.fromArray(S, x, xo + c, m)
                            .sub(FloatVector.fromArray(S, mean, c, m));
            FloatVector y =
                    d.fma(
                            FloatVector.fromArray(S, scale, c, m),
                            FloatVector.fromArray(S, shift, c, m));
            FloatVector g = passed(FloatVector.fromArray(S, gy, gyo + c, m), y);
            FloatVector v =
                    d.fma(FloatVector.fromArray(S, p, c, m), FloatVector.fromArray(S, q, c, m));
            g.fma(FloatVector.fromArray(S, k, c, m), v).intoArray(gx, gxo + c, m);
        }
    }

    private static FloatVector rectified(FloatVector y) {
        return y.blend(0f, y.compare(VectorOperators.LT, 0f));
    }

    private static FloatVector passed(FloatVector gy, FloatVector y) {
        return gy.blend(0f, y.compare(VectorOperators.LE, 0f));
    }
}
