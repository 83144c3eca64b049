package dev.lanegrad;

/// The uniform and normal values of float16 and bfloat16 tensors: each step is rounded to the
/// element type, and values are held in floats. Otherwise as [Distributions].
final class NarrowDistributions {
    private NarrowDistributions() {}

    /// `x` rounded to the nearest value of `dtype`, ties to even.
    static float round(DType dtype, float x) {
        return switch (dtype) {
            case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16(x));
            case BFLOAT16 -> {
                if (Float.isNaN(x)) {
                    yield x;
                }
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
        int bits = RandomIntegers.digits(dtype);
        float base = round(dtype, (float) low);
        float width = round(dtype, round(dtype, (float) high) - base);
        g.lock();
        try {
            for (int i = at; i < at + n; i++) {
                y[i] = round(dtype, Math.fma(g.nextFloat(bits), width, base));
            }
        } finally {
            g.unlock();
        }
    }

    /// Normal, for contiguous tensors.
    static void normal(
            Generator g, DType dtype, float[] y, int at, int n, double mean, double std) {
        if (n < BoxMuller.BLOCK) {
            normalEach(g, dtype, y, at, n, mean, std);
            return;
        }
        float m = round(dtype, (float) mean);
        float s = round(dtype, (float) std);
        int end = at + n;
        g.lock();
        try {
            uniform(g, dtype, y, at, n, 0, 1);
            for (int i = at; i <= end - BoxMuller.BLOCK; i += BoxMuller.BLOCK) {
                turn(dtype, y, i, m, s);
            }
            if (n % BoxMuller.BLOCK != 0) {
                uniform(g, dtype, y, end - BoxMuller.BLOCK, BoxMuller.BLOCK, 0, 1);
                turn(dtype, y, end - BoxMuller.BLOCK, m, s);
            }
        } finally {
            g.unlock();
        }
    }

    /// Normal one by one, for strided tensors of any size.
    static void normalEach(
            Generator g, DType dtype, float[] y, int at, int n, double mean, double std) {
        Distributions.normalEach(g, y, at, n, mean, std);
        for (int i = at; i < at + n; i++) {
            y[i] = round(dtype, y[i]);
        }
    }

    private static void turn(DType dtype, float[] y, int at, float mean, float std) {
        int half = BoxMuller.BLOCK / 2;
        for (int j = at; j < at + half; j++) {
            float log = round(dtype, (float) StrictMath.log(1 - y[j]));
            float radius = round(dtype, (float) Math.sqrt(round(dtype, -2 * log)));
            float angle = round(dtype, (float) (2 * Math.PI * y[j + half]));
            float cos = round(dtype, (float) StrictMath.cos(angle));
            float sin = round(dtype, (float) StrictMath.sin(angle));
            y[j] = scaled(dtype, round(dtype, radius * cos), mean, std);
            y[j + half] = scaled(dtype, round(dtype, radius * sin), mean, std);
        }
    }

    private static float scaled(DType dtype, float normal, float mean, float std) {
        return round(dtype, round(dtype, normal * std) + mean);
    }
}
