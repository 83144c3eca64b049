package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanegrad.kernels.Simd;
import dev.lanegrad.kernels.any.Gemm;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedFactorTest {
    private final Random random = new Random(5);

    private float[] values(int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextInt(17) - 8;
        }
        return x;
    }

    @Test
    void productsAreThoseOfTheFactorItself() {
        assumeTrue(Simd.VECTOR); // this form of the kernel; the dispatchers choose another without
        for (int[] size :
                new int[][] {
                    {1, 1, 1}, {1, 70, 300}, {7, 64, 257}, {30, 130, 40}, {5, 2100, 300}
                }) {
            int m = size[0];
            int n = size[1];
            int k = size[2];
            float[] a = values(m * k);
            float[] b = values(k * n);
            float[] z = values(n);
            float[] expected = new float[m * n];
            Gemm.addmm(m, n, k, z, 0, 0, a, 0, k, 1, b, 0, 1, k, expected, 0, n);
            PackedFactor factor = PackedFactor.of(n, k, b, 0, 1, k);
            float[] c = new float[m * n];
            factor.multiply(m, a, 0, k, 1, z, 0, 0, c, 0, n);
            assertArrayEquals(expected, c);
            factor.multiply(m, a, 0, k, 1, null, 0, 0, c, 0, n);
            Gemm.gemm(m, n, k, a, 0, k, 1, b, 0, 1, k, expected, 0, n, false);
            assertArrayEquals(expected, c);
            factor.release();
        }
    }
}
