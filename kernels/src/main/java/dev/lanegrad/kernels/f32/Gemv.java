package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Scratch;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Products of a matrix and a vector: every element of the matrix is read once, in the order in
/// which it lies in memory.
final class Gemv {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int W = S.length();

    /// Elements of the matrix that one chunk of work reads, 256 KiB.
    private static final int CHUNK = 1 << 16;

    /// Sums that are kept in the first-level cache while rows of the matrix pass by.
    private static final int STRIP = 4096;

    /// Neighbouring elements that are read at least: fewer of a row would be a page of memory for
    /// little more than a cache line.
    private static final int NEAR = 512;

    private Gemv() {}

    /// `y := A·x`, or `y := y + A·x` if `accumulate`, where A has `m` rows, `ars` apart, of `k`
    /// elements, `acs` apart; elements of x are `xs` and those of y `ys` apart.
    static void gemv(
            int m,
            int k,
            float[] a,
            int ao,
            int ars,
            int acs,
            float[] x,
            int xo,
            int xs,
            float[] y,
            int yo,
            int ys,
            boolean accumulate) {
        if (acs == 1 || ars != 1) {
            byRows(m, k, a, ao, ars, acs, x, xo, xs, y, yo, ys, accumulate);
        } else {
            byColumns(m, k, a, ao, acs, x, xo, xs, y, yo, ys, accumulate);
        }
    }

    private static void byRows(
            int m,
            int k,
            float[] a,
            int ao,
            int ars,
            int acs,
            float[] x,
            int xo,
            int xs,
            float[] y,
            int yo,
            int ys,
            boolean accumulate) {
        boolean copy = xs != 1;
        float[] v = copy ? Scratch.floats(k) : x;
        int vo = copy ? 0 : xo;
        if (copy) {
            Copy.strided(x, xo, xs, v, 0, 1, k);
        }
        int grain = Math.max(4, CHUNK / k / 4 * 4);
        Parallel.run(
                m,
                grain,
                (from, to) -> {
                    float[] lanes = Scratch.floats(W);
                    int i = from;
                    if (acs == 1) {
                        for (; i + 4 <= to; i += 4) {
                            int at = yo + i * ys;
                            dots(k, a, ao + i * ars, ars, v, vo, y, at, ys, accumulate, lanes);
                        }
                    }
                    for (; i < to; i++) {
                        float sum =
                                acs == 1
                                        ? dot(k, a, ao + i * ars, v, vo, lanes)
                                        : strided(k, a, ao + i * ars, acs, v, vo);
                        put(sum, y, yo + i * ys, accumulate);
                    }
                    Scratch.release(lanes);
                });
        if (copy) {
            Scratch.release(v);
        }
    }

    private static void put(float sum, float[] y, int at, boolean accumulate) {
        y[at] = accumulate ? y[at] + sum : sum;
    }

    private static float strided(int k, float[] a, int ao, int acs, float[] x, int xo) {
        float sum = 0;
        for (int i = 0; i < k; i++) {
            sum += a[ao + i * acs] * x[xo + i];
        }
        return sum;
    }

    private static float dot(int k, float[] a, int ao, float[] x, int xo, float[] lanes) {
        FloatVector s = FloatVector.zero(S);
        FloatVector t = FloatVector.zero(S);
        int i = 0;
        for (; i <= k - 2 * W; i += 2 * W) {
            s = FloatVector.fromArray(S, a, ao + i).fma(FloatVector.fromArray(S, x, xo + i), s);
            FloatVector u = FloatVector.fromArray(S, x, xo + i + W);
            t = FloatVector.fromArray(S, a, ao + i + W).fma(u, t);
        }
        for (; i < k; i += W) {
            VectorMask<Float> m = S.indexInRange(i, k);
            FloatVector u = FloatVector.fromArray(S, x, xo + i, m);
            s = FloatVector.fromArray(S, a, ao + i, m).fma(u, s);
        }
        return sum(s.add(t), lanes);
    }

    /// Four rows at a time share the loads of x; each in the order of [#dot].
    private static void dots(
            int k,
            float[] a,
            int ao,
            int ars,
            float[] x,
            int xo,
            float[] y,
            int yo,
            int ys,
            boolean accumulate,
            float[] lanes) {
        int a1 = ao + ars;
        int a2 = a1 + ars;
        int a3 = a2 + ars;
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = FloatVector.zero(S);
        FloatVector s2 = FloatVector.zero(S);
        FloatVector s3 = FloatVector.zero(S);
        FloatVector t0 = FloatVector.zero(S);
        FloatVector t1 = FloatVector.zero(S);
        FloatVector t2 = FloatVector.zero(S);
        FloatVector t3 = FloatVector.zero(S);
        int i = 0;
        for (; i <= k - 2 * W; i += 2 * W) {
            FloatVector u = FloatVector.fromArray(S, x, xo + i);
            FloatVector v = FloatVector.fromArray(S, x, xo + i + W);
            s0 = FloatVector.fromArray(S, a, ao + i).fma(u, s0);
            s1 = FloatVector.fromArray(S, a, a1 + i).fma(u, s1);
            s2 = FloatVector.fromArray(S, a, a2 + i).fma(u, s2);
            s3 = FloatVector.fromArray(S, a, a3 + i).fma(u, s3);
            t0 = FloatVector.fromArray(S, a, ao + i + W).fma(v, t0);
            t1 = FloatVector.fromArray(S, a, a1 + i + W).fma(v, t1);
            t2 = FloatVector.fromArray(S, a, a2 + i + W).fma(v, t2);
            t3 = FloatVector.fromArray(S, a, a3 + i + W).fma(v, t3);
        }
        for (; i < k; i += W) {
            VectorMask<Float> m = S.indexInRange(i, k);
            FloatVector u = FloatVector.fromArray(S, x, xo + i, m);
            s0 = FloatVector.fromArray(S, a, ao + i, m).fma(u, s0);
            s1 = FloatVector.fromArray(S, a, a1 + i, m).fma(u, s1);
            s2 = FloatVector.fromArray(S, a, a2 + i, m).fma(u, s2);
            s3 = FloatVector.fromArray(S, a, a3 + i, m).fma(u, s3);
        }
        put(sum(s0.add(t0), lanes), y, yo, accumulate);
        put(sum(s1.add(t1), lanes), y, yo + ys, accumulate);
        put(sum(s2.add(t2), lanes), y, yo + 2 * ys, accumulate);
        put(sum(s3.add(t3), lanes), y, yo + 3 * ys, accumulate);
    }

    /// The sum of the lanes, always in the same order; that of `reduceLanes` is undefined, and
    /// indeed changes when the method is compiled.
    private static float sum(FloatVector v, float[] lanes) {
        v.intoArray(lanes, 0);
        for (int half = W / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[0];
    }

    private static void byColumns(
            int m,
            int k,
            float[] a,
            int ao,
            int acs,
            float[] x,
            int xo,
            int xs,
            float[] y,
            int yo,
            int ys,
            boolean accumulate) {
        int width = Math.max(NEAR, Math.min(STRIP, CHUNK / k / W * W));
        Parallel.run(
                m,
                width,
                (from, to) -> {
                    int n = to - from;
                    float[] sums = Scratch.floats(n);
                    Arrays.fill(sums, 0, n, 0);
                    int j = 0;
                    for (; j + 8 <= k; j += 8) {
                        add8(n, x, xo + j * xs, xs, a, ao + from + j * acs, acs, sums);
                    }
                    for (; j < k; j++) {
                        add(n, x[xo + j * xs], a, ao + from + j * acs, sums);
                    }
                    for (int i = 0; i < n; i++) {
                        put(sums[i], y, yo + (from + i) * ys, accumulate);
                    }
                    Scratch.release(sums);
                });
    }

    private static void add(int n, float x, float[] a, int ao, float[] y) {
        FloatVector v = FloatVector.broadcast(S, x);
        for (int i = 0; i < n; i += W) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector sum = FloatVector.fromArray(S, y, i, m);
            v.fma(FloatVector.fromArray(S, a, ao + i, m), sum).intoArray(y, i, m);
        }
    }

    /// `y := y + Σ x[q]·a[q]` for eight columns of A, in two sums.
    private static void add8(
            int n, float[] x, int xo, int xs, float[] a, int ao, int acs, float[] y) {
        int a1 = ao + acs;
        int a2 = a1 + acs;
        int a3 = a2 + acs;
        int a4 = a3 + acs;
        int a5 = a4 + acs;
        int a6 = a5 + acs;
        int a7 = a6 + acs;
        FloatVector x0 = FloatVector.broadcast(S, x[xo]);
        FloatVector x1 = FloatVector.broadcast(S, x[xo + xs]);
        FloatVector x2 = FloatVector.broadcast(S, x[xo + 2 * xs]);
        FloatVector x3 = FloatVector.broadcast(S, x[xo + 3 * xs]);
        FloatVector x4 = FloatVector.broadcast(S, x[xo + 4 * xs]);
        FloatVector x5 = FloatVector.broadcast(S, x[xo + 5 * xs]);
        FloatVector x6 = FloatVector.broadcast(S, x[xo + 6 * xs]);
        FloatVector x7 = FloatVector.broadcast(S, x[xo + 7 * xs]);
        int i = 0;
        for (; i <= n - W; i += W) {
            FloatVector s = FloatVector.fromArray(S, y, i);
            FloatVector t = x4.mul(FloatVector.fromArray(S, a, a4 + i));
            s = x0.fma(FloatVector.fromArray(S, a, ao + i), s);
            t = x5.fma(FloatVector.fromArray(S, a, a5 + i), t);
            s = x1.fma(FloatVector.fromArray(S, a, a1 + i), s);
            t = x6.fma(FloatVector.fromArray(S, a, a6 + i), t);
            s = x2.fma(FloatVector.fromArray(S, a, a2 + i), s);
            t = x7.fma(FloatVector.fromArray(S, a, a7 + i), t);
            s = x3.fma(FloatVector.fromArray(S, a, a3 + i), s);
            s.add(t).intoArray(y, i);
        }
        for (int q = 0; q < 8 && i < n; q++) {
            tail(i, n, x[xo + q * xs], a, ao + q * acs, y);
        }
    }

    private static void tail(int from, int n, float x, float[] a, int ao, float[] y) {
        for (int i = from; i < n; i++) {
            y[i] += x * a[ao + i];
        }
    }
}
