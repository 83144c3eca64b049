package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The loops of softmax and its relatives over one dense row of n elements.
///
/// Sums are taken in leaves of fixed size that join pairwise, as in [FoldTemplate].
final class SoftmaxRow {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int LANES = S.length();
    private static final int LEAF = 64 * LANES;

    private SoftmaxRow() {}

    /// The largest element, or NaN if there is one.
    static float max(float[] x, int xo, int n) {
        float[] lanes = new float[LANES];
        FoldMax.leaf(x, xo, n, lanes, 0);
        return FoldMax.lanes(lanes, 0);
    }

    /// For the sums of rows of n elements.
    static FoldStack stack(int n) {
        return new FoldStack(Fold.Op.SUM, n / LEAF + 1, LANES);
    }

    /// By the loop of vectors: a formula that is called for one alone puts them on the heap.
    static float log(float x) {
        float[] one = {x};
        UnaryLog.run(one, 0, 1, one, 0, 1, 0, 0);
        return one[0];
    }

    /// `y := exp(x − max)`; returns `Σ y`.
    static float exp(float[] x, int xo, int n, float max, float[] y, int yo, FoldStack stack) {
        float[] top = {max};
        for (int i = 0; i < n; i += LEAF) {
            int leaf = Math.min(LEAF, n - i);
            BinarySub.run(x, xo + i, 1, top, 0, 0, y, yo + i, leaf, 0, 0);
            UnaryExp.run(y, yo + i, 1, y, yo + i, leaf, 0, 0);
            FoldSum.leaf(y, yo + i, leaf, stack.t, stack.top());
            stack.push();
        }
        stack.finish();
        return FoldSum.lanes(stack.t, 0);
    }

    /// Memory for [#sumOfExp] of rows of n elements.
    static float[] strip(int n) {
        return new float[Math.min(LEAF, n)];
    }

    /// `Σ exp(x − max)`
    static float sumOfExp(float[] x, int xo, int n, float max, float[] strip, FoldStack stack) {
        float[] top = {max};
        for (int i = 0; i < n; i += LEAF) {
            int leaf = Math.min(LEAF, n - i);
            BinarySub.run(x, xo + i, 1, top, 0, 0, strip, 0, leaf, 0, 0);
            UnaryExp.run(strip, 0, 1, strip, 0, leaf, 0, 0);
            FoldSum.leaf(strip, 0, leaf, stack.t, stack.top());
            stack.push();
        }
        stack.finish();
        return FoldSum.lanes(stack.t, 0);
    }

    /// `y := y·factor`
    static void scale(float[] y, int yo, int n, float factor) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += LANES) {
            FloatVector.fromArray(S, y, yo + i).mul(factor).intoArray(y, yo + i);
        }
        if (i < n) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector.fromArray(S, y, yo + i, m).mul(factor).intoArray(y, yo + i, m);
        }
    }

    /// `y := x − a − b`
    static void subtract(float[] x, int xo, int n, float a, float b, float[] y, int yo) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += LANES) {
            FloatVector.fromArray(S, x, xo + i).sub(a).sub(b).intoArray(y, yo + i);
        }
        if (i < n) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector.fromArray(S, x, xo + i, m).sub(a).sub(b).intoArray(y, yo + i, m);
        }
    }

    /// `Σ a·b`
    static float dot(float[] a, int ao, float[] b, int bo, int n, FoldStack stack) {
        for (int i = 0; i < n; i += LEAF) {
            int leaf = Math.min(LEAF, n - i);
            dotLeaf(a, ao + i, b, bo + i, leaf).intoArray(stack.t, stack.top());
            stack.push();
        }
        stack.finish();
        return FoldSum.lanes(stack.t, 0);
    }

    private static FloatVector dotLeaf(float[] a, int ao, float[] b, int bo, int n) {
        FloatVector s = FloatVector.zero(S);
        FloatVector t = s;
        int i = 0;
        for (int end = n - 2 * LANES; i <= end; i += 2 * LANES) {
            int j = i + LANES;
            s = product(a, ao + i, b, bo + i, s);
            t = product(a, ao + j, b, bo + j, t);
        }
        for (; i < n; i += LANES) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector v = FloatVector.fromArray(S, a, ao + i, m);
            s = v.fma(FloatVector.fromArray(S, b, bo + i, m), s);
        }
        return s.add(t);
    }

    private static FloatVector product(float[] a, int ao, float[] b, int bo, FloatVector sum) {
        return FloatVector.fromArray(S, a, ao).fma(FloatVector.fromArray(S, b, bo), sum);
    }

    /// `Σ x`
    static float sum(float[] x, int xo, int n, FoldStack stack) {
        for (int i = 0; i < n; i += LEAF) {
            int leaf = Math.min(LEAF, n - i);
            FoldSum.leaf(x, xo + i, leaf, stack.t, stack.top());
            stack.push();
        }
        stack.finish();
        return FoldSum.lanes(stack.t, 0);
    }

    /// `gx := y·(gy − dot)`
    static void softmaxGradient(
            float[] gy, int gyo, float[] y, int yo, int n, float dot, float[] gx, int gxo) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += LANES) {
            FloatVector g = FloatVector.fromArray(S, gy, gyo + i).sub(dot);
            FloatVector.fromArray(S, y, yo + i).mul(g).intoArray(gx, gxo + i);
        }
        if (i < n) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector g = FloatVector.fromArray(S, gy, gyo + i, m).sub(dot);
            FloatVector.fromArray(S, y, yo + i, m).mul(g).intoArray(gx, gxo + i, m);
        }
    }

    /// `gx := gy − exp(y)·sum`; gx is neither gy nor y.
    static void logSoftmaxGradient(
            float[] gy, int gyo, float[] y, int yo, int n, float sum, float[] gx, int gxo) {
        UnaryExp.run(y, yo, 1, gx, gxo, n, 0, 0);
        FloatVector minus = FloatVector.broadcast(S, -sum);
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += LANES) {
            FloatVector p = FloatVector.fromArray(S, gx, gxo + i);
            p.fma(minus, FloatVector.fromArray(S, gy, gyo + i)).intoArray(gx, gxo + i);
        }
        if (i < n) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector p = FloatVector.fromArray(S, gx, gxo + i, m);
            p.fma(minus, FloatVector.fromArray(S, gy, gyo + i, m)).intoArray(gx, gxo + i, m);
        }
    }
}
