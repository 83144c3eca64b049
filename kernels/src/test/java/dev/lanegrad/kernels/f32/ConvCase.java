package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanegrad.kernels.ConvAlgorithm;
import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.WeightStrides;
import dev.lanegrad.kernels.any.Conv2d;
import dev.lanegrad.kernels.any.PackedConv2d;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A convolution of small integers, exact in any order of summation, and its gradients, beside
/// their definition; everything around an operand is NaN. Winograd's roots of two are not exact,
/// but a wrong element is wrong by a whole number.
final class ConvCase {
    private static final int GUARD = 3;
    private static final float LOW = -20;
    private static final float HIGH = 30;

    private final ConvShape s;
    private final ConvAlgorithm algorithm;
    private final WeightStrides ws;
    private final boolean biased;
    private final float[] x;
    private final float[] w;
    private final float[] bias;
    private final float[] gy;
    private final double[] y;
    private final double[] gx;
    private final double[] gw;

    ConvCase(ConvShape s, ConvAlgorithm algorithm, Random random) {
        this.s = s;
        this.algorithm = algorithm;
        this.ws = random.nextBoolean() ? WeightStrides.channelsLast(s) : WeightStrides.rowMajor(s);
        this.biased = random.nextBoolean();
        x = integers(s.n() * s.c() * s.h() * s.w(), random);
        w = integers(s.o() * s.groupC() * s.kh() * s.kw(), random);
        bias = integers(s.o(), random);
        gy = integers(s.n() * s.o() * s.outH() * s.outW(), random);
        y = new double[gy.length - 2 * GUARD];
        gx = new double[x.length - 2 * GUARD];
        gw = new double[w.length - 2 * GUARD];
        for (int p = 0; p < s.n() * s.outH() * s.outW(); p++) {
            for (int r = 0; r < s.kh(); r++) {
                for (int q = 0; q < s.kw(); q++) {
                    tap(p, r, q);
                }
            }
            for (int o = 0; biased && o < s.o(); o++) {
                y[p * s.o() + o] += bias[GUARD + o];
            }
        }
    }

    private void tap(int p, int r, int q) {
        int image = p / s.outW() / s.outH();
        int h = p / s.outW() % s.outH() * s.strideH() + r * s.dilationH() - s.padH();
        int v = p % s.outW() * s.strideW() + q * s.dilationW() - s.padW();
        if (h < 0 || v < 0 || h >= s.h() || v >= s.w()) {
            return;
        }
        for (int o = 0; o < s.o(); o++) {
            for (int c = 0; c < s.groupC(); c++) {
                int group = o / s.groupO();
                int yi = p * s.o() + o;
                int xi = ((image * s.h() + h) * s.w() + v) * s.c() + group * s.groupC() + c;
                int wi = o * ws.o() + c * ws.c() + r * ws.kh() + q * ws.kw();
                y[yi] += x[GUARD + xi] * w[GUARD + wi];
                gx[xi] += gy[GUARD + yi] * w[GUARD + wi];
                gw[wi] += gy[GUARD + yi] * x[GUARD + xi];
            }
        }
    }

    void run() {
        float[] result = poisoned(y.length);
        float[] b = biased ? bias : null;
        Conv2d.forward(x, GUARD, w, GUARD, ws, b, GUARD, result, GUARD, s, algorithm);
        check(y, result, "y of " + s + ws);
        runPacked(b, result);
        result = poisoned(gx.length);
        Conv2d.gradInput(gy, GUARD, w, GUARD, ws, result, GUARD, s, algorithm);
        check(gx, result, "gx of " + s + ws);
        result = poisoned(gw.length);
        Conv2d.gradWeight(x, GUARD, gy, GUARD, result, GUARD, ws, s, algorithm);
        check(gw, result, "gw of " + s + ws);
    }

    /// Packed weights change no bit; the epilogue is a function of what it is given.
    private void runPacked(float @Nullable [] b, float[] plain) {
        float[] packed = (float[]) PackedConv2d.pack(w, GUARD, ws, s, algorithm);
        float[] result = poisoned(y.length);
        packed(packed, b, null, null, null, 0, result);
        assertArrayEquals(plain, result, "packed y of " + s + ws);
        float[] scale = ramp(3);
        float[] shift = ramp(7);
        for (float[] residual : new float[][] {null, gy}) {
            result = poisoned(y.length);
            packed(packed, b, scale, shift, residual, GUARD, result);
            float[] expected = poisoned(y.length);
            for (int i = 0; i < y.length; i++) {
                float v = Math.fma(plain[GUARD + i], scale[i % s.o()], shift[i % s.o()]);
                v = residual == null ? v : v + residual[GUARD + i];
                expected[GUARD + i] = Math.clamp(v, LOW, HIGH);
            }
            assertArrayEquals(expected, result, "epilogue of " + s + ws);
        }
    }

    private void packed(
            float[] packed,
            float @Nullable [] b,
            float @Nullable [] scale,
            float @Nullable [] shift,
            float @Nullable [] residual,
            int ro,
            float[] result) {
        PackedConv2d.forward(
                x, GUARD, packed, b, GUARD, scale, shift, residual, ro, LOW, HIGH, result, GUARD, s,
                algorithm);
    }

    private float[] ramp(int modulus) {
        float[] values = new float[s.o()];
        for (int o = 0; o < values.length; o++) {
            values[o] = o % modulus - 1;
        }
        return values;
    }

    private void check(double[] expected, float[] result, String what) {
        if (algorithm == ConvAlgorithm.DIRECT) {
            assertArrayEquals(guarded(expected), result, what);
        } else {
            assertArrayEquals(guarded(expected), result, 0.05f, what);
        }
    }

    private static float[] integers(int n, Random random) {
        float[] a = poisoned(n);
        for (int i = 0; i < n; i++) {
            a[GUARD + i] = random.nextInt(9) - 4;
        }
        return a;
    }

    private static float[] poisoned(int n) {
        float[] a = new float[n + 2 * GUARD];
        Arrays.fill(a, Float.NaN);
        return a;
    }

    private static float[] guarded(double[] expected) {
        float[] a = poisoned(expected.length);
        for (int i = 0; i < expected.length; i++) {
            a[GUARD + i] = (float) expected[i];
        }
        return a;
    }
}
