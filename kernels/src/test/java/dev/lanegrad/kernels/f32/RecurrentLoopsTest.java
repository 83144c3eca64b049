package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.kernels.SameBits;
import dev.lanegrad.kernels.any.Gru;
import dev.lanegrad.kernels.any.Lstm;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Two moments forwards are one moment and then another, of which each is compared with the formula
/// in double precision; backwards is forwards on the sequence turned round.
class RecurrentLoopsTest {
    private static final double EPSILON = 8 * Math.ulp(1f);

    private final Random random = new Random(4);

    private float[] values(int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) (2 * random.nextDouble() - 1);
        }
        return x;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double dot(int n, float[] a, int ao, float[] b, int bo) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (double) a[ao + i] * b[bo + i];
        }
        return sum;
    }

    @Test
    void memoriesFollowTheirFormula() {
        for (int h : new int[] {1, 5, 16, 37}) {
            int n = 3;
            int p = h + 2;
            float[] x = values(n * 4 * h);
            float[] w = values(4 * h * p);
            float[] h0 = values(n * p);
            float[] c0 = values(n * h);
            float[] gates = new float[n * 4 * h];
            float[] cells = new float[n * h];
            float[] y = new float[n * h];
            Lstm.forward(1, n, h, p, false, x, 0, w, 0, p, 1, h0, 0, c0, 0, gates, 0, cells, 0, y);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < h; j++) {
                    double[] g = new double[4];
                    for (int part = 0; part < 4; part++) {
                        int row = part * h + j;
                        g[part] = x[i * 4 * h + row] + dot(p, h0, i * p, w, row * p);
                    }
                    double c = sigmoid(g[1]) * c0[i * h + j] + sigmoid(g[0]) * Math.tanh(g[2]);
                    assertEquals(c, cells[i * h + j], EPSILON);
                    assertEquals(sigmoid(g[3]) * Math.tanh(c), y[i * h + j], EPSILON);
                }
            }
        }
    }

    @Test
    void gatedUnitsFollowTheirFormula() {
        for (int h : new int[] {1, 5, 16, 37}) {
            int n = 3;
            float[] x = values(n * 3 * h);
            float[] w = values(3 * h * h);
            float[] b = values(3 * h);
            float[] h0 = values(n * h);
            float[] gates = new float[n * 4 * h];
            float[] y = new float[n * h];
            Gru.forward(1, n, h, true, x, 0, w, 0, h, 1, b, 0, h0, 0, gates, 0, y);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < h; j++) {
                    double[] q = new double[3];
                    for (int part = 0; part < 3; part++) {
                        int row = part * h + j;
                        q[part] = b[row] + dot(h, h0, i * h, w, row * h);
                    }
                    int at = i * 3 * h + j;
                    double r = sigmoid(x[at] + q[0]);
                    double z = sigmoid(x[at + h] + q[1]);
                    double fresh = Math.tanh(x[at + 2 * h] + r * q[2]);
                    assertEquals((1 - z) * fresh + z * h0[i * h + j], y[i * h + j], EPSILON);
                }
            }
        }
    }

    @Test
    void resultsDoNotDependOnThreads() {
        int t = 3;
        int n = 70;
        int h = 130;
        float[] x = values(t * n * 4 * h);
        float[] w = values(4 * h * h);
        float[] state = values(n * h);
        float[] gates = new float[t * n * 4 * h];
        float[] cells = new float[t * n * h];
        float[] y = new float[t * n * h];
        SameBits.forAnyThreads(
                () ->
                        Lstm.forward(
                                t, n, h, h, false, x, 0, w, 0, h, 1, state, 0, state, 0, gates,
                                n * 4 * h, cells, n * h, y),
                y);
        float[] gx = new float[x.length];
        float[] gh = new float[n * h];
        float[] gc = new float[n * h];
        SameBits.forAnyThreads(
                () -> {
                    java.util.Arrays.fill(gc, 1);
                    Lstm.backward(
                            t, n, h, h, false, w, 0, h, 1, state, 0, gates, cells, y, 0, gx, gh,
                            gc);
                },
                gx);
        SameBits.forAnyThreads(
                () ->
                        Gru.forward(
                                t, n, h, true, x, 0, w, 0, h, 1, null, 0, state, 0, gates,
                                n * 4 * h, y),
                y);
        SameBits.forAnyThreads(
                () ->
                        Gru.backward(
                                t,
                                n,
                                h,
                                true,
                                w,
                                0,
                                h,
                                1,
                                state,
                                0,
                                gates,
                                y,
                                x,
                                0,
                                gx,
                                gates.clone(),
                                gh),
                gx);
    }
}
