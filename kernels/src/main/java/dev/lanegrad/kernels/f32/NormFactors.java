package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Scratch;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// What a normalization does to each channel, `(x − mean)·scale + shift`, for all the rows of a
/// wide row. Scratch arrays, to be released.
record NormFactors(float[] mean, float[] scale, float[] shift) {
    private static final VectorSpecies<Float> S = Lanes.S;

    /// `scale := invStd·w`, `shift := b`; a missing w is 1, a missing b is 0.
    static NormFactors of(
            Channels all,
            int channels,
            float[] mean,
            int mo,
            float[] invStd,
            int so,
            float @Nullable [] w,
            int wo,
            float @Nullable [] b,
            int bo) {
        float[] m = Scratch.floats(all.width);
        float[] scale = Scratch.floats(all.width);
        float[] shift = Scratch.floats(all.width);
        all.spread(mean, mo, m);
        for (int c = 0; c < channels; c++) {
            scale[c] = w == null ? invStd[so + c] : invStd[so + c] * w[wo + c];
            shift[c] = b == null ? 0 : b[bo + c];
        }
        all.spread(scale, 0, scale);
        all.spread(shift, 0, shift);
        return new NormFactors(m, scale, shift);
    }

    /// `x − mean` for a vector of channels from c on.
    FloatVector distance(float[] x, int xo, int c) {
        return FloatVector.fromArray(S, x, xo + c).sub(FloatVector.fromArray(S, mean, c));
    }

    FloatVector distance(float[] x, int xo, int c, VectorMask<Float> m) {
        return FloatVector.fromArray(S, x, xo + c, m).sub(FloatVector.fromArray(S, mean, c, m));
    }

    /// `d·scale + shift` for a vector of channels from c on.
    FloatVector result(FloatVector d, int c) {
        return d.fma(FloatVector.fromArray(S, scale, c), FloatVector.fromArray(S, shift, c));
    }

    FloatVector result(FloatVector d, int c, VectorMask<Float> m) {
        return d.fma(FloatVector.fromArray(S, scale, c, m), FloatVector.fromArray(S, shift, c, m));
    }

    void release() {
        Scratch.release(mean);
        Scratch.release(scale);
        Scratch.release(shift);
    }
}
