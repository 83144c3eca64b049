package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The linear maps of Winograd's convolution F(4, 3): four outputs of a window of three elements
/// from six products, `y = Aᵀ·((G·w) ⊙ (Bᵀ·x))`, and the transposed maps that its gradient needs.
///
/// The polynomials are evaluated at 0, ±√½, ±√2 and ∞; every other power of these is whole or half,
/// and they lose about half as many digits as 0, ±1, ±2 and ∞.
///
/// Each map takes vectors of `n` elements: y's vector `i` is at `yo + i·yr`, x's at `xo + i·xr`. It
/// is repeated `count` times, `xs` and `ys` further each time, which makes it one half of a map of
/// two dimensions; repetitions that lie one behind the other run as one. `n` is a multiple of 16.
///
/// Source: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, 2016.
final class WinogradMaps {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int W = S.length();

    private static final float ROOT2 = (float) Math.sqrt(2);
    private static final float ROOT_HALF = (float) Math.sqrt(0.5);
    private static final float THIRD = 1f / 3;
    private static final float SIXTH = 1f / 6;

    private WinogradMaps() {}

    /// `y := Bᵀ·x`, six elements to six.
    static void input(
            int n,
            int count,
            float[] x,
            int xo,
            int xr,
            int xs,
            float[] y,
            int yo,
            int yr,
            int ys) {
        FloatVector half = FloatVector.broadcast(S, -0.5f);
        FloatVector two = FloatVector.broadcast(S, -2f);
        FloatVector most = FloatVector.broadcast(S, -2.5f);
        FloatVector root = FloatVector.broadcast(S, ROOT2);
        FloatVector small = FloatVector.broadcast(S, ROOT_HALF);
        boolean joined = xs == n && ys == n;
        int length = joined ? n * count : n;
        for (int j = 0; j < (joined ? 1 : count); j++) {
            int xj = xo + j * xs;
            int yj = yo + j * ys;
            for (int c = 0; c < length; c += W) {
                int at = xj + c;
                int to = yj + c;
                FloatVector x1 = FloatVector.fromArray(S, x, at + xr);
                FloatVector x2 = FloatVector.fromArray(S, x, at + 2 * xr);
                FloatVector x3 = FloatVector.fromArray(S, x, at + 3 * xr);
                FloatVector x4 = FloatVector.fromArray(S, x, at + 4 * xr);
                FloatVector x0 = FloatVector.fromArray(S, x, at);
                x2.fma(most, x0.add(x4)).intoArray(y, to);
                FloatVector even = x2.fma(two, x4);
                FloatVector odd = x3.mul(small).sub(x1.mul(root));
                even.add(odd).intoArray(y, to + yr);
                even.sub(odd).intoArray(y, to + 2 * yr);
                even = x2.fma(half, x4);
                odd = x3.mul(root).sub(x1.mul(small));
                even.add(odd).intoArray(y, to + 3 * yr);
                even.sub(odd).intoArray(y, to + 4 * yr);
                FloatVector x5 = FloatVector.fromArray(S, x, at + 5 * xr);
                x3.fma(most, x1.add(x5)).intoArray(y, to + 5 * yr);
            }
        }
    }

    /// `y := G·x`, three elements to six.
    static void weight(
            int n,
            int count,
            float[] x,
            int xo,
            int xr,
            int xs,
            float[] y,
            int yo,
            int yr,
            int ys) {
        FloatVector third = FloatVector.broadcast(S, THIRD);
        FloatVector sixth = FloatVector.broadcast(S, SIXTH);
        FloatVector root = FloatVector.broadcast(S, ROOT2 * SIXTH);
        FloatVector minusTwo = FloatVector.broadcast(S, -2f);
        boolean joined = xs == n && ys == n;
        int length = joined ? n * count : n;
        for (int j = 0; j < (joined ? 1 : count); j++) {
            int xj = xo + j * xs;
            int yj = yo + j * ys;
            for (int c = 0; c < length; c += W) {
                int at = xj + c;
                int to = yj + c;
                FloatVector x0 = FloatVector.fromArray(S, x, at);
                FloatVector x1 = FloatVector.fromArray(S, x, at + xr).mul(root);
                FloatVector x2 = FloatVector.fromArray(S, x, at + 2 * xr);
                x0.intoArray(y, to);
                x2.intoArray(y, to + 5 * yr);
                x2 = x2.mul(third);
                FloatVector even = x0.fma(sixth, x2);
                even.add(x1).intoArray(y, to + 3 * yr);
                even.sub(x1).intoArray(y, to + 4 * yr);
                even = x0.mul(third).fma(minusTwo, x2.neg());
                x1 = x1.add(x1);
                even.sub(x1).intoArray(y, to + yr);
                even.add(x1).intoArray(y, to + 2 * yr);
            }
        }
    }

    /// `y := z + Aᵀ·x`, six elements to four; z's `n` elements from `zo` are added to each of them.
    static void output(
            int n,
            int count,
            float[] x,
            int xo,
            int xr,
            int xs,
            float[] z,
            int zo,
            float[] y,
            int yo,
            int yr,
            int ys) {
        FloatVector half = FloatVector.broadcast(S, 0.5f);
        FloatVector two = FloatVector.broadcast(S, 2f);
        FloatVector root = FloatVector.broadcast(S, ROOT2);
        FloatVector small = FloatVector.broadcast(S, ROOT_HALF);
        for (int j = 0; j < count; j++) {
            int xj = xo + j * xs;
            int yj = yo + j * ys;
            for (int c = 0; c < n; c += W) {
                int at = xj + c;
                int to = yj + c;
                FloatVector x1 = FloatVector.fromArray(S, x, at + xr);
                FloatVector x2 = FloatVector.fromArray(S, x, at + 2 * xr);
                FloatVector x3 = FloatVector.fromArray(S, x, at + 3 * xr);
                FloatVector x4 = FloatVector.fromArray(S, x, at + 4 * xr);
                FloatVector sum1 = x1.add(x2);
                FloatVector sum2 = x3.add(x4);
                FloatVector difference1 = x1.sub(x2).mul(small);
                FloatVector difference2 = x3.sub(x4).mul(root);
                FloatVector shift = FloatVector.fromArray(S, z, zo + c);
                FloatVector x0 = FloatVector.fromArray(S, x, at);
                FloatVector x5 = FloatVector.fromArray(S, x, at + 5 * xr);
                sum1.add(sum2).add(x0).add(shift).intoArray(y, to);
                difference1.add(difference2).add(shift).intoArray(y, to + yr);
                sum1.fma(half, sum2.fma(two, shift)).intoArray(y, to + 2 * yr);
                difference1
                        .fma(half, difference2.fma(two, x5))
                        .add(shift)
                        .intoArray(y, to + 3 * yr);
            }
        }
    }

    /// `y := A·x`, four elements to six: the transpose of [#output].
    static void gradOutput(
            int n,
            int count,
            float[] x,
            int xo,
            int xr,
            int xs,
            float[] y,
            int yo,
            int yr,
            int ys) {
        FloatVector half = FloatVector.broadcast(S, 0.5f);
        FloatVector two = FloatVector.broadcast(S, 2f);
        FloatVector root = FloatVector.broadcast(S, ROOT2);
        FloatVector small = FloatVector.broadcast(S, ROOT_HALF);
        boolean joined = xs == n && ys == n;
        int length = joined ? n * count : n;
        for (int j = 0; j < (joined ? 1 : count); j++) {
            int xj = xo + j * xs;
            int yj = yo + j * ys;
            for (int c = 0; c < length; c += W) {
                int at = xj + c;
                int to = yj + c;
                FloatVector x0 = FloatVector.fromArray(S, x, at);
                FloatVector x1 = FloatVector.fromArray(S, x, at + xr);
                FloatVector x2 = FloatVector.fromArray(S, x, at + 2 * xr);
                FloatVector x3 = FloatVector.fromArray(S, x, at + 3 * xr);
                x0.intoArray(y, to);
                FloatVector even = x2.fma(half, x0);
                FloatVector odd = x3.fma(half, x1).mul(small);
                even.add(odd).intoArray(y, to + yr);
                even.sub(odd).intoArray(y, to + 2 * yr);
                even = x2.fma(two, x0);
                odd = x3.fma(two, x1).mul(root);
                even.add(odd).intoArray(y, to + 3 * yr);
                even.sub(odd).intoArray(y, to + 4 * yr);
                x3.intoArray(y, to + 5 * yr);
            }
        }
    }

    /// `y := Gᵀ·x`, six elements to three: the transpose of [#weight].
    static void gradWeight(
            int n,
            int count,
            float[] x,
            int xo,
            int xr,
            int xs,
            float[] y,
            int yo,
            int yr,
            int ys) {
        FloatVector third = FloatVector.broadcast(S, THIRD);
        FloatVector sixth = FloatVector.broadcast(S, SIXTH);
        FloatVector root = FloatVector.broadcast(S, ROOT2 * SIXTH);
        FloatVector minusTwo = FloatVector.broadcast(S, -2f);
        boolean joined = xs == n && ys == n;
        int length = joined ? n * count : n;
        for (int j = 0; j < (joined ? 1 : count); j++) {
            int xj = xo + j * xs;
            int yj = yo + j * ys;
            for (int c = 0; c < length; c += W) {
                int at = xj + c;
                int to = yj + c;
                FloatVector x1 = FloatVector.fromArray(S, x, at + xr);
                FloatVector x2 = FloatVector.fromArray(S, x, at + 2 * xr);
                FloatVector x3 = FloatVector.fromArray(S, x, at + 3 * xr);
                FloatVector x4 = FloatVector.fromArray(S, x, at + 4 * xr);
                FloatVector sum1 = x1.add(x2).mul(third);
                FloatVector sum2 = x3.add(x4);
                x1.sub(x2).fma(minusTwo, x3.sub(x4)).mul(root).intoArray(y, to + yr);
                FloatVector x0 = FloatVector.fromArray(S, x, at);
                FloatVector x5 = FloatVector.fromArray(S, x, at + 5 * xr);
                sum1.fma(minusTwo, sum2.fma(sixth, x0)).intoArray(y, to);
                sum2.fma(third, x5).sub(sum1).intoArray(y, to + 2 * yr);
            }
        }
    }
}
