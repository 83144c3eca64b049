package dev.lanegrad.kernels.f32;

/// The loops of recurrent layers over dense rows of n elements; an output may be an input.
final class DenseRows {
    private DenseRows() {}

    static void sigmoid(int n, float[] x, int xo, float[] y, int yo) {
        UnarySigmoid.run(x, xo, 1, y, yo, n, 0, 0);
    }

    static void tanh(int n, float[] x, int xo, float[] y, int yo) {
        UnaryTanh.run(x, xo, 1, y, yo, n, 0, 0);
    }

    /// `y := a + b`
    static void add(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        BinaryAdd.run(a, ao, 1, b, bo, 1, y, yo, n, 0, 0);
    }

    /// `y := a − b`
    static void sub(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        BinarySub.run(a, ao, 1, b, bo, 1, y, yo, n, 0, 0);
    }

    /// `y := a·b`
    static void mul(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        BinaryMul.run(a, ao, 1, b, bo, 1, y, yo, n, 0, 0);
    }

    /// `y := a + b·c`
    static void addMul(
            int n, float[] a, int ao, float[] b, int bo, float[] c, int co, float[] y, int yo) {
        TernaryAddcmul.run(a, ao, 1, b, bo, 1, c, co, 1, y, yo, n, 1, 0);
    }

    /// `gx := gx·y·(1 − y)`, y of [#sigmoid].
    static void sigmoidBackward(int n, float[] gx, int gxo, float[] y, int yo) {
        BinarySigmoidBackward.run(gx, gxo, 1, y, yo, 1, gx, gxo, n, 0, 0);
    }

    /// `gx := gx·(1 − y²)`, y of [#tanh].
    static void tanhBackward(int n, float[] gx, int gxo, float[] y, int yo) {
        BinaryTanhBackward.run(gx, gxo, 1, y, yo, 1, gx, gxo, n, 0, 0);
    }
}
