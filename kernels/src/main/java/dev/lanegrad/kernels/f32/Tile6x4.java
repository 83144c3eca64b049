package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The micro-kernels of matrix products and convolutions: a tile of C, six rows by four vectors,
/// stays in registers while its products are summed.
///
/// ```
///            b0  b1  b2  b3        4 registers: one row of B
///       a0  c00 c01 c02 c03        1 register: an element of A in every lane
///       a1  c10 c11 c12 c13       24 registers: the tile of C
///       ..
///       a5  c50 c51 c52 c53       29 of the 32 that AVX-512 and NEON have
/// ```
///
/// The tiles of fewer rows or columns are derived from this one, by leaving out the lines that name
/// a row or column beyond them; a line therefore names one row and one column at the most.
/// Straight-line code with one local a register is what the compiler keeps in registers; arrays and
/// loops over rows spill.
final class Tile6x4 {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int W = S.length();
    private static final int COLUMNS = 4;
    private static final int NR = COLUMNS * W;

    private Tile6x4() {}

    /// `C := A·B`, or `C := C + A·B` if `accumulate`, with A's rows anywhere.
    ///
    /// A's row i is `taps` runs of `kc` elements; run t begins at `at_i + t * tapStride`. B is a
    /// packed panel: row after row of exactly NR elements, from `bo`. C's rows are `ldc` apart,
    /// from `co`.
    static void rows(
            int taps,
            int tapStride,
            int kc,
            float[] a,
            int at0,
            int at1,
            int at2,
            int at3,
            int at4,
            int at5,
            float[] b,
            int bo,
            float[] c,
            int co,
            int ldc,
            boolean accumulate) {
        FloatVector c00 = FloatVector.zero(S);
        FloatVector c01 = FloatVector.zero(S);
        FloatVector c02 = FloatVector.zero(S);
        FloatVector c03 = FloatVector.zero(S);
        FloatVector c10 = FloatVector.zero(S);
        FloatVector c11 = FloatVector.zero(S);
        FloatVector c12 = FloatVector.zero(S);
        FloatVector c13 = FloatVector.zero(S);
        FloatVector c20 = FloatVector.zero(S);
        FloatVector c21 = FloatVector.zero(S);
        FloatVector c22 = FloatVector.zero(S);
        FloatVector c23 = FloatVector.zero(S);
        FloatVector c30 = FloatVector.zero(S);
        FloatVector c31 = FloatVector.zero(S);
        FloatVector c32 = FloatVector.zero(S);
        FloatVector c33 = FloatVector.zero(S);
        FloatVector c40 = FloatVector.zero(S);
        FloatVector c41 = FloatVector.zero(S);
        FloatVector c42 = FloatVector.zero(S);
        FloatVector c43 = FloatVector.zero(S);
        FloatVector c50 = FloatVector.zero(S);
        FloatVector c51 = FloatVector.zero(S);
        FloatVector c52 = FloatVector.zero(S);
        FloatVector c53 = FloatVector.zero(S);
        int bk = bo;
        for (int t = 0; t < taps; t++) {
            int r0 = at0 + t * tapStride;
            int r1 = at1 + t * tapStride;
            int r2 = at2 + t * tapStride;
            int r3 = at3 + t * tapStride;
            int r4 = at4 + t * tapStride;
            int r5 = at5 + t * tapStride;
            for (int k = 0; k < kc; k++) {
                FloatVector b0 = FloatVector.fromArray(S, b, bk);
                FloatVector b1 = FloatVector.fromArray(S, b, bk + W);
                FloatVector b2 = FloatVector.fromArray(S, b, bk + 2 * W);
                FloatVector b3 = FloatVector.fromArray(S, b, bk + 3 * W);
                FloatVector a0 = FloatVector.broadcast(S, a[r0 + k]);
                c00 = a0.fma(b0, c00);
                c01 = a0.fma(b1, c01);
                c02 = a0.fma(b2, c02);
                c03 = a0.fma(b3, c03);
                FloatVector a1 = FloatVector.broadcast(S, a[r1 + k]);
                c10 = a1.fma(b0, c10);
                c11 = a1.fma(b1, c11);
                c12 = a1.fma(b2, c12);
                c13 = a1.fma(b3, c13);
                FloatVector a2 = FloatVector.broadcast(S, a[r2 + k]);
                c20 = a2.fma(b0, c20);
                c21 = a2.fma(b1, c21);
                c22 = a2.fma(b2, c22);
                c23 = a2.fma(b3, c23);
                FloatVector a3 = FloatVector.broadcast(S, a[r3 + k]);
                c30 = a3.fma(b0, c30);
                c31 = a3.fma(b1, c31);
                c32 = a3.fma(b2, c32);
                c33 = a3.fma(b3, c33);
                FloatVector a4 = FloatVector.broadcast(S, a[r4 + k]);
                c40 = a4.fma(b0, c40);
                c41 = a4.fma(b1, c41);
                c42 = a4.fma(b2, c42);
                c43 = a4.fma(b3, c43);
                FloatVector a5 = FloatVector.broadcast(S, a[r5 + k]);
                c50 = a5.fma(b0, c50);
                c51 = a5.fma(b1, c51);
                c52 = a5.fma(b2, c52);
                c53 = a5.fma(b3, c53);
                bk += NR;
            }
        }
        if (accumulate) {
            c00 = c00.add(FloatVector.fromArray(S, c, co));
            c01 = c01.add(FloatVector.fromArray(S, c, co + W));
            c02 = c02.add(FloatVector.fromArray(S, c, co + 2 * W));
            c03 = c03.add(FloatVector.fromArray(S, c, co + 3 * W));
            c10 = c10.add(FloatVector.fromArray(S, c, co + ldc));
            c11 = c11.add(FloatVector.fromArray(S, c, co + ldc + W));
            c12 = c12.add(FloatVector.fromArray(S, c, co + ldc + 2 * W));
            c13 = c13.add(FloatVector.fromArray(S, c, co + ldc + 3 * W));
            c20 = c20.add(FloatVector.fromArray(S, c, co + 2 * ldc));
            c21 = c21.add(FloatVector.fromArray(S, c, co + 2 * ldc + W));
            c22 = c22.add(FloatVector.fromArray(S, c, co + 2 * ldc + 2 * W));
            c23 = c23.add(FloatVector.fromArray(S, c, co + 2 * ldc + 3 * W));
            c30 = c30.add(FloatVector.fromArray(S, c, co + 3 * ldc));
            c31 = c31.add(FloatVector.fromArray(S, c, co + 3 * ldc + W));
            c32 = c32.add(FloatVector.fromArray(S, c, co + 3 * ldc + 2 * W));
            c33 = c33.add(FloatVector.fromArray(S, c, co + 3 * ldc + 3 * W));
            c40 = c40.add(FloatVector.fromArray(S, c, co + 4 * ldc));
            c41 = c41.add(FloatVector.fromArray(S, c, co + 4 * ldc + W));
            c42 = c42.add(FloatVector.fromArray(S, c, co + 4 * ldc + 2 * W));
            c43 = c43.add(FloatVector.fromArray(S, c, co + 4 * ldc + 3 * W));
            c50 = c50.add(FloatVector.fromArray(S, c, co + 5 * ldc));
            c51 = c51.add(FloatVector.fromArray(S, c, co + 5 * ldc + W));
            c52 = c52.add(FloatVector.fromArray(S, c, co + 5 * ldc + 2 * W));
            c53 = c53.add(FloatVector.fromArray(S, c, co + 5 * ldc + 3 * W));
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + W);
        c02.intoArray(c, co + 2 * W);
        c03.intoArray(c, co + 3 * W);
        c10.intoArray(c, co + ldc);
        c11.intoArray(c, co + ldc + W);
        c12.intoArray(c, co + ldc + 2 * W);
        c13.intoArray(c, co + ldc + 3 * W);
        c20.intoArray(c, co + 2 * ldc);
        c21.intoArray(c, co + 2 * ldc + W);
        c22.intoArray(c, co + 2 * ldc + 2 * W);
        c23.intoArray(c, co + 2 * ldc + 3 * W);
        c30.intoArray(c, co + 3 * ldc);
        c31.intoArray(c, co + 3 * ldc + W);
        c32.intoArray(c, co + 3 * ldc + 2 * W);
        c33.intoArray(c, co + 3 * ldc + 3 * W);
        c40.intoArray(c, co + 4 * ldc);
        c41.intoArray(c, co + 4 * ldc + W);
        c42.intoArray(c, co + 4 * ldc + 2 * W);
        c43.intoArray(c, co + 4 * ldc + 3 * W);
        c50.intoArray(c, co + 5 * ldc);
        c51.intoArray(c, co + 5 * ldc + W);
        c52.intoArray(c, co + 5 * ldc + 2 * W);
        c53.intoArray(c, co + 5 * ldc + 3 * W);
    }

    /// `C := Aᵀ·B`, or `C := C + Aᵀ·B` if `accumulate`: row i of C is column i of A.
    ///
    /// A has `kc` rows, `lda` apart from `ao`; B has `kc` rows, `ldb` apart from `bo`, of which NR
    /// elements are read; C's rows are `ldc` apart from `co`.
    static void columns(
            int kc,
            float[] a,
            int ao,
            int lda,
            float[] b,
            int bo,
            int ldb,
            float[] c,
            int co,
            int ldc,
            boolean accumulate) {
        FloatVector c00 = FloatVector.zero(S);
        FloatVector c01 = FloatVector.zero(S);
        FloatVector c02 = FloatVector.zero(S);
        FloatVector c03 = FloatVector.zero(S);
        FloatVector c10 = FloatVector.zero(S);
        FloatVector c11 = FloatVector.zero(S);
        FloatVector c12 = FloatVector.zero(S);
        FloatVector c13 = FloatVector.zero(S);
        FloatVector c20 = FloatVector.zero(S);
        FloatVector c21 = FloatVector.zero(S);
        FloatVector c22 = FloatVector.zero(S);
        FloatVector c23 = FloatVector.zero(S);
        FloatVector c30 = FloatVector.zero(S);
        FloatVector c31 = FloatVector.zero(S);
        FloatVector c32 = FloatVector.zero(S);
        FloatVector c33 = FloatVector.zero(S);
        FloatVector c40 = FloatVector.zero(S);
        FloatVector c41 = FloatVector.zero(S);
        FloatVector c42 = FloatVector.zero(S);
        FloatVector c43 = FloatVector.zero(S);
        FloatVector c50 = FloatVector.zero(S);
        FloatVector c51 = FloatVector.zero(S);
        FloatVector c52 = FloatVector.zero(S);
        FloatVector c53 = FloatVector.zero(S);
        int ak = ao;
        int bk = bo;
        for (int k = 0; k < kc; k++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bk);
            FloatVector b1 = FloatVector.fromArray(S, b, bk + W);
            FloatVector b2 = FloatVector.fromArray(S, b, bk + 2 * W);
            FloatVector b3 = FloatVector.fromArray(S, b, bk + 3 * W);
            FloatVector a0 = FloatVector.broadcast(S, a[ak]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            c02 = a0.fma(b2, c02);
            c03 = a0.fma(b3, c03);
            FloatVector a1 = FloatVector.broadcast(S, a[ak + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            c12 = a1.fma(b2, c12);
            c13 = a1.fma(b3, c13);
            FloatVector a2 = FloatVector.broadcast(S, a[ak + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            c22 = a2.fma(b2, c22);
            c23 = a2.fma(b3, c23);
            FloatVector a3 = FloatVector.broadcast(S, a[ak + 3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            c32 = a3.fma(b2, c32);
            c33 = a3.fma(b3, c33);
            FloatVector a4 = FloatVector.broadcast(S, a[ak + 4]);
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            c42 = a4.fma(b2, c42);
            c43 = a4.fma(b3, c43);
            FloatVector a5 = FloatVector.broadcast(S, a[ak + 5]);
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
            c52 = a5.fma(b2, c52);
            c53 = a5.fma(b3, c53);
            ak += lda;
            bk += ldb;
        }
        if (accumulate) {
            c00 = c00.add(FloatVector.fromArray(S, c, co));
            c01 = c01.add(FloatVector.fromArray(S, c, co + W));
            c02 = c02.add(FloatVector.fromArray(S, c, co + 2 * W));
            c03 = c03.add(FloatVector.fromArray(S, c, co + 3 * W));
            c10 = c10.add(FloatVector.fromArray(S, c, co + ldc));
            c11 = c11.add(FloatVector.fromArray(S, c, co + ldc + W));
            c12 = c12.add(FloatVector.fromArray(S, c, co + ldc + 2 * W));
            c13 = c13.add(FloatVector.fromArray(S, c, co + ldc + 3 * W));
            c20 = c20.add(FloatVector.fromArray(S, c, co + 2 * ldc));
            c21 = c21.add(FloatVector.fromArray(S, c, co + 2 * ldc + W));
            c22 = c22.add(FloatVector.fromArray(S, c, co + 2 * ldc + 2 * W));
            c23 = c23.add(FloatVector.fromArray(S, c, co + 2 * ldc + 3 * W));
            c30 = c30.add(FloatVector.fromArray(S, c, co + 3 * ldc));
            c31 = c31.add(FloatVector.fromArray(S, c, co + 3 * ldc + W));
            c32 = c32.add(FloatVector.fromArray(S, c, co + 3 * ldc + 2 * W));
            c33 = c33.add(FloatVector.fromArray(S, c, co + 3 * ldc + 3 * W));
            c40 = c40.add(FloatVector.fromArray(S, c, co + 4 * ldc));
            c41 = c41.add(FloatVector.fromArray(S, c, co + 4 * ldc + W));
            c42 = c42.add(FloatVector.fromArray(S, c, co + 4 * ldc + 2 * W));
            c43 = c43.add(FloatVector.fromArray(S, c, co + 4 * ldc + 3 * W));
            c50 = c50.add(FloatVector.fromArray(S, c, co + 5 * ldc));
            c51 = c51.add(FloatVector.fromArray(S, c, co + 5 * ldc + W));
            c52 = c52.add(FloatVector.fromArray(S, c, co + 5 * ldc + 2 * W));
            c53 = c53.add(FloatVector.fromArray(S, c, co + 5 * ldc + 3 * W));
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + W);
        c02.intoArray(c, co + 2 * W);
        c03.intoArray(c, co + 3 * W);
        c10.intoArray(c, co + ldc);
        c11.intoArray(c, co + ldc + W);
        c12.intoArray(c, co + ldc + 2 * W);
        c13.intoArray(c, co + ldc + 3 * W);
        c20.intoArray(c, co + 2 * ldc);
        c21.intoArray(c, co + 2 * ldc + W);
        c22.intoArray(c, co + 2 * ldc + 2 * W);
        c23.intoArray(c, co + 2 * ldc + 3 * W);
        c30.intoArray(c, co + 3 * ldc);
        c31.intoArray(c, co + 3 * ldc + W);
        c32.intoArray(c, co + 3 * ldc + 2 * W);
        c33.intoArray(c, co + 3 * ldc + 3 * W);
        c40.intoArray(c, co + 4 * ldc);
        c41.intoArray(c, co + 4 * ldc + W);
        c42.intoArray(c, co + 4 * ldc + 2 * W);
        c43.intoArray(c, co + 4 * ldc + 3 * W);
        c50.intoArray(c, co + 5 * ldc);
        c51.intoArray(c, co + 5 * ldc + W);
        c52.intoArray(c, co + 5 * ldc + 2 * W);
        c53.intoArray(c, co + 5 * ldc + 3 * W);
    }
}
