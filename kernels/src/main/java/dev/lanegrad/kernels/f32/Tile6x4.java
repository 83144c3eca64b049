package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The micro-kernels of matrix products and convolutions: a tile of C, six rows by four vectors,
/// stays in registers while its products are summed, then `C := Z + A·B` is written.
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
///
/// Z is added last. Its rows are `ldz` apart from `zo`: C itself to accumulate, zeros or a bias
/// with `ldz` = 0. C's rows are `ldc` apart from `co`. B is a packed panel: row after row of
/// exactly NR elements, from `bo`.
///
/// Straight-line code with one local a register is what the compiler keeps in registers: arrays and
/// loops over rows spill. So does a second loop around the first, or a branch after it: then even
/// the row offsets go through vector registers and a quarter of the speed is lost.
///
/// `kc` is at most [Blocking#KC], and A and B are [Blocking#readable]. The bounds of the offsets
/// are there for the compiler: sums that cannot overflow are widened to addresses outside of the
/// loop, others one by one inside, which is a tenth of its instructions.
final class Tile6x4 {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int W = S.length();
    private static final int COLUMNS = 4;
    private static final int NR = COLUMNS * W;
    private static final int LDA = Blocking.LDA;
    private static final int KC = Blocking.KC;
    private static final int LAST_A = Integer.MAX_VALUE - 6 * LDA;
    private static final int LAST_B = Integer.MAX_VALUE - KC * NR;

    private Tile6x4() {}

    /// `C := Z + A·B` with A's rows packed: [Blocking#LDA] apart from `ao`, the fastest form.
    static void packed(
            int kc,
            float[] a,
            int ao,
            float[] b,
            int bo,
            float[] z,
            int zo,
            int ldz,
            float[] c,
            int co,
            int ldc) {
        int n = Math.min(kc, KC);
        int af = Math.min(ao, LAST_A);
        int bf = Math.min(bo, LAST_B);
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
        for (int k = 0; k < n; k++) {
            int bk = bf + k * NR;
            FloatVector b0 = FloatVector.fromArray(S, b, bk);
            FloatVector b1 = FloatVector.fromArray(S, b, bk + W);
            FloatVector b2 = FloatVector.fromArray(S, b, bk + 2 * W);
            FloatVector b3 = FloatVector.fromArray(S, b, bk + 3 * W);
            FloatVector a0 = FloatVector.broadcast(S, a[af + k]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            c02 = a0.fma(b2, c02);
            c03 = a0.fma(b3, c03);
            FloatVector a1 = FloatVector.broadcast(S, a[af + k + LDA]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            c12 = a1.fma(b2, c12);
            c13 = a1.fma(b3, c13);
            FloatVector a2 = FloatVector.broadcast(S, a[af + k + 2 * LDA]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            c22 = a2.fma(b2, c22);
            c23 = a2.fma(b3, c23);
            FloatVector a3 = FloatVector.broadcast(S, a[af + k + 3 * LDA]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            c32 = a3.fma(b2, c32);
            c33 = a3.fma(b3, c33);
            FloatVector a4 = FloatVector.broadcast(S, a[af + k + 4 * LDA]);
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            c42 = a4.fma(b2, c42);
            c43 = a4.fma(b3, c43);
            FloatVector a5 = FloatVector.broadcast(S, a[af + k + 5 * LDA]);
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
            c52 = a5.fma(b2, c52);
            c53 = a5.fma(b3, c53);
        }
        int z0 = zo;
        int y0 = co;
        c00.add(FloatVector.fromArray(S, z, z0)).intoArray(c, y0);
        c01.add(FloatVector.fromArray(S, z, z0 + W)).intoArray(c, y0 + W);
        c02.add(FloatVector.fromArray(S, z, z0 + 2 * W)).intoArray(c, y0 + 2 * W);
        c03.add(FloatVector.fromArray(S, z, z0 + 3 * W)).intoArray(c, y0 + 3 * W);
        int z1 = zo + ldz;
        int y1 = co + ldc;
        c10.add(FloatVector.fromArray(S, z, z1)).intoArray(c, y1);
        c11.add(FloatVector.fromArray(S, z, z1 + W)).intoArray(c, y1 + W);
        c12.add(FloatVector.fromArray(S, z, z1 + 2 * W)).intoArray(c, y1 + 2 * W);
        c13.add(FloatVector.fromArray(S, z, z1 + 3 * W)).intoArray(c, y1 + 3 * W);
        int z2 = zo + 2 * ldz;
        int y2 = co + 2 * ldc;
        c20.add(FloatVector.fromArray(S, z, z2)).intoArray(c, y2);
        c21.add(FloatVector.fromArray(S, z, z2 + W)).intoArray(c, y2 + W);
        c22.add(FloatVector.fromArray(S, z, z2 + 2 * W)).intoArray(c, y2 + 2 * W);
        c23.add(FloatVector.fromArray(S, z, z2 + 3 * W)).intoArray(c, y2 + 3 * W);
        int z3 = zo + 3 * ldz;
        int y3 = co + 3 * ldc;
        c30.add(FloatVector.fromArray(S, z, z3)).intoArray(c, y3);
        c31.add(FloatVector.fromArray(S, z, z3 + W)).intoArray(c, y3 + W);
        c32.add(FloatVector.fromArray(S, z, z3 + 2 * W)).intoArray(c, y3 + 2 * W);
        c33.add(FloatVector.fromArray(S, z, z3 + 3 * W)).intoArray(c, y3 + 3 * W);
        int z4 = zo + 4 * ldz;
        int y4 = co + 4 * ldc;
        c40.add(FloatVector.fromArray(S, z, z4)).intoArray(c, y4);
        c41.add(FloatVector.fromArray(S, z, z4 + W)).intoArray(c, y4 + W);
        c42.add(FloatVector.fromArray(S, z, z4 + 2 * W)).intoArray(c, y4 + 2 * W);
        c43.add(FloatVector.fromArray(S, z, z4 + 3 * W)).intoArray(c, y4 + 3 * W);
        int z5 = zo + 5 * ldz;
        int y5 = co + 5 * ldc;
        c50.add(FloatVector.fromArray(S, z, z5)).intoArray(c, y5);
        c51.add(FloatVector.fromArray(S, z, z5 + W)).intoArray(c, y5 + W);
        c52.add(FloatVector.fromArray(S, z, z5 + 2 * W)).intoArray(c, y5 + 2 * W);
        c53.add(FloatVector.fromArray(S, z, z5 + 3 * W)).intoArray(c, y5 + 3 * W);
    }

    /// `C := Z + A·B` with A's rows anywhere: row i is the `kc` elements from `at_i`.
    static void rows(
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
            float[] z,
            int zo,
            int ldz,
            float[] c,
            int co,
            int ldc) {
        int n = Math.min(kc, KC);
        int f0 = Math.min(at0, LAST_A);
        int f1 = Math.min(at1, LAST_A);
        int f2 = Math.min(at2, LAST_A);
        int f3 = Math.min(at3, LAST_A);
        int f4 = Math.min(at4, LAST_A);
        int f5 = Math.min(at5, LAST_A);
        int bf = Math.min(bo, LAST_B);
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
        for (int k = 0; k < n; k++) {
            int bk = bf + k * NR;
            FloatVector b0 = FloatVector.fromArray(S, b, bk);
            FloatVector b1 = FloatVector.fromArray(S, b, bk + W);
            FloatVector b2 = FloatVector.fromArray(S, b, bk + 2 * W);
            FloatVector b3 = FloatVector.fromArray(S, b, bk + 3 * W);
            FloatVector a0 = FloatVector.broadcast(S, a[f0 + k]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            c02 = a0.fma(b2, c02);
            c03 = a0.fma(b3, c03);
            FloatVector a1 = FloatVector.broadcast(S, a[f1 + k]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            c12 = a1.fma(b2, c12);
            c13 = a1.fma(b3, c13);
            FloatVector a2 = FloatVector.broadcast(S, a[f2 + k]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            c22 = a2.fma(b2, c22);
            c23 = a2.fma(b3, c23);
            FloatVector a3 = FloatVector.broadcast(S, a[f3 + k]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            c32 = a3.fma(b2, c32);
            c33 = a3.fma(b3, c33);
            FloatVector a4 = FloatVector.broadcast(S, a[f4 + k]);
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            c42 = a4.fma(b2, c42);
            c43 = a4.fma(b3, c43);
            FloatVector a5 = FloatVector.broadcast(S, a[f5 + k]);
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
            c52 = a5.fma(b2, c52);
            c53 = a5.fma(b3, c53);
        }
        int z0 = zo;
        int y0 = co;
        c00.add(FloatVector.fromArray(S, z, z0)).intoArray(c, y0);
        c01.add(FloatVector.fromArray(S, z, z0 + W)).intoArray(c, y0 + W);
        c02.add(FloatVector.fromArray(S, z, z0 + 2 * W)).intoArray(c, y0 + 2 * W);
        c03.add(FloatVector.fromArray(S, z, z0 + 3 * W)).intoArray(c, y0 + 3 * W);
        int z1 = zo + ldz;
        int y1 = co + ldc;
        c10.add(FloatVector.fromArray(S, z, z1)).intoArray(c, y1);
        c11.add(FloatVector.fromArray(S, z, z1 + W)).intoArray(c, y1 + W);
        c12.add(FloatVector.fromArray(S, z, z1 + 2 * W)).intoArray(c, y1 + 2 * W);
        c13.add(FloatVector.fromArray(S, z, z1 + 3 * W)).intoArray(c, y1 + 3 * W);
        int z2 = zo + 2 * ldz;
        int y2 = co + 2 * ldc;
        c20.add(FloatVector.fromArray(S, z, z2)).intoArray(c, y2);
        c21.add(FloatVector.fromArray(S, z, z2 + W)).intoArray(c, y2 + W);
        c22.add(FloatVector.fromArray(S, z, z2 + 2 * W)).intoArray(c, y2 + 2 * W);
        c23.add(FloatVector.fromArray(S, z, z2 + 3 * W)).intoArray(c, y2 + 3 * W);
        int z3 = zo + 3 * ldz;
        int y3 = co + 3 * ldc;
        c30.add(FloatVector.fromArray(S, z, z3)).intoArray(c, y3);
        c31.add(FloatVector.fromArray(S, z, z3 + W)).intoArray(c, y3 + W);
        c32.add(FloatVector.fromArray(S, z, z3 + 2 * W)).intoArray(c, y3 + 2 * W);
        c33.add(FloatVector.fromArray(S, z, z3 + 3 * W)).intoArray(c, y3 + 3 * W);
        int z4 = zo + 4 * ldz;
        int y4 = co + 4 * ldc;
        c40.add(FloatVector.fromArray(S, z, z4)).intoArray(c, y4);
        c41.add(FloatVector.fromArray(S, z, z4 + W)).intoArray(c, y4 + W);
        c42.add(FloatVector.fromArray(S, z, z4 + 2 * W)).intoArray(c, y4 + 2 * W);
        c43.add(FloatVector.fromArray(S, z, z4 + 3 * W)).intoArray(c, y4 + 3 * W);
        int z5 = zo + 5 * ldz;
        int y5 = co + 5 * ldc;
        c50.add(FloatVector.fromArray(S, z, z5)).intoArray(c, y5);
        c51.add(FloatVector.fromArray(S, z, z5 + W)).intoArray(c, y5 + W);
        c52.add(FloatVector.fromArray(S, z, z5 + 2 * W)).intoArray(c, y5 + 2 * W);
        c53.add(FloatVector.fromArray(S, z, z5 + 3 * W)).intoArray(c, y5 + 3 * W);
    }

    /// `C := Z + Aᵀ·B`: row i of C is column i of A, whose `kc` rows are `lda` apart from `ao`.
    static void columns(
            int kc,
            float[] a,
            int ao,
            int lda,
            float[] b,
            int bo,
            float[] z,
            int zo,
            int ldz,
            float[] c,
            int co,
            int ldc) {
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
        for (int k = 0; k < kc; k++) {
            int bk = bo + k * NR;
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
        }
        int z0 = zo;
        int y0 = co;
        c00.add(FloatVector.fromArray(S, z, z0)).intoArray(c, y0);
        c01.add(FloatVector.fromArray(S, z, z0 + W)).intoArray(c, y0 + W);
        c02.add(FloatVector.fromArray(S, z, z0 + 2 * W)).intoArray(c, y0 + 2 * W);
        c03.add(FloatVector.fromArray(S, z, z0 + 3 * W)).intoArray(c, y0 + 3 * W);
        int z1 = zo + ldz;
        int y1 = co + ldc;
        c10.add(FloatVector.fromArray(S, z, z1)).intoArray(c, y1);
        c11.add(FloatVector.fromArray(S, z, z1 + W)).intoArray(c, y1 + W);
        c12.add(FloatVector.fromArray(S, z, z1 + 2 * W)).intoArray(c, y1 + 2 * W);
        c13.add(FloatVector.fromArray(S, z, z1 + 3 * W)).intoArray(c, y1 + 3 * W);
        int z2 = zo + 2 * ldz;
        int y2 = co + 2 * ldc;
        c20.add(FloatVector.fromArray(S, z, z2)).intoArray(c, y2);
        c21.add(FloatVector.fromArray(S, z, z2 + W)).intoArray(c, y2 + W);
        c22.add(FloatVector.fromArray(S, z, z2 + 2 * W)).intoArray(c, y2 + 2 * W);
        c23.add(FloatVector.fromArray(S, z, z2 + 3 * W)).intoArray(c, y2 + 3 * W);
        int z3 = zo + 3 * ldz;
        int y3 = co + 3 * ldc;
        c30.add(FloatVector.fromArray(S, z, z3)).intoArray(c, y3);
        c31.add(FloatVector.fromArray(S, z, z3 + W)).intoArray(c, y3 + W);
        c32.add(FloatVector.fromArray(S, z, z3 + 2 * W)).intoArray(c, y3 + 2 * W);
        c33.add(FloatVector.fromArray(S, z, z3 + 3 * W)).intoArray(c, y3 + 3 * W);
        int z4 = zo + 4 * ldz;
        int y4 = co + 4 * ldc;
        c40.add(FloatVector.fromArray(S, z, z4)).intoArray(c, y4);
        c41.add(FloatVector.fromArray(S, z, z4 + W)).intoArray(c, y4 + W);
        c42.add(FloatVector.fromArray(S, z, z4 + 2 * W)).intoArray(c, y4 + 2 * W);
        c43.add(FloatVector.fromArray(S, z, z4 + 3 * W)).intoArray(c, y4 + 3 * W);
        int z5 = zo + 5 * ldz;
        int y5 = co + 5 * ldc;
        c50.add(FloatVector.fromArray(S, z, z5)).intoArray(c, y5);
        c51.add(FloatVector.fromArray(S, z, z5 + W)).intoArray(c, y5 + W);
        c52.add(FloatVector.fromArray(S, z, z5 + 2 * W)).intoArray(c, y5 + 2 * W);
        c53.add(FloatVector.fromArray(S, z, z5 + 3 * W)).intoArray(c, y5 + 3 * W);
    }
}
