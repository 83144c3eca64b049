package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.kernels.Layout;
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
    void longSumsAreTakenInDoublePrecision() {
        int n = 1_000_000;
        float[] x = new float[n];
        java.util.Arrays.fill(x, 0.1f);
        Scan.cumsum(new int[] {n}, 0, x, 0, new int[] {1}, x, 0, new int[] {1});
        assertEquals(n * (double) 0.1f, x[n - 1], n * 1e-8);
    }
}
