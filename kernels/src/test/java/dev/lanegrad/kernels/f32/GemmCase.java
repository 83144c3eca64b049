package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanegrad.kernels.any.Gemm;
import java.util.Arrays;
import java.util.Random;

/// A product of random small integers in matrices of random strides, everything around which is
/// NaN.
final class GemmCase {
    private final int m;
    private final int n;
    private final int k;
    private final Random random;

    GemmCase(int m, int n, int k, Random random) {
        this.m = m;
        this.n = n;
        this.k = k;
        this.random = random;
    }

    /// A matrix in an array: element `[i, j]` is at `o + i·rs + j·cs`.
    private record Matrix(float[] x, int o, int rs, int cs) {}

    void run() {
        Matrix a = matrix(m, k);
        Matrix b = matrix(k, n);
        boolean accumulate = random.nextBoolean();
        int ldc = n + random.nextInt(4);
        int co = random.nextInt(3);
        float[] c = new float[co + m * ldc + 5];
        Arrays.fill(c, Float.NaN);
        float[] expected = c.clone();
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                int at = co + i * ldc + j;
                double sum = 0;
                for (int p = 0; p < k; p++) {
                    sum += (double) a.x[a.o + i * a.rs + p * a.cs] * b.x[b.o + p * b.rs + j * b.cs];
                }
                if (accumulate) {
                    c[at] = random.nextInt(100);
                    sum += c[at];
                }
                expected[at] = (float) sum;
            }
        }
        Gemm.gemm(m, n, k, a.x, a.o, a.rs, a.cs, b.x, b.o, b.rs, b.cs, c, co, ldc, accumulate);
        assertArrayEquals(expected, c, () -> this + " A " + strides(a) + " B " + strides(b));
        sum(a, b, ldc, co, c);
    }

    /// The product added to another matrix, or to one row.
    private void sum(Matrix a, Matrix b, int ldc, int co, float[] product) {
        float[] zero = product.clone();
        Gemm.gemm(m, n, k, a.x, a.o, a.rs, a.cs, b.x, b.o, b.rs, b.cs, zero, co, ldc, false);
        int ldz = random.nextBoolean() ? 0 : n + random.nextInt(3);
        int zo = random.nextInt(3);
        float[] z = new float[zo + m * ldz + n];
        for (int i = 0; i < z.length; i++) {
            z[i] = random.nextInt(100);
        }
        float[] expected = zero.clone();
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                expected[co + i * ldc + j] += z[zo + i * ldz + j];
            }
        }
        float[] c = new float[zero.length];
        Arrays.fill(c, Float.NaN);
        Gemm.addmm(m, n, k, z, zo, ldz, a.x, a.o, a.rs, a.cs, b.x, b.o, b.rs, b.cs, c, co, ldc);
        assertArrayEquals(expected, c, () -> this + " Z " + ldz);
    }

    private Matrix matrix(int rows, int columns) {
        int gap = random.nextInt(3);
        int rs = columns + gap;
        int cs = 1;
        switch (random.nextInt(5)) {
            case 0, 1 -> {}
            case 2, 3 -> {
                rs = 1;
                cs = rows + gap;
            }
            default -> {
                rs = 2 * (columns + gap);
                cs = 2;
            }
        }
        int o = random.nextInt(4);
        float[] x = new float[o + (rows - 1) * rs + (columns - 1) * cs + 1 + random.nextInt(3)];
        Arrays.fill(x, Float.NaN);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                x[o + i * rs + j * cs] = random.nextInt(17) - 8;
            }
        }
        return new Matrix(x, o, rs, cs);
    }

    private static String strides(Matrix x) {
        return x.rs + ", " + x.cs;
    }

    @Override
    public String toString() {
        return m + "x" + n + "x" + k;
    }
}
