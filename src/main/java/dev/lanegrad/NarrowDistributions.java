package dev.lanegrad;

/// The uniform and normal values of float16 and bfloat16 tensors: float values that are rounded at
/// the end, and held in floats. Otherwise as [Distributions].
final class NarrowDistributions {
    private NarrowDistributions() {}

    /// A finite `x` rounded to the nearest value of `dtype`, ties to even.
    static float round(DType dtype, float x) {
        return switch (dtype) {
            case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16(x));
            case BFLOAT16 -> {
                int bits = Float.floatToRawIntBits(x);
                int odd = (bits >>> 16) & 1;
                yield Float.intBitsToFloat((bits + 0x7fff + odd) & 0xffff0000);
            }
            default -> throw new IllegalArgumentException(dtype + " is no narrow float");
        };
    }

    /// Uniform in [low, high).
    static void uniform(
            Generator g, DType dtype, float[] y, int at, int n, double low, double high) {
        Distributions.uniform(g, y, at, n, low, high);
        float base = round(dtype, (float) low);
        float end = round(dtype, (float) high);
        for (int i = at; i < at + n; i++) {
            float x = round(dtype, y[i]);
            y[i] = x == end ? base : x;
        }
    }

    /// Normal, for contiguous tensors. Unlike the wider types, these skip the first draw of the
    /// elements after the last whole block of 16.
    static void normal(
            Generator g, DType dtype, float[] y, int at, int n, double mean, double std) {
        if (n < BoxMuller.BLOCK) {
            normalEach(g, dtype, y, at, n, mean, std);
            return;
        }
        int rest = n % BoxMuller.BLOCK;
        g.lock();
        try {
            Distributions.normal(g, y, at, n - rest, mean, std);
            if (rest > 0) {
                int last = at + n - BoxMuller.BLOCK;
                Distributions.normal(g, y, last, BoxMuller.BLOCK, mean, std);
            }
        } finally {
            g.unlock();
        }
        round(dtype, y, at, n);
    }

    /// Normal one by one, for strided tensors of any size.
    static void normalEach(
            Generator g, DType dtype, float[] y, int at, int n, double mean, double std) {
        Distributions.normalEach(g, y, at, n, mean, std);
        round(dtype, y, at, n);
    }

    private static void round(DType dtype, float[] y, int at, int n) {
        for (int i = at; i < at + n; i++) {
            y[i] = round(dtype, y[i]);
        }
    }
}
