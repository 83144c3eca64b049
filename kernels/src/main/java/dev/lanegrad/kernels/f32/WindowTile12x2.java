package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The micro-kernels of convolutions whose windows are three columns wide, over few target
/// channels: twelve neighbouring target pixels by two vectors of their channels.
///
/// ```
///             b0 d0 e0  b1 d1 e1     6 registers: of one source channel the weights of three columns
///   l0 l1 a0   c00        c01        1 register: a pixel's element in every lane
///   l1 a0 a1   c10        c11       24 registers: the tile of C
///   ..                              31 of the 32 that AVX-512 and NEON have
/// ```
///
/// A pixel meets three of the target pixels, so that an element of it is read once for six
/// products, where a product of matrices would read it three times. The tiles of fewer rows or
/// columns are derived as from [Tile6x4], whose rules hold here: `l0` and `l1` are the two pixels
/// before the first row's last one, `a0`.
final class WindowTile12x2 {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int W = S.length();
    private static final int COLUMNS = 2;
    private static final int NR = COLUMNS * W;
    private static final int PIXEL = Blocking.PIXEL;
    private static final int DEPTH = Blocking.DEPTH;
    private static final int LAST_B = Integer.MAX_VALUE - DEPTH * NR;

    private WindowTile12x2() {}

    /// `C := Z + A·B`, where element k of A's row i is at `taps[k] + i·PIXEL` from `ao`, and `taps`
    /// are threes [Blocking#PIXEL] apart. Sums `kc` products, at most [Blocking#DEPTH].
    static void taps(
            int kc,
            float[] a,
            int ao,
            int[] taps,
            float[] b,
            int bo,
            float[] z,
            int zo,
            int ldz,
            float[] c,
            int co,
            int ldc) {
        int n = Math.min(kc, DEPTH) / 3;
        int bf = Math.min(bo, LAST_B);
        FloatVector c00 = FloatVector.zero(S);
        FloatVector c01 = FloatVector.zero(S);
        FloatVector c10 = FloatVector.zero(S);
        FloatVector c11 = FloatVector.zero(S);
        FloatVector c20 = FloatVector.zero(S);
        FloatVector c21 = FloatVector.zero(S);
        FloatVector c30 = FloatVector.zero(S);
        FloatVector c31 = FloatVector.zero(S);
        FloatVector c40 = FloatVector.zero(S);
        FloatVector c41 = FloatVector.zero(S);
        FloatVector c50 = FloatVector.zero(S);
        FloatVector c51 = FloatVector.zero(S);
        FloatVector c60 = FloatVector.zero(S);
        FloatVector c61 = FloatVector.zero(S);
        FloatVector c70 = FloatVector.zero(S);
        FloatVector c71 = FloatVector.zero(S);
        FloatVector c80 = FloatVector.zero(S);
        FloatVector c81 = FloatVector.zero(S);
        FloatVector c90 = FloatVector.zero(S);
        FloatVector c91 = FloatVector.zero(S);
        FloatVector c100 = FloatVector.zero(S);
        FloatVector c101 = FloatVector.zero(S);
        FloatVector c110 = FloatVector.zero(S);
        FloatVector c111 = FloatVector.zero(S);
        for (int k = 0; k < n; k++) {
            int ak = ao + taps[3 * k];
            int bk = bf + 3 * k * NR;
            FloatVector b0 = FloatVector.fromArray(S, b, bk);
            FloatVector b1 = FloatVector.fromArray(S, b, bk + W);
            FloatVector d0 = FloatVector.fromArray(S, b, bk + NR);
            FloatVector d1 = FloatVector.fromArray(S, b, bk + NR + W);
            FloatVector e0 = FloatVector.fromArray(S, b, bk + 2 * NR);
            FloatVector e1 = FloatVector.fromArray(S, b, bk + 2 * NR + W);
            FloatVector l0 = FloatVector.broadcast(S, a[ak]);
            c00 = l0.fma(b0, c00);
            c01 = l0.fma(b1, c01);
            FloatVector l1 = FloatVector.broadcast(S, a[ak + PIXEL]);
            c10 = l1.fma(b0, c10);
            c11 = l1.fma(b1, c11);
            c00 = l1.fma(d0, c00);
            c01 = l1.fma(d1, c01);
            FloatVector a0 = FloatVector.broadcast(S, a[ak + 2 * PIXEL]);
            c20 = a0.fma(b0, c20);
            c21 = a0.fma(b1, c21);
            c10 = a0.fma(d0, c10);
            c11 = a0.fma(d1, c11);
            c00 = a0.fma(e0, c00);
            c01 = a0.fma(e1, c01);
            FloatVector a1 = FloatVector.broadcast(S, a[ak + 3 * PIXEL]);
            c30 = a1.fma(b0, c30);
            c31 = a1.fma(b1, c31);
            c20 = a1.fma(d0, c20);
            c21 = a1.fma(d1, c21);
            c10 = a1.fma(e0, c10);
            c11 = a1.fma(e1, c11);
            FloatVector a2 = FloatVector.broadcast(S, a[ak + 4 * PIXEL]);
            c40 = a2.fma(b0, c40);
            c41 = a2.fma(b1, c41);
            c30 = a2.fma(d0, c30);
            c31 = a2.fma(d1, c31);
            c20 = a2.fma(e0, c20);
            c21 = a2.fma(e1, c21);
            FloatVector a3 = FloatVector.broadcast(S, a[ak + 5 * PIXEL]);
            c50 = a3.fma(b0, c50);
            c51 = a3.fma(b1, c51);
            c40 = a3.fma(d0, c40);
            c41 = a3.fma(d1, c41);
            c30 = a3.fma(e0, c30);
            c31 = a3.fma(e1, c31);
            FloatVector a4 = FloatVector.broadcast(S, a[ak + 6 * PIXEL]);
            c60 = a4.fma(b0, c60);
            c61 = a4.fma(b1, c61);
            c50 = a4.fma(d0, c50);
            c51 = a4.fma(d1, c51);
            c40 = a4.fma(e0, c40);
            c41 = a4.fma(e1, c41);
            FloatVector a5 = FloatVector.broadcast(S, a[ak + 7 * PIXEL]);
            c70 = a5.fma(b0, c70);
            c71 = a5.fma(b1, c71);
            c60 = a5.fma(d0, c60);
            c61 = a5.fma(d1, c61);
            c50 = a5.fma(e0, c50);
            c51 = a5.fma(e1, c51);
            FloatVector a6 = FloatVector.broadcast(S, a[ak + 8 * PIXEL]);
            c80 = a6.fma(b0, c80);
            c81 = a6.fma(b1, c81);
            c70 = a6.fma(d0, c70);
            c71 = a6.fma(d1, c71);
            c60 = a6.fma(e0, c60);
            c61 = a6.fma(e1, c61);
            FloatVector a7 = FloatVector.broadcast(S, a[ak + 9 * PIXEL]);
            c90 = a7.fma(b0, c90);
            c91 = a7.fma(b1, c91);
            c80 = a7.fma(d0, c80);
            c81 = a7.fma(d1, c81);
            c70 = a7.fma(e0, c70);
            c71 = a7.fma(e1, c71);
            FloatVector a8 = FloatVector.broadcast(S, a[ak + 10 * PIXEL]);
            c100 = a8.fma(b0, c100);
            c101 = a8.fma(b1, c101);
            c90 = a8.fma(d0, c90);
            c91 = a8.fma(d1, c91);
            c80 = a8.fma(e0, c80);
            c81 = a8.fma(e1, c81);
            FloatVector a9 = FloatVector.broadcast(S, a[ak + 11 * PIXEL]);
            c110 = a9.fma(b0, c110);
            c111 = a9.fma(b1, c111);
            c100 = a9.fma(d0, c100);
            c101 = a9.fma(d1, c101);
            c90 = a9.fma(e0, c90);
            c91 = a9.fma(e1, c91);
            FloatVector a10 = FloatVector.broadcast(S, a[ak + 12 * PIXEL]);
            c110 = a10.fma(d0, c110);
            c111 = a10.fma(d1, c111);
            c100 = a10.fma(e0, c100);
            c101 = a10.fma(e1, c101);
            FloatVector a11 = FloatVector.broadcast(S, a[ak + 13 * PIXEL]);
            c110 = a11.fma(e0, c110);
            c111 = a11.fma(e1, c111);
        }
        int z0 = zo;
        int y0 = co;
        c00.add(FloatVector.fromArray(S, z, z0)).intoArray(c, y0);
        c01.add(FloatVector.fromArray(S, z, z0 + W)).intoArray(c, y0 + W);
        int z1 = zo + ldz;
        int y1 = co + ldc;
        c10.add(FloatVector.fromArray(S, z, z1)).intoArray(c, y1);
        c11.add(FloatVector.fromArray(S, z, z1 + W)).intoArray(c, y1 + W);
        int z2 = zo + 2 * ldz;
        int y2 = co + 2 * ldc;
        c20.add(FloatVector.fromArray(S, z, z2)).intoArray(c, y2);
        c21.add(FloatVector.fromArray(S, z, z2 + W)).intoArray(c, y2 + W);
        int z3 = zo + 3 * ldz;
        int y3 = co + 3 * ldc;
        c30.add(FloatVector.fromArray(S, z, z3)).intoArray(c, y3);
        c31.add(FloatVector.fromArray(S, z, z3 + W)).intoArray(c, y3 + W);
        int z4 = zo + 4 * ldz;
        int y4 = co + 4 * ldc;
        c40.add(FloatVector.fromArray(S, z, z4)).intoArray(c, y4);
        c41.add(FloatVector.fromArray(S, z, z4 + W)).intoArray(c, y4 + W);
        int z5 = zo + 5 * ldz;
        int y5 = co + 5 * ldc;
        c50.add(FloatVector.fromArray(S, z, z5)).intoArray(c, y5);
        c51.add(FloatVector.fromArray(S, z, z5 + W)).intoArray(c, y5 + W);
        int z6 = zo + 6 * ldz;
        int y6 = co + 6 * ldc;
        c60.add(FloatVector.fromArray(S, z, z6)).intoArray(c, y6);
        c61.add(FloatVector.fromArray(S, z, z6 + W)).intoArray(c, y6 + W);
        int z7 = zo + 7 * ldz;
        int y7 = co + 7 * ldc;
        c70.add(FloatVector.fromArray(S, z, z7)).intoArray(c, y7);
        c71.add(FloatVector.fromArray(S, z, z7 + W)).intoArray(c, y7 + W);
        int z8 = zo + 8 * ldz;
        int y8 = co + 8 * ldc;
        c80.add(FloatVector.fromArray(S, z, z8)).intoArray(c, y8);
        c81.add(FloatVector.fromArray(S, z, z8 + W)).intoArray(c, y8 + W);
        int z9 = zo + 9 * ldz;
        int y9 = co + 9 * ldc;
        c90.add(FloatVector.fromArray(S, z, z9)).intoArray(c, y9);
        c91.add(FloatVector.fromArray(S, z, z9 + W)).intoArray(c, y9 + W);
        int z10 = zo + 10 * ldz;
        int y10 = co + 10 * ldc;
        c100.add(FloatVector.fromArray(S, z, z10)).intoArray(c, y10);
        c101.add(FloatVector.fromArray(S, z, z10 + W)).intoArray(c, y10 + W);
        int z11 = zo + 11 * ldz;
        int y11 = co + 11 * ldc;
        c110.add(FloatVector.fromArray(S, z, z11)).intoArray(c, y11);
        c111.add(FloatVector.fromArray(S, z, z11 + W)).intoArray(c, y11 + W);
    }
}
