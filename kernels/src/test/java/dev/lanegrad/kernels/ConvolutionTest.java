package dev.lanegrad.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ConvolutionTest {
    /// Two groups of two channels to three, stride 2.
    private static final ConvShape S = new ConvShape(2, 4, 6, 5, 6, 3, 2, 2, 1, 1, 0, 1, 2, 2);

    private final Random random = new Random(5);
    private final double[] x = random.doubles(2 * 6 * 5 * 4, -1, 1).toArray();
    private final double[] w = random.doubles(6 * 2 * 3 * 2, -1, 1).toArray();
    private final double[] y = new double[2 * S.outH() * S.outW() * 6];
    private final WeightStrides rows = WeightStrides.rowMajor(S);

    @Test
    void theDefinition() {
        double[] bias = random.doubles(6, -1, 1).toArray();
        Convolution.forward(x, w, rows, bias, y, S);
        double[] expected = new double[y.length];
        for (int at = 0; at < y.length; at++) {
            int o = at % 6;
            expected[at] = bias[o];
            for (int c = 0; c < 2; c++) {
                for (int r = 0; r < 3; r++) {
                    for (int q = 0; q < 2; q++) {
                        expected[at] +=
                                w[((o * 2 + c) * 3 + r) * 2 + q] * seen(at, o / 3 * 2 + c, r, q);
                    }
                }
            }
        }
        assertArrayEquals(expected, y, 1e-13);
    }

    /// The element of x that output `at` sees through a place of the window.
    private double seen(int at, int c, int r, int q) {
        int j = at / 6 % S.outW() + 2 * q;
        int i = at / 6 / S.outW() % S.outH() * 2 + r - 1;
        int n = at / 6 / S.outW() / S.outH();
        return i < 0 || i >= 6 ? 0 : x[((n * 6 + i) * 5 + j) * 4 + c];
    }

    /// Convolution is linear in each operand: products with the gradients are products with y.
    @Test
    void gradientsAreAdjoint() {
        double[] gy = random.doubles(y.length, -1, 1).toArray();
        double[] gx = new double[x.length];
        double[] gw = new double[w.length];
        Convolution.forward(x, w, rows, null, y, S);
        Convolution.gradInput(gy, w, rows, gx, S);
        Convolution.gradWeight(x, gy, gw, rows, S);
        assertEquals(dot(gy, y), dot(gx, x), 1e-10);
        assertEquals(dot(gy, y), dot(gw, w), 1e-10);
    }

    private static double dot(double[] a, double[] b) {
        double s = 0;
        for (int i = 0; i < a.length; i++) {
            s += a[i] * b[i];
        }
        return s;
    }

    @Test
    void whatIsWrongIsSaid() {
        assertComplaint(
                "convolution forward: y needs 108 elements, but has 3",
                () -> Convolution.forward(x, w, rows, null, new double[3], S));
        assertComplaint(
                "convolution forward: w must be double[], but is float[]",
                () -> Convolution.forward(x, new float[w.length], rows, null, y, S));
        assertComplaint(
                "convolution gradInput: gy must be float[] or double[], but is int[]",
                () -> Convolution.gradInput(new int[y.length], w, rows, x, S));
        ConvShape odd = new ConvShape(2, 4, 6, 5, 6, 3, 2, 2, 1, 1, 0, 1, 2, 4);
        assertComplaint(
                "convolution gradWeight: 4 groups do not divide 4 input and 6 output channels ("
                        + odd
                        + ")",
                () -> Convolution.gradWeight(x, y, w, rows, odd));
        ConvShape same = ConvShape.of(1, 4, 6, 5, 4, 1, 1, 1, 0);
        double[] z = new double[4 * 6 * 5];
        assertComplaint(
                "convolution forward: y and x are the same array",
                () ->
                        Convolution.forward(
                                z, new double[16], WeightStrides.rowMajor(same), null, z, same));
    }

    private static void assertComplaint(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
