package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Initialization.Fans;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class InitializationTest {
    private final Generator g = new Generator().manualSeed(1);

    @Test
    void fansCountTheKernelsPositions() {
        assertEquals(new Fans(5, 3), Fans.of(3, 5));
        assertEquals(new Fans(3 * 49, 64 * 49), Fans.of(64, 3, 7, 7));
        assertEquals(147, Fans.of(64, 3, 7, 7).by("fan_in"));
        assertEquals(3136, Fans.of(64, 3, 7, 7).by("fan_out"));
    }

    @Test
    void gainsAreThoseOfTheNonlinearities() {
        assertEquals(1, Initialization.gain("conv2d"));
        assertEquals(1, Initialization.gain("sigmoid"));
        assertEquals(5.0 / 3, Initialization.gain("tanh"));
        assertEquals(Math.sqrt(2), Initialization.gain("relu"));
        assertEquals(Math.sqrt(2 / 1.0001), Initialization.gain("leaky_relu"));
        assertEquals(1, Initialization.gain("leaky_relu", 1));
        assertEquals(0.75, Initialization.gain("selu"));
    }

    @Test
    void boundsAreThoseOfTheirSpreads() {
        Fans fans = Fans.of(64, 3, 7, 7);
        assertEquals(Math.sqrt(6.0 / 3136), Initialization.kaimingBound(3136, Math.sqrt(2)), 1e-15);
        assertEquals(Math.sqrt(6.0 / (147 + 3136)), Initialization.xavierBound(fans, 1), 1e-15);
        assertEquals(1 / Math.sqrt(147), Initialization.weightBound(fans), 1e-15);
        assertEquals(1 / Math.sqrt(147), Initialization.biasBound(147));
        assertEquals(0, Initialization.biasBound(0));
    }

    @Test
    void truncatedValuesStayWithin() {
        float[] w = new float[1000];
        Initialization.truncatedNormal(g, w, 0, 1, -0.5, 0.25);
        double[] v = new double[1000];
        Initialization.truncatedNormal(g, v, 5, 2, 4.5, 7);
        for (int i = 0; i < 1000; i++) {
            assertTrue(w[i] >= -0.5 && w[i] <= 0.25);
            assertTrue(v[i] >= 4.5 && v[i] <= 7);
        }
    }

    @Test
    void aHopelessWindowEndsWithAnError() {
        String message =
                assertThrows(
                                ArithmeticException.class,
                                () -> Initialization.truncatedNormal(g, new float[4], 0, 1, 50, 51))
                        .getMessage();
        assertEquals(
                "trunc_normal_: after 1000 draws values still lie outside [50.0, 51.0] (mean 0.0, std 1.0)",
                message);
    }

    @Test
    void orthogonalMatricesAre() {
        for (int[] size : new int[][] {{5, 5}, {7, 3}, {3, 7}, {1, 4}, {4, 1}, {40, 33}}) {
            assertOrthogonal(size[0], size[1], DType.FLOAT64, 1e-13);
            assertOrthogonal(size[0], size[1], DType.FLOAT32, 2e-6);
        }
    }

    private void assertOrthogonal(int rows, int cols, DType dtype, double tolerance) {
        double[] a = Initialization.orthogonal(g, dtype, rows, cols, 2);
        boolean wide = rows < cols;
        int count = Math.min(rows, cols);
        int length = Math.max(rows, cols);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                double dot = 0;
                for (int k = 0; k < length; k++) {
                    double x = wide ? a[i * cols + k] : a[k * cols + i];
                    double y = wide ? a[j * cols + k] : a[k * cols + j];
                    dot += x * y;
                }
                assertEquals(i == j ? 4 : 0, dot, 4 * tolerance);
            }
        }
    }

    @Test
    void eachColumnLosesItsShareToSparsity() {
        int[] zeros = Initialization.sparseZeros(g, 10, 4, 0.25);
        assertEquals(3 * 4, Arrays.stream(zeros).distinct().count());
        for (int j = 0; j < 4; j++) {
            int column = j;
            assertEquals(3, Arrays.stream(zeros).filter(p -> p % 4 == column).count());
        }
    }

    @Test
    void diracHandsChannelsOnInEachGroup() {
        // [4, 2, 3, 3] in 2 groups: the middles of (0, 0), (1, 1), (2, 0), (3, 1)
        assertArrayEquals(
                new int[] {4, 3 * 9 + 4, 4 * 9 + 4, 7 * 9 + 4},
                Initialization.diracOnes(2, 4, 2, 3, 3));
        assertArrayEquals(new int[] {1, 10}, Initialization.diracOnes(1, 2, 2, 3));
        assertArrayEquals(new int[] {0, 4}, Initialization.eyeOnes(2, 3));
    }

    @Test
    void whatCannotBeInitializedIsRefused() {
        refused("fans: a weight needs at least 2 dimensions, got [3]", () -> Fans.of(3));
        refused(
                "fans: mode must be fan_in or fan_out, got fan_avg",
                () -> Fans.of(2, 2).by("fan_avg"));
        refused("gain: unsupported nonlinearity gelu", () -> Initialization.gain("gelu"));
        refused(
                "trunc_normal_: low 2.0 is above high 1.0",
                () -> Initialization.truncatedNormal(g, new float[1], 0, 1, 2, 1));
        refused(
                "orthogonal_: needs float32 or float64, got float16",
                () -> Initialization.orthogonal(g, DType.FLOAT16, 2, 2, 1));
        refused(
                "dirac_: a weight needs 3, 4 or 5 dimensions, got [2, 2]",
                () -> Initialization.diracOnes(1, 2, 2));
        refused(
                "dirac_: 4 output channels do not divide into 3 groups (weight [4, 2, 3])",
                () -> Initialization.diracOnes(3, 4, 2, 3));
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
