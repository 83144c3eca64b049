package dev.lanegrad.kernels;

import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.Unary;
import java.lang.reflect.Array;

/// Functions of single elements in plain arrays, `float[]` or `double[]`.
///
/// Sizes are checked, and everything that is wrong is an [IllegalArgumentException] that leaves the
/// output as it was. The output may be an input.
public final class Elementwise {
    private Elementwise() {}

    /// `y[i] := f(x[i])`: `Elementwise.map(Unary.TANH, x, y)`.
    public static void map(Unary f, Object x, Object y) {
        map(f, x, y, 0, 0);
    }

    /// `y[i] := f(x[i])` for a function of parameters: those of `Unary.CLAMP` are the bounds.
    public static void map(Unary f, Object x, Object y, double p, double q) {
        run(f, new Object[] {x, y}, p, q);
    }

    /// `z[i] := f(x[i], y[i])`: `Elementwise.map(Binary.MUL, x, y, z)`.
    public static void map(Binary f, Object x, Object y, Object z) {
        run(f, new Object[] {x, y, z}, 1, 0);
    }

    private static void run(LoopKernel f, Object[] arrays, double p, double q) {
        Object out = arrays[arrays.length - 1];
        if (!(out instanceof float[] || out instanceof double[])) {
            throw new IllegalArgumentException(
                    f + ": arrays must be float[] or double[], not " + name(out));
        }
        int n = Array.getLength(out);
        int[][] strides = new int[arrays.length][];
        for (int i = 0; i < arrays.length; i++) {
            if (arrays[i].getClass() != out.getClass() || Array.getLength(arrays[i]) != n) {
                throw new IllegalArgumentException(
                        "%s: operand %d is %s of %d elements, but the output %s of %d"
                                .formatted(
                                        f,
                                        i,
                                        name(arrays[i]),
                                        Array.getLength(arrays[i]),
                                        name(out),
                                        n));
            }
            strides[i] = new int[] {1};
        }
        StridedLoop.run(f, new int[] {n}, arrays, new int[arrays.length], strides, p, q);
    }

    private static String name(Object array) {
        return array.getClass().getSimpleName();
    }
}
