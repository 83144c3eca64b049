package dev.lanegrad;

/// Turns uniform values into normal ones in place, a block at a time: the first half of it gives
/// radii `sqrt(-2·log(1 - u))`, the other half angles `2·pi·v`; the cosines go where the radii came
/// from, the sines where the angles came from.
///
/// The float form has the bits of PyTorch on processors with AVX2: the single-precision polynomials
/// of Moshier's Cephes library, with a fused multiply-add wherever that build has one. Its scalar
/// build differs from both by a few units in the last place.
final class BoxMuller {
    /// The block of PyTorch's functions.
    static final int BLOCK = 16;

    private static final float TWO_PI = (float) (2 * Math.PI);
    private static final float FOUR_OVER_PI = 1.2732395f;
    private static final float LN2_HIGH = 0.6933594f;
    private static final float LN2_LOW = -2.1219444e-4f;

    private BoxMuller() {}

    /// Turns the `block` values from `y[at]` on, uniform in [0, 1), into normal ones.
    static void turn(float[] y, int at, int block, float mean, float std) {
        int half = block / 2;
        for (int j = at; j < at + half; j++) {
            float radius = (float) Math.sqrt(-2f * log(1 - y[j]));
            float angle = TWO_PI * y[j + half];

            // angle = (octant)·pi/4 + x, octant even; pi/4 in three parts
            float scaled = angle * FOUR_OVER_PI;
            int octant = ((int) scaled + 1) & ~1;
            float x = Math.fma(octant, -0.78515625f, angle);
            x = Math.fma(octant, -2.4187565e-4f, x);
            x = Math.fma(octant, -3.774895e-8f, x);
            float z = x * x;
            float c = cosine(z);
            float s = sine(x, z);
            boolean straight = (octant & 2) == 0;
            float sin = signed(straight ? s : c, octant & 4);
            float cos = signed(straight ? c : s, ~(octant - 2) & 4);

            y[j] = Math.fma(radius * cos, std, mean);
            y[j + half] = Math.fma(radius * sin, std, mean);
        }
    }

    /// Turns the `block` values from `y[at]` on, uniform in [0, 1), into normal ones.
    static void turn(double[] y, int at, int block, double mean, double std) {
        int half = block / 2;
        for (int j = at; j < at + half; j++) {
            double radius = Math.sqrt(-2 * PortableMath.log(1 - y[j]));
            double angle = 2 * Math.PI * y[j + half];
            y[j] = Math.fma(radius * PortableMath.cos(angle), std, mean);
            y[j + half] = Math.fma(radius * PortableMath.sin(angle), std, mean);
        }
    }

    /// log(x) for x in [2^-24, 1]: x = m·2^e with m in [sqrt 1/2, sqrt 2), a polynomial in m - 1.
    private static float log(float x) {
        int bits = Float.floatToRawIntBits(x);
        int e = (bits >>> 23) - 126;
        float m = Float.intBitsToFloat((bits & 0x007fffff) | 0x3f000000);
        float t = m - 1;
        if (m < 0.70710677f) {
            e--;
            t += m;
        }
        float z = t * t;
        float p = 0.070376836f;
        p = Math.fma(p, t, -0.1151461f);
        p = Math.fma(p, t, 0.116769984f);
        p = Math.fma(p, t, -0.12420141f);
        p = Math.fma(p, t, 0.14249323f);
        p = Math.fma(p, t, -0.16668057f);
        p = Math.fma(p, t, 0.20000714f);
        p = Math.fma(p, t, -0.24999994f);
        p = Math.fma(p, t, 0.3333333f);
        p = Math.fma(p * t, z, e * LN2_LOW);
        p = Math.fma(z, -0.5f, p);
        return Math.fma(e, LN2_HIGH, t + p);
    }

    private static float cosine(float z) {
        float p = Math.fma(2.4433157e-5f, z, -1.3887316e-3f);
        p = Math.fma(p, z, 0.041666646f);
        return Math.fma(p * z, z, -0.5f * z) + 1;
    }

    private static float sine(float x, float z) {
        float p = Math.fma(-1.9515296e-4f, z, 8.332161e-3f);
        p = Math.fma(p, z, -0.16666655f);
        return Math.fma(p * z, x, x);
    }

    /// x with its sign turned if the bit 4 is given.
    private static float signed(float x, int four) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(x) ^ (four << 29));
    }
}
