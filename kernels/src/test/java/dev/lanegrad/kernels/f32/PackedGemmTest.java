package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanegrad.kernels.any.Gemm;
import dev.lanegrad.kernels.any.PackedGemm;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The products are held against those of the factor itself, bit for bit: these are held against a
/// plain loop.
class PackedGemmTest {
    private final Random random = new Random(9);

    private float[] floats(int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextFloat() - 0.5f;
        }
        return x;
    }

    private static double[] doubles(float[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i] / 3.0;
        }
        return y;
    }

    @Test
    void bitsAreThoseOfTheFactorItself() {
        for (int m : new int[] {2, 7, 61}) {
            for (int n : new int[] {2, 16, 39, 70, 1100}) {
                for (int k : new int[] {2, 30, 257, 600}) {
                    check(m, n, k, false);
                    check(m, n, k, true);
                }
            }
        }
    }

    /// B lies column by column, A may.
    private void check(int m, int n, int k, boolean columns) {
        int ars = columns ? 1 : k;
        int acs = columns ? m : 1;
        float[] a = floats(m * k);
        float[] b = floats(k * n);
        float[] z = floats(m * n);
        float[] expected = new float[m * n];
        float[] c = new float[m * n];
        Object packed = PackedGemm.pack(n, k, b, 0, 1, k);
        Gemm.gemm(m, n, k, a, 0, ars, acs, b, 0, 1, k, expected, 0, n, false);
        PackedGemm.addmm(m, n, k, null, 0, 0, a, 0, ars, acs, packed, c, 0, n);
        assertArrayEquals(expected, c);
        for (int ldz : new int[] {0, n}) {
            Gemm.addmm(m, n, k, z, 0, ldz, a, 0, ars, acs, b, 0, 1, k, expected, 0, n);
            PackedGemm.addmm(m, n, k, z, 0, ldz, a, 0, ars, acs, packed, c, 0, n);
            assertArrayEquals(expected, c);
        }
        PackedGemm.addmm(m, n, k, z, 0, n, a, 0, ars, acs, packed, z, 0, n);
        assertArrayEquals(expected, z);

        double[] da = doubles(a);
        double[] db = doubles(b);
        double[] de = new double[m * n];
        double[] dc = new double[m * n];
        Gemm.gemm(m, n, k, da, 0, ars, acs, db, 0, 1, k, de, 0, n, false);
        Object dp = PackedGemm.pack(n, k, db, 0, 1, k);
        PackedGemm.addmm(m, n, k, null, 0, 0, da, 0, ars, acs, dp, dc, 0, n);
        assertArrayEquals(de, dc);
    }
}
