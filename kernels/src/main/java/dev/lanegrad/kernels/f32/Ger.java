package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Parallel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// The product of a column and a row. Tiles would load and store as much for one step as for many.
final class Ger {
    private static final VectorSpecies<Float> S = Lanes.S;

    /// Elements of one chunk of parallel work.
    private static final int GRAIN = 1 << 16;

    private Ger() {}

    /// `C := Z + a·b`; null stands for zeros, Z may be C, and `ldz` = 0 repeats a row. a's elements
    /// are `ars` apart, b's are dense.
    static void ger(
            int m,
            int n,
            float @Nullable [] z,
            int zo,
            int ldz,
            float[] a,
            int ao,
            int ars,
            float[] b,
            int bo,
            float[] c,
            int co,
            int ldc) {
        Parallel.run(
                m,
                Math.max(1, GRAIN / n),
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        if (z == null) {
                            scale(n, a[ao + i * ars], b, bo, c, co + i * ldc);
                        } else {
                            add(n, z, zo + i * ldz, a[ao + i * ars], b, bo, c, co + i * ldc);
                        }
                    }
                });
    }

    /// `C := 0 + a·b`: as of a sum, its zeros are positive.
    private static void scale(int n, float a, float[] b, int bo, float[] c, int co) {
        int j = 0;
        for (; j < S.loopBound(n); j += S.length()) {
            FloatVector.fromArray(S, b, bo + j).mul(a).add(0f).intoArray(c, co + j);
        }
        if (j < n) {
            VectorMask<Float> mask = S.indexInRange(j, n);
            FloatVector.fromArray(S, b, bo + j, mask).mul(a).add(0f).intoArray(c, co + j, mask);
        }
    }

    private static void add(
            int n, float[] z, int zo, float a, float[] b, int bo, float[] c, int co) {
        int j = 0;
        for (; j < S.loopBound(n); j += S.length()) {
            FloatVector.fromArray(S, b, bo + j)
                    .mul(a)
                    .add(FloatVector.fromArray(S, z, zo + j))
                    .intoArray(c, co + j);
        }
        if (j < n) {
            VectorMask<Float> mask = S.indexInRange(j, n);
            FloatVector.fromArray(S, b, bo + j, mask)
                    .mul(a)
                    .add(FloatVector.fromArray(S, z, zo + j, mask))
                    .intoArray(c, co + j, mask);
        }
    }
}
