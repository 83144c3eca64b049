package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The loops of every fold, each in one fixed order.
///
/// An accumulator takes at most [#STEPS] elements in sequence (a few more at the end of a row),
/// then it joins others pairwise: rounding errors grow with the logarithm of the number of
/// elements. Lanes are joined by rotating them, since the order of `reduceLanes` is not specified.
///
/// No method takes or returns a vector: where the compiler does not inline it, which depends on
/// what it compiled before, that vector would be on the heap.
final class FoldTemplate {
    private static final VectorSpecies<Float> S = Lanes.S;

    /// Lanes of an accumulator.
    static final int LANES = S.length();

    /// Elements that one accumulator takes in sequence.
    static final int STEPS = 32;

    /// Elements of a leaf: what four accumulators take.
    static final int LEAF = 4 * STEPS * LANES;

    /// Shorter rows are folded element by element.
    private static final int SHORT = 12;

    private FoldTemplate() {}

    static float identity() {
        return FoldFormulas.Placeholder.identity();
    }

    /// `y[lane] := fold of some of the n elements of x`, at most [#LEAF], for each of the lanes.
    static void leaf(float[] x, int xo, int n, float[] y, int yo) {
        FloatVector a0 = FloatVector.broadcast(S, FoldFormulas.Placeholder.identity());
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        int i = 0;
        for (int end = n - 4 * LANES; i <= end; i += 4 * LANES) {
            int at = xo + i;
            a0 = FoldFormulas.Placeholder.step(a0, FloatVector.fromArray(S, x, at));
            a1 = FoldFormulas.Placeholder.step(a1, FloatVector.fromArray(S, x, at + LANES));
            a2 = FoldFormulas.Placeholder.step(a2, FloatVector.fromArray(S, x, at + 2 * LANES));
            a3 = FoldFormulas.Placeholder.step(a3, FloatVector.fromArray(S, x, at + 3 * LANES));
        }
        for (int end = n - LANES; i <= end; i += LANES) {
            a0 = FoldFormulas.Placeholder.step(a0, FloatVector.fromArray(S, x, xo + i));
        }
        if (i < n) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector v = FloatVector.fromArray(S, x, xo + i, m);
            a1 = a1.blend(FoldFormulas.Placeholder.step(a1, v), m);
        }
        a0 = FoldFormulas.Placeholder.join(a0, a1);
        a2 = FoldFormulas.Placeholder.join(a2, a3);
        FoldFormulas.Placeholder.join(a0, a2).intoArray(y, yo);
    }

    /// `y[i·ys] := fold of x[i·xs ... i·xs + n)` for i in 0 to `rows`; n is at most [#LEAF].
    static void rows(float[] x, int xo, int xs, int rows, int n, float[] y, int yo, int ys) {
        if (n < SHORT) {
            for (int i = 0; i < rows; i++) {
                float a = FoldFormulas.Placeholder.identity();
                for (int at = xo + i * xs, end = at + n; at < end; at++) {
                    a = FoldFormulas.Placeholder.step(a, x[at]);
                }
                y[yo + i * ys] = a;
            }
            return;
        }
        float[] t = new float[LANES];
        for (int i = 0; i < rows; i++) {
            leaf(x, xo + i * xs, n, t, 0);
            y[yo + i * ys] = lanes(t, 0);
        }
    }

    /// The fold of the lanes of the accumulator at `t[to]`.
    static float lanes(float[] t, int to) {
        FloatVector v = FloatVector.fromArray(S, t, to);
        if (LANES >= 64) {
            v = FoldFormulas.Placeholder.join(v, v.rearrange(Lanes.ROTATE_32));
        }
        if (LANES >= 32) {
            v = FoldFormulas.Placeholder.join(v, v.rearrange(Lanes.ROTATE_16));
        }
        if (LANES >= 16) {
            v = FoldFormulas.Placeholder.join(v, v.rearrange(Lanes.ROTATE_8));
        }
        if (LANES >= 8) {
            v = FoldFormulas.Placeholder.join(v, v.rearrange(Lanes.ROTATE_4));
        }
        if (LANES >= 4) {
            v = FoldFormulas.Placeholder.join(v, v.rearrange(Lanes.ROTATE_2));
        }
        if (LANES >= 2) {
            v = FoldFormulas.Placeholder.join(v, v.rearrange(Lanes.ROTATE_1));
        }
        return v.lane(0);
    }

    /// `y[c] := fold of x[at[r] + c] over r in 0 to rows`, for c in 0 to n; `rows` is at most
    /// [#STEPS].
    static void columns(float[] x, int[] at, int rows, int n, float[] y, int yo) {
        FloatVector start = FloatVector.broadcast(S, FoldFormulas.Placeholder.identity());
        int c = 0;
        for (int end = n - 4 * LANES; c <= end; c += 4 * LANES) {
            FloatVector a0 = start;
            FloatVector a1 = start;
            FloatVector a2 = start;
            FloatVector a3 = start;
            for (int r = 0; r < rows; r++) {
                int i = at[r] + c;
                a0 = FoldFormulas.Placeholder.step(a0, FloatVector.fromArray(S, x, i));
                a1 = FoldFormulas.Placeholder.step(a1, FloatVector.fromArray(S, x, i + LANES));
                a2 = FoldFormulas.Placeholder.step(a2, FloatVector.fromArray(S, x, i + 2 * LANES));
                a3 = FoldFormulas.Placeholder.step(a3, FloatVector.fromArray(S, x, i + 3 * LANES));
            }
            a0.intoArray(y, yo + c);
            a1.intoArray(y, yo + c + LANES);
            a2.intoArray(y, yo + c + 2 * LANES);
            a3.intoArray(y, yo + c + 3 * LANES);
        }
        for (int end = n - LANES; c <= end; c += LANES) {
            FloatVector a = start;
            for (int r = 0; r < rows; r++) {
                a = FoldFormulas.Placeholder.step(a, FloatVector.fromArray(S, x, at[r] + c));
            }
            a.intoArray(y, yo + c);
        }
        if (c < n) {
            VectorMask<Float> m = S.indexInRange(c, n);
            FloatVector a = start;
            for (int r = 0; r < rows; r++) {
                a = FoldFormulas.Placeholder.step(a, FloatVector.fromArray(S, x, at[r] + c, m));
            }
            a.intoArray(y, yo + c, m);
        }
    }

    /// `a := a ∘ b`, n accumulators.
    static void join(float[] a, int ao, float[] b, int bo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += LANES) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            FoldFormulas.Placeholder.join(va, vb).intoArray(a, ao + i);
        }
        for (; i < n; i++) {
            a[ao + i] = FoldFormulas.Placeholder.join(a[ao + i], b[bo + i]);
        }
    }
}
