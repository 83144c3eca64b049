package dev.lanegrad.kernels.f32;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Softmax along columns that lie side by side: a lane each, so that memory is gone through as it
/// lies.
///
/// Sums are taken over [#LEAF] rows in sequence, and these sums in sequence.
final class SoftmaxColumns {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int LANES = S.length();
    private static final int LEAF = 64;

    private final int n;
    private final int columns;
    private final float[] max;
    private final float[] leaf;
    private final float[] sum;
    private final float[] strip;

    /// Columns of n elements.
    SoftmaxColumns(int n, int columns) {
        this.n = n;
        this.columns = columns;
        int room = (columns + LANES - 1) / LANES * LANES;
        max = new float[room];
        leaf = new float[room];
        sum = new float[room];
        strip = new float[room];
    }

    /// `y[i·ys + c] := exp(x[i·xs + c] − max) / sum` for i in 0 to n, with a column's own maximum
    /// and sum.
    void softmax(float[] x, int xo, int xs, float[] y, int yo, int ys) {
        max(x, xo, xs);
        Arrays.fill(sum, 0);
        for (int first = 0; first < n; first += LEAF) {
            Arrays.fill(leaf, 0);
            for (int i = first; i < Math.min(n, first + LEAF); i++) {
                exp(x, xo + i * xs, y, yo + i * ys);
            }
            addLeaf();
        }
        for (int c = 0; c < sum.length; c += LANES) {
            FloatVector.broadcast(S, 1f).div(FloatVector.fromArray(S, sum, c)).intoArray(sum, c);
        }
        for (int i = 0; i < n; i++) {
            scale(y, yo + i * ys);
        }
    }

    /// `y[i·ys + c] := x[i·xs + c] − max − log(sum)` for i in 0 to n.
    void logSoftmax(float[] x, int xo, int xs, float[] y, int yo, int ys) {
        max(x, xo, xs);
        Arrays.fill(sum, 0);
        for (int first = 0; first < n; first += LEAF) {
            Arrays.fill(leaf, 0);
            for (int i = first; i < Math.min(n, first + LEAF); i++) {
                addExp(x, xo + i * xs);
            }
            addLeaf();
        }
        UnaryLog.run(sum, 0, 1, sum, 0, sum.length, 0, 0);
        for (int i = 0; i < n; i++) {
            subtract(x, xo + i * xs, y, yo + i * ys);
        }
    }

    private void max(float[] x, int xo, int xs) {
        Arrays.fill(max, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < n; i++) {
            int at = xo + i * xs;
            int c = 0;
            for (int end = S.loopBound(columns); c < end; c += LANES) {
                FloatVector v = FloatVector.fromArray(S, x, at + c);
                FoldFormulas.Max.step(FloatVector.fromArray(S, max, c), v).intoArray(max, c);
            }
            if (c < columns) {
                VectorMask<Float> m = S.indexInRange(c, columns);
                FloatVector v = FloatVector.fromArray(S, x, at + c, m);
                FoldFormulas.Max.step(FloatVector.fromArray(S, max, c), v).intoArray(max, c, m);
            }
        }
    }

    private void exp(float[] x, int xo, float[] y, int yo) {
        BinarySub.run(x, xo, 1, max, 0, 1, y, yo, columns, 0, 0);
        UnaryExp.run(y, yo, 1, y, yo, columns, 0, 0);
        BinaryAdd.run(leaf, 0, 1, y, yo, 1, leaf, 0, columns, 0, 0);
    }

    private void addExp(float[] x, int xo) {
        exp(x, xo, strip, 0);
    }

    private void addLeaf() {
        for (int c = 0; c < sum.length; c += LANES) {
            FloatVector v = FloatVector.fromArray(S, leaf, c);
            v.add(FloatVector.fromArray(S, sum, c)).intoArray(sum, c);
        }
    }

    private void scale(float[] y, int yo) {
        int c = 0;
        for (int end = S.loopBound(columns); c < end; c += LANES) {
            FloatVector v = FloatVector.fromArray(S, y, yo + c);
            v.mul(FloatVector.fromArray(S, sum, c)).intoArray(y, yo + c);
        }
        if (c < columns) {
            VectorMask<Float> m = S.indexInRange(c, columns);
            FloatVector v = FloatVector.fromArray(S, y, yo + c, m);
            v.mul(FloatVector.fromArray(S, sum, c)).intoArray(y, yo + c, m);
        }
    }

    private void subtract(float[] x, int xo, float[] y, int yo) {
        int c = 0;
        for (int end = S.loopBound(columns); c < end; c += LANES) {
            FloatVector v = FloatVector.fromArray(S, x, xo + c);
            v = v.sub(FloatVector.fromArray(S, max, c)).sub(FloatVector.fromArray(S, sum, c));
            v.intoArray(y, yo + c);
        }
        if (c < columns) {
            VectorMask<Float> m = S.indexInRange(c, columns);
            FloatVector v = FloatVector.fromArray(S, x, xo + c, m);
            v = v.sub(FloatVector.fromArray(S, max, c)).sub(FloatVector.fromArray(S, sum, c));
            v.intoArray(y, yo + c, m);
        }
    }
}
