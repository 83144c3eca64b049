package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The loops of normalization over dense rows of channels, with lanes along the channels.
///
/// Sums take few enough rows to stay in the first-level cache, so that a second pass over them
/// costs little; sweeps pass over memory in order.
final class ChannelLoops {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int LANES = S.length();

    private ChannelLoops() {}

    /// `mean := Σ (x − near) / rows`, `squares := Σ (x − near − mean)²` for each of n columns; rows
    /// are `ld` apart.
    ///
    /// Distances from values near the mean are as exact as the deviations from it, however large
    /// the mean is.
    static void moments(
            float[] x,
            int xo,
            float[] near,
            int ld,
            int rows,
            int n,
            float[] mean,
            float[] squares,
            int to) {
        int c = 0;
        for (int end = n - 2 * LANES; c <= end; c += 2 * LANES) {
            FloatVector k0 = FloatVector.fromArray(S, near, c);
            FloatVector k1 = FloatVector.fromArray(S, near, c + LANES);
            FloatVector s0 = FloatVector.zero(S);
            FloatVector s1 = s0;
            for (int r = 0, i = xo + c; r < rows; r++, i += ld) {
                s0 = s0.add(FloatVector.fromArray(S, x, i).sub(k0));
                s1 = s1.add(FloatVector.fromArray(S, x, i + LANES).sub(k1));
            }
            FloatVector m0 = s0.div(rows);
            FloatVector m1 = s1.div(rows);
            s0 = FloatVector.zero(S);
            s1 = s0;
            for (int r = 0, i = xo + c; r < rows; r++, i += ld) {
                FloatVector d0 = FloatVector.fromArray(S, x, i).sub(k0).sub(m0);
                FloatVector d1 = FloatVector.fromArray(S, x, i + LANES).sub(k1).sub(m1);
                s0 = d0.fma(d0, s0);
                s1 = d1.fma(d1, s1);
            }
            m0.intoArray(mean, to + c);
            m1.intoArray(mean, to + c + LANES);
            s0.intoArray(squares, to + c);
            s1.intoArray(squares, to + c + LANES);
        }
        for (; c < n; c += LANES) {
            VectorMask<Float> m = S.indexInRange(c, n);
            FloatVector k = FloatVector.fromArray(S, near, c, m);
            FloatVector s = FloatVector.zero(S);
            for (int r = 0, i = xo + c; r < rows; r++, i += ld) {
                s = s.add(FloatVector.fromArray(S, x, i, m).sub(k));
            }
            FloatVector mc = s.div(rows);
            s = FloatVector.zero(S);
            for (int r = 0, i = xo + c; r < rows; r++, i += ld) {
                FloatVector d = FloatVector.fromArray(S, x, i, m).sub(k).sub(mc);
                s = d.fma(d, s);
            }
            mc.intoArray(mean, to + c, m);
            s.intoArray(squares, to + c, m);
        }
    }

    /// `sum := Σ gy`, `dot := Σ gy·(x − mean)` for each of n columns; rows are `ld` apart.
    static void gradientSums(
            float[] gy,
            int gyo,
            float[] x,
            int xo,
            NormFactors f,
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
            FloatVector s0 = FloatVector.zero(S);
            FloatVector s1 = s0;
            FloatVector t0 = s0;
            FloatVector t1 = s0;
            for (int r = 0, i = c; r < rows; r++, i += ld) {
                FloatVector g0 = FloatVector.fromArray(S, gy, gyo + i);
                FloatVector g1 = FloatVector.fromArray(S, gy, gyo + i + LANES);
                s0 = s0.add(g0);
                s1 = s1.add(g1);
                t0 = g0.fma(FloatVector.fromArray(S, x, xo + i).sub(m0), t0);
                t1 = g1.fma(FloatVector.fromArray(S, x, xo + i + LANES).sub(m1), t1);
            }
            s0.intoArray(sum, to + c);
            s1.intoArray(sum, to + c + LANES);
            t0.intoArray(dot, to + c);
            t1.intoArray(dot, to + c + LANES);
        }
        for (; c < n; c += LANES) {
            VectorMask<Float> m = S.indexInRange(c, n);
            FloatVector mc = FloatVector.fromArray(S, f.mean(), c, m);
            FloatVector s = FloatVector.zero(S);
            FloatVector t = s;
            for (int r = 0, i = c; r < rows; r++, i += ld) {
                FloatVector g = FloatVector.fromArray(S, gy, gyo + i, m);
                s = s.add(g);
                t = g.fma(FloatVector.fromArray(S, x, xo + i, m).sub(mc), t);
            }
            s.intoArray(sum, to + c, m);
            t.intoArray(dot, to + c, m);
        }
    }

    /// `y := (x − mean)·scale + shift`, n elements of one row.
    static void normalize(float[] x, int xo, NormFactors f, int n, float[] y, int yo) {
        int c = 0;
        for (int end = S.loopBound(n); c < end; c += LANES) {
            f.result(f.distance(x, xo, c), c).intoArray(y, yo + c);
        }
        if (c < n) {
            VectorMask<Float> m = S.indexInRange(c, n);
            f.result(f.distance(x, xo, c, m), c, m).intoArray(y, yo + c, m);
        }
    }

    /// `y := (x − mean)·scale + shift`, n elements of one channel.
    static void normalizePlane(
            float[] x, int xo, float mean, float scale, float shift, int n, float[] y, int yo) {
        FloatVector m = FloatVector.broadcast(S, mean);
        FloatVector s = FloatVector.broadcast(S, scale);
        FloatVector b = FloatVector.broadcast(S, shift);
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += LANES) {
            FloatVector.fromArray(S, x, xo + i).sub(m).fma(s, b).intoArray(y, yo + i);
        }
        if (i < n) {
            VectorMask<Float> rest = S.indexInRange(i, n);
            FloatVector.fromArray(S, x, xo + i, rest).sub(m).fma(s, b).intoArray(y, yo + i, rest);
        }
    }

    /// `gx := gy·k + (x − mean)·p + q`, n elements of one row.
    static void gradient(
            float[] gy,
            int gyo,
            float[] x,
            int xo,
            NormFactors f,
            NormSlopes slopes,
            int n,
            float[] gx,
            int gxo) {
        int c = 0;
        for (int end = S.loopBound(n); c < end; c += LANES) {
            FloatVector g = FloatVector.fromArray(S, gy, gyo + c);
            slopes.result(g, f.distance(x, xo, c), c).intoArray(gx, gxo + c);
        }
        if (c < n) {
            VectorMask<Float> m = S.indexInRange(c, n);
            FloatVector g = FloatVector.fromArray(S, gy, gyo + c, m);
            slopes.result(g, f.distance(x, xo, c, m), c, m).intoArray(gx, gxo + c, m);
        }
    }
}
