package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// What is left to do with a convolution's output while it is in the caches: `y := clamp(scale·y +
/// shift + residual)`, scale and shift for each channel.
///
/// @param scale a factor for each channel
/// @param shift a summand for each channel
/// @param first where channel 0 has its factor and its summand
/// @param residual another image of y's size and layout, or null
/// @param difference from an element's position in y to that in the residual
/// @param low the least value of the result; NaN stays NaN
/// @param high the largest value of the result
record Epilogue(
        float[] scale,
        float[] shift,
        int first,
        float @Nullable [] residual,
        int difference,
        float low,
        float high) {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int W = S.length();

    /// The same for images whose channel 0 is this one's channel `channel`.
    Epilogue from(int channel) {
        return new Epilogue(scale, shift, first + channel, residual, difference, low, high);
    }

    /// For channels `from` to `from + n` of `pixels` pixels, `pitch` elements apart; the first of
    /// these elements is at `at`.
    void apply(float[] y, int at, int pixels, int pitch, int from, int n) {
        float[] r = residual;
        for (int p = 0; p < pixels; p++) {
            int to = at + p * pitch;
            if (r == null) {
                pixel(y, to, first + from, n);
            } else {
                pixel(y, to, first + from, n, r, to + difference);
            }
        }
    }

    private void pixel(float[] y, int at, int from, int n) {
        int c = 0;
        for (; c < S.loopBound(n); c += W) {
            FloatVector a = FloatVector.fromArray(S, scale, from + c);
            FloatVector b = FloatVector.fromArray(S, shift, from + c);
            clamped(FloatVector.fromArray(S, y, at + c).fma(a, b)).intoArray(y, at + c);
        }
        if (c < n) {
            VectorMask<Float> m = S.indexInRange(c, n);
            FloatVector a = FloatVector.fromArray(S, scale, from + c, m);
            FloatVector b = FloatVector.fromArray(S, shift, from + c, m);
            clamped(FloatVector.fromArray(S, y, at + c, m).fma(a, b)).intoArray(y, at + c, m);
        }
    }

    private void pixel(float[] y, int at, int from, int n, float[] r, int ro) {
        int c = 0;
        for (; c < S.loopBound(n); c += W) {
            FloatVector a = FloatVector.fromArray(S, scale, from + c);
            FloatVector b = FloatVector.fromArray(S, shift, from + c);
            FloatVector v = FloatVector.fromArray(S, y, at + c).fma(a, b);
            clamped(v.add(FloatVector.fromArray(S, r, ro + c))).intoArray(y, at + c);
        }
        if (c < n) {
            VectorMask<Float> m = S.indexInRange(c, n);
            FloatVector a = FloatVector.fromArray(S, scale, from + c, m);
            FloatVector b = FloatVector.fromArray(S, shift, from + c, m);
            FloatVector v = FloatVector.fromArray(S, y, at + c, m).fma(a, b);
            clamped(v.add(FloatVector.fromArray(S, r, ro + c, m))).intoArray(y, at + c, m);
        }
    }

    private FloatVector clamped(FloatVector v) {
        FloatVector least = FloatVector.broadcast(S, low);
        FloatVector most = FloatVector.broadcast(S, high);
        FloatVector u = v.blend(least, v.compare(VectorOperators.LT, least));
        return u.blend(most, u.compare(VectorOperators.GT, most));
    }
}
