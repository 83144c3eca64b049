package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.kernels.Layout;
import dev.lanegrad.kernels.any.RunningExtreme;
import dev.lanegrad.kernels.any.RunningLogSum;
import dev.lanegrad.kernels.any.Scan;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScanTest {
    private final Random random = new Random(1);

    @Test
    void runningSumsAndProductsAlongAnyAxis() {
        int[] sizes = {3, 1, 40, 5};
        for (int axis = 0; axis < 4; axis++) {
            Operand x = Operand.normal(random, Layout.random(random, sizes));
            Operand sum = Operand.output(Layout.random(random, sizes));
            Operand product = Operand.output(Layout.random(random, sizes));
            Scan.cumsum(
                    sizes,
                    axis,
                    x.data,
                    x.offset(),
                    x.strides(),
                    sum.data,
                    sum.offset(),
                    sum.strides());
            Scan.cumprod(
                    sizes,
                    axis,
                    x.data,
                    x.offset(),
                    x.strides(),
                    product.data,
                    product.offset(),
                    product.strides());
            sum.assertGuards();
            product.assertGuards();
            int inner = 1;
            for (int a = axis + 1; a < 4; a++) {
                inner *= sizes[a];
            }
            for (int i = 0; i < x.layout.count(); i++) {
                int place = i / inner % sizes[axis];
                double s = 0;
                double p = 1;
                for (int k = place; k >= 0; k--) {
                    s += x.get(i - k * inner);
                    p *= x.get(i - k * inner);
                }
                assertEquals((float) s, sum.get(i));
                assertEquals((float) p, product.get(i));
            }
        }
    }

    @Test
    void runningSumsAndProductsOfDenseRows() {
        for (int rows = 1; rows < 10; rows++) {
            Operand x = Operand.normal(random, Layout.dense(rows, 33));
            Operand y = Operand.output(Layout.dense(rows, 33));
            Operand z = Operand.output(Layout.dense(rows, 33));
            int[] sizes = {rows, 33};
            Scan.cumsum(sizes, 1, x.data, x.offset(), x.strides(), y.data, y.offset(), y.strides());
            Scan.cumprod(
                    sizes, 1, x.data, x.offset(), x.strides(), z.data, z.offset(), z.strides());
            y.assertGuards();
            z.assertGuards();
            double sum = 0;
            double product = 1;
            for (int i = 0; i < rows * 33; i++) {
                sum = (i % 33 == 0 ? 0 : sum) + x.get(i);
                product = (i % 33 == 0 ? 1 : product) * x.get(i);
                assertEquals((float) sum, y.get(i));
                assertEquals((float) product, z.get(i));
            }
        }
    }

    @Test
    void longSumsAreTakenInDoublePrecision() {
        int n = 1_000_000;
        float[] x = new float[n];
        java.util.Arrays.fill(x, 0.1f);
        Scan.cumsum(new int[] {n}, 0, x, 0, new int[] {1}, x, 0, new int[] {1});
        assertEquals(n * (double) 0.1f, x[n - 1], n * 1e-8);
    }

    @Test
    void ofEqualExtremesAndOfNaNsTheLatestCounts() {
        float[] x = {2, 3, 3, 1, 0, 5, 0, 1};
        x[4] = (float) Double.NaN;
        x[6] = (float) Double.NaN;
        long[] most = new long[8];
        long[] least = new long[8];
        int[] one = {1};
        RunningExtreme.argmax(new int[] {8}, 0, x, 0, one, most, 0, one);
        RunningExtreme.argmin(new int[] {8}, 0, x, 0, one, least, 0, one);
        assertArrayEquals(new long[] {0, 1, 2, 2, 4, 4, 6, 6}, most);
        assertArrayEquals(new long[] {0, 0, 0, 3, 4, 4, 6, 6}, least);
    }

    @Test
    void runningExtremesOfLongRowsAreThoseOfOneElementAfterTheOther() {
        for (int n : new int[] {1, 63, 64, 65, 128, 300}) {
            for (int different : new int[] {2, 40, 1_000_000}) {
                float[] x = new float[n + 2];
                for (int i = 0; i < x.length; i++) {
                    x[i] = (float) random.nextInt(different);
                }
                x[2 + n / 3] = (float) Double.NEGATIVE_INFINITY;
                checkExtremes(x, n);
                x[2 + n / 2] = (float) Double.NaN;
                checkExtremes(x, n);
            }
        }
    }

    /// Of the n elements from the third on.
    private static void checkExtremes(float[] x, int n) {
        long[] most = new long[n];
        long[] least = new long[n];
        int[] one = {1};
        RunningExtreme.argmax(new int[] {n}, 0, x, 2, one, most, 0, one);
        RunningExtreme.argmin(new int[] {n}, 0, x, 2, one, least, 0, one);
        int top = 0;
        int bottom = 0;
        for (int i = 0; i < n; i++) {
            boolean missing = Double.isNaN(x[2 + i]);
            top = missing || x[2 + i] >= x[2 + top] ? i : top;
            bottom = missing || x[2 + i] <= x[2 + bottom] ? i : bottom;
            assertEquals(top, most[i]);
            assertEquals(bottom, least[i]);
        }
    }

    @Test
    void logarithmsOfRunningSumsOfExponentials() {
        int[] sizes = {4, 30};
        Operand x = Operand.normal(random, Layout.random(random, sizes));
        Operand y = Operand.output(Layout.random(random, sizes));
        RunningLogSum.logcumsumexp(
                sizes, 1, x.data, x.offset(), x.strides(), y.data, y.offset(), y.strides());
        y.assertGuards();
        for (int i = 0; i < 120; i++) {
            double sum = 0;
            for (int k = i / 30 * 30; k <= i; k++) {
                sum += Math.exp(x.get(k));
            }
            assertEquals(Math.log(sum), y.get(i), 1e-6);
        }
    }

    @Test
    void logarithmsOfSumsOfNumbersFarApart() {
        int n = 2000;
        for (float scale : new float[] {1f, 100f, 10000f}) {
            float[] x = new float[n];
            float[] y = new float[n];
            for (int i = 0; i < n; i++) {
                x[i] = (float) random.nextGaussian() * scale - i;
            }
            int[] one = {1};
            RunningLogSum.logcumsumexp(new int[] {n}, 0, x, 0, one, y, 0, one);
            double sum = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                double most = Math.max(sum, x[i]);
                sum = most + Math.log1p(Math.exp(Math.min(sum, x[i]) - most));
                assertEquals(sum, y[i], 1e-6 * Math.max(1, Math.abs(sum)));
            }
        }
    }

    @Test
    void infinitiesAndNaNsInSumsOfExponentials() {
        float most = (float) Double.POSITIVE_INFINITY;
        float[] x = {-most, -most, 1, -most, 2, most, 3, most, (float) Double.NaN, 4};
        float[] y = new float[x.length];
        int[] one = {1};
        RunningLogSum.logcumsumexp(new int[] {x.length}, 0, x, 0, one, y, 0, one);
        assertEquals(-most, y[1]);
        assertEquals(1, y[3], 1e-6);
        assertEquals(Math.log(Math.exp(1) + Math.exp(2)), y[4], 1e-6);
        assertEquals(most, y[7]);
        assertEquals(true, Double.isNaN(y[8]) && Double.isNaN(y[9]));
    }
}
