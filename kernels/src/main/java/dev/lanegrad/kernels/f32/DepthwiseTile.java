package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The loops of [DepthwiseRow] along a row of target pixels, for one vector of channels.
///
/// Weights, or the sums of their gradients, stay in nine registers. A source pixel is read once for
/// all the target pixels of the row that see it, so that a vector of them takes three to six loads
/// instead of eighteen. A target pixel adds up column by column; the first sees no left column.
///
/// Source rows begin at `x0`, `x1` and `x2`, pixels of both images are `pixel` elements apart, and
/// `n` target pixels are written or read. Weights, taps row by row, are `ldw` apart, sums `lds`.
final class DepthwiseTile {
    private static final VectorSpecies<Float> S = Lanes.S;

    private DepthwiseTile() {}

    /// `y := bias + Σ w·x`, target pixels being one source pixel apart.
    static void dense(
            float[] x,
            int x0,
            int x1,
            int x2,
            int pixel,
            float[] w,
            int wo,
            int ldw,
            float[] bias,
            int bo,
            float[] y,
            int yo,
            int n) {
        FloatVector w00 = FloatVector.fromArray(S, w, wo);
        FloatVector w01 = FloatVector.fromArray(S, w, wo + ldw);
        FloatVector w02 = FloatVector.fromArray(S, w, wo + 2 * ldw);
        FloatVector w10 = FloatVector.fromArray(S, w, wo + 3 * ldw);
        FloatVector w11 = FloatVector.fromArray(S, w, wo + 4 * ldw);
        FloatVector w12 = FloatVector.fromArray(S, w, wo + 5 * ldw);
        FloatVector w20 = FloatVector.fromArray(S, w, wo + 6 * ldw);
        FloatVector w21 = FloatVector.fromArray(S, w, wo + 7 * ldw);
        FloatVector w22 = FloatVector.fromArray(S, w, wo + 8 * ldw);
        FloatVector start = FloatVector.fromArray(S, bias, bo);
        FloatVector v0 = FloatVector.fromArray(S, x, x0);
        FloatVector v1 = FloatVector.fromArray(S, x, x1);
        FloatVector v2 = FloatVector.fromArray(S, x, x2);
        FloatVector a = v2.fma(w21, v1.fma(w11, v0.fma(w01, start)));
        FloatVector b = v2.fma(w20, v1.fma(w10, v0.fma(w00, start)));
        for (int j = 1; j < n; j++) {
            int at = j * pixel;
            v0 = FloatVector.fromArray(S, x, x0 + at);
            v1 = FloatVector.fromArray(S, x, x1 + at);
            v2 = FloatVector.fromArray(S, x, x2 + at);
            FloatVector whole = v2.fma(w22, v1.fma(w12, v0.fma(w02, a)));
            whole.intoArray(y, yo + at - pixel);
            a = v2.fma(w21, v1.fma(w11, v0.fma(w01, b)));
            b = v2.fma(w20, v1.fma(w10, v0.fma(w00, start)));
        }
        a.intoArray(y, yo + (n - 1) * pixel);
    }

    /// `y := bias + Σ w·x`, target pixels being two source pixels apart.
    ///
    /// @param whole whether the last target pixel sees three columns
    static void strided(
            float[] x,
            int x0,
            int x1,
            int x2,
            int pixel,
            float[] w,
            int wo,
            int ldw,
            float[] bias,
            int bo,
            float[] y,
            int yo,
            int n,
            boolean whole) {
        FloatVector w00 = FloatVector.fromArray(S, w, wo);
        FloatVector w01 = FloatVector.fromArray(S, w, wo + ldw);
        FloatVector w02 = FloatVector.fromArray(S, w, wo + 2 * ldw);
        FloatVector w10 = FloatVector.fromArray(S, w, wo + 3 * ldw);
        FloatVector w11 = FloatVector.fromArray(S, w, wo + 4 * ldw);
        FloatVector w12 = FloatVector.fromArray(S, w, wo + 5 * ldw);
        FloatVector w20 = FloatVector.fromArray(S, w, wo + 6 * ldw);
        FloatVector w21 = FloatVector.fromArray(S, w, wo + 7 * ldw);
        FloatVector w22 = FloatVector.fromArray(S, w, wo + 8 * ldw);
        FloatVector start = FloatVector.fromArray(S, bias, bo);
        FloatVector v0 = FloatVector.fromArray(S, x, x0);
        FloatVector v1 = FloatVector.fromArray(S, x, x1);
        FloatVector v2 = FloatVector.fromArray(S, x, x2);
        FloatVector a = v2.fma(w21, v1.fma(w11, v0.fma(w01, start)));
        for (int j = 0; j < n - 1; j++) {
            int at = (2 * j + 1) * pixel;
            v0 = FloatVector.fromArray(S, x, x0 + at);
            v1 = FloatVector.fromArray(S, x, x1 + at);
            v2 = FloatVector.fromArray(S, x, x2 + at);
            v2.fma(w22, v1.fma(w12, v0.fma(w02, a))).intoArray(y, yo + j * pixel);
            int next = at + pixel;
            FloatVector u0 = FloatVector.fromArray(S, x, x0 + next);
            FloatVector u1 = FloatVector.fromArray(S, x, x1 + next);
            FloatVector u2 = FloatVector.fromArray(S, x, x2 + next);
            FloatVector b = v2.fma(w20, v1.fma(w10, v0.fma(w00, start)));
            a = u2.fma(w21, u1.fma(w11, u0.fma(w01, b)));
        }
        if (whole) {
            int at = (2 * n - 1) * pixel;
            v0 = FloatVector.fromArray(S, x, x0 + at);
            v1 = FloatVector.fromArray(S, x, x1 + at);
            v2 = FloatVector.fromArray(S, x, x2 + at);
            a = v2.fma(w22, v1.fma(w12, v0.fma(w02, a)));
        }
        a.intoArray(y, yo + (n - 1) * pixel);
    }

    /// `sums := sums + Σ x·gy`, target pixels being one source pixel apart.
    static void denseGradient(
            float[] x,
            int x0,
            int x1,
            int x2,
            int pixel,
            float[] gy,
            int gyo,
            float[] sums,
            int so,
            int lds,
            int n) {
        FloatVector s00 = FloatVector.fromArray(S, sums, so);
        FloatVector s01 = FloatVector.fromArray(S, sums, so + lds);
        FloatVector s02 = FloatVector.fromArray(S, sums, so + 2 * lds);
        FloatVector s10 = FloatVector.fromArray(S, sums, so + 3 * lds);
        FloatVector s11 = FloatVector.fromArray(S, sums, so + 4 * lds);
        FloatVector s12 = FloatVector.fromArray(S, sums, so + 5 * lds);
        FloatVector s20 = FloatVector.fromArray(S, sums, so + 6 * lds);
        FloatVector s21 = FloatVector.fromArray(S, sums, so + 7 * lds);
        FloatVector s22 = FloatVector.fromArray(S, sums, so + 8 * lds);
        FloatVector g0 = FloatVector.fromArray(S, gy, gyo);
        FloatVector g1 = FloatVector.fromArray(S, gy, gyo + pixel);
        FloatVector v0 = FloatVector.fromArray(S, x, x0);
        FloatVector v1 = FloatVector.fromArray(S, x, x1);
        FloatVector v2 = FloatVector.fromArray(S, x, x2);
        s01 = v0.fma(g0, s01);
        s11 = v1.fma(g0, s11);
        s21 = v2.fma(g0, s21);
        s00 = v0.fma(g1, s00);
        s10 = v1.fma(g1, s10);
        s20 = v2.fma(g1, s20);
        for (int j = 1; j < n - 1; j++) {
            int at = j * pixel;
            v0 = FloatVector.fromArray(S, x, x0 + at);
            v1 = FloatVector.fromArray(S, x, x1 + at);
            v2 = FloatVector.fromArray(S, x, x2 + at);
            FloatVector g2 = FloatVector.fromArray(S, gy, gyo + at + pixel);
            s02 = v0.fma(g0, s02);
            s12 = v1.fma(g0, s12);
            s22 = v2.fma(g0, s22);
            s01 = v0.fma(g1, s01);
            s11 = v1.fma(g1, s11);
            s21 = v2.fma(g1, s21);
            s00 = v0.fma(g2, s00);
            s10 = v1.fma(g2, s10);
            s20 = v2.fma(g2, s20);
            g0 = g1;
            g1 = g2;
        }
        int last = (n - 1) * pixel;
        v0 = FloatVector.fromArray(S, x, x0 + last);
        v1 = FloatVector.fromArray(S, x, x1 + last);
        v2 = FloatVector.fromArray(S, x, x2 + last);
        s02 = v0.fma(g0, s02);
        s12 = v1.fma(g0, s12);
        s22 = v2.fma(g0, s22);
        s01 = v0.fma(g1, s01);
        s11 = v1.fma(g1, s11);
        s21 = v2.fma(g1, s21);
        s00.intoArray(sums, so);
        s01.intoArray(sums, so + lds);
        s02.intoArray(sums, so + 2 * lds);
        s10.intoArray(sums, so + 3 * lds);
        s11.intoArray(sums, so + 4 * lds);
        s12.intoArray(sums, so + 5 * lds);
        s20.intoArray(sums, so + 6 * lds);
        s21.intoArray(sums, so + 7 * lds);
        s22.intoArray(sums, so + 8 * lds);
    }

    /// `sums := sums + Σ x·gy`, target pixels being two source pixels apart.
    ///
    /// @param whole whether the last target pixel sees three columns
    static void stridedGradient(
            float[] x,
            int x0,
            int x1,
            int x2,
            int pixel,
            float[] gy,
            int gyo,
            float[] sums,
            int so,
            int lds,
            int n,
            boolean whole) {
        FloatVector s00 = FloatVector.fromArray(S, sums, so);
        FloatVector s01 = FloatVector.fromArray(S, sums, so + lds);
        FloatVector s02 = FloatVector.fromArray(S, sums, so + 2 * lds);
        FloatVector s10 = FloatVector.fromArray(S, sums, so + 3 * lds);
        FloatVector s11 = FloatVector.fromArray(S, sums, so + 4 * lds);
        FloatVector s12 = FloatVector.fromArray(S, sums, so + 5 * lds);
        FloatVector s20 = FloatVector.fromArray(S, sums, so + 6 * lds);
        FloatVector s21 = FloatVector.fromArray(S, sums, so + 7 * lds);
        FloatVector s22 = FloatVector.fromArray(S, sums, so + 8 * lds);
        FloatVector g = FloatVector.fromArray(S, gy, gyo);
        FloatVector v0 = FloatVector.fromArray(S, x, x0);
        FloatVector v1 = FloatVector.fromArray(S, x, x1);
        FloatVector v2 = FloatVector.fromArray(S, x, x2);
        s01 = v0.fma(g, s01);
        s11 = v1.fma(g, s11);
        s21 = v2.fma(g, s21);
        for (int j = 1; j < n; j++) {
            int at = (2 * j - 1) * pixel;
            v0 = FloatVector.fromArray(S, x, x0 + at);
            v1 = FloatVector.fromArray(S, x, x1 + at);
            v2 = FloatVector.fromArray(S, x, x2 + at);
            s02 = v0.fma(g, s02);
            s12 = v1.fma(g, s12);
            s22 = v2.fma(g, s22);
            g = FloatVector.fromArray(S, gy, gyo + j * pixel);
            s00 = v0.fma(g, s00);
            s10 = v1.fma(g, s10);
            s20 = v2.fma(g, s20);
            int next = at + pixel;
            FloatVector u0 = FloatVector.fromArray(S, x, x0 + next);
            FloatVector u1 = FloatVector.fromArray(S, x, x1 + next);
            FloatVector u2 = FloatVector.fromArray(S, x, x2 + next);
            s01 = u0.fma(g, s01);
            s11 = u1.fma(g, s11);
            s21 = u2.fma(g, s21);
        }
        if (whole) {
            int at = (2 * n - 1) * pixel;
            v0 = FloatVector.fromArray(S, x, x0 + at);
            v1 = FloatVector.fromArray(S, x, x1 + at);
            v2 = FloatVector.fromArray(S, x, x2 + at);
            s02 = v0.fma(g, s02);
            s12 = v1.fma(g, s12);
            s22 = v2.fma(g, s22);
        }
        s00.intoArray(sums, so);
        s01.intoArray(sums, so + lds);
        s02.intoArray(sums, so + 2 * lds);
        s10.intoArray(sums, so + 3 * lds);
        s11.intoArray(sums, so + 4 * lds);
        s12.intoArray(sums, so + 5 * lds);
        s20.intoArray(sums, so + 6 * lds);
        s21.intoArray(sums, so + 7 * lds);
        s22.intoArray(sums, so + 8 * lds);
    }
}
