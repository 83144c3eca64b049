package dev.lanegrad.kernels;

import dev.lanegrad.kernels.any.Conv2d;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/// Two-dimensional convolution and its gradients in plain arrays.
///
/// Arrays are `float[]`, or all `double[]`, dense from their beginnings: images channels-last, x in
/// memory order `[N, H, W, C]` and y `[N, outH, outW, O]`; weights in one of the orders that
/// [WeightStrides] has. Sizes are checked, and everything that is wrong is an
/// [IllegalArgumentException] that leaves the output as it was. The algorithm is the fastest for
/// the shape ([ConvAlgorithm#fastest]); results are bit-identical for any number of threads.
public final class Convolution {
    private Convolution() {}

    /// `y[n, o, i, j] := bias[o] + Σ w[o, c, r, q] · x[n, g·C/groups + c, i·strideH + r·dilationH −
    /// padH, j·strideW + q·dilationW − padW]`, the sum over c, r and q inside the image, where g is
    /// o's group; a null bias is zero. As `torch.nn.functional.conv2d`.
    public static void forward(
            Object x, Object w, WeightStrides ws, @Nullable Object bias, Object y, ConvShape s) {
        String op = "convolution forward";
        check(op, s);
        Object like = floats(op, "x", x, input(s));
        weight(op, w, like, ws, s);
        same(op, "y", y, like, output(s));
        if (bias != null) {
            same(op, "bias", bias, like, s.o());
        }
        apart(op, "y", y, "x", x);
        apart(op, "y", y, "w", w);
        Conv2d.forward(x, 0, w, 0, ws, bias, 0, y, 0, s, ConvAlgorithm.fastest(s));
    }

    /// `gx := ` the gradient of `Σ gy · y` with respect to x, for y of [#forward].
    public static void gradInput(Object gy, Object w, WeightStrides ws, Object gx, ConvShape s) {
        String op = "convolution gradInput";
        check(op, s);
        Object like = floats(op, "gy", gy, output(s));
        weight(op, w, like, ws, s);
        same(op, "gx", gx, like, input(s));
        apart(op, "gx", gx, "gy", gy);
        apart(op, "gx", gx, "w", w);
        Conv2d.gradInput(gy, 0, w, 0, ws, gx, 0, s, ConvAlgorithm.fastest(s));
    }

    /// `gw := ` the gradient of `Σ gy · y` with respect to w, for y of [#forward]; fastest in the
    /// order of [WeightStrides#channelsLast].
    public static void gradWeight(Object x, Object gy, Object gw, WeightStrides ws, ConvShape s) {
        String op = "convolution gradWeight";
        check(op, s);
        Object like = floats(op, "x", x, input(s));
        same(op, "gy", gy, like, output(s));
        weight(op, gw, like, ws, s);
        apart(op, "gw", gw, "x", x);
        apart(op, "gw", gw, "gy", gy);
        Conv2d.gradWeight(x, 0, gy, 0, gw, 0, ws, s, ConvAlgorithm.fastest(s));
    }

    private static void check(String op, ConvShape s) {
        boolean sizes =
                s.n() >= 0 && s.c() > 0 && s.h() >= 0 && s.w() >= 0 && s.o() > 0 && s.kh() > 0;
        boolean steps =
                s.kw() > 0
                        && s.strideH() > 0
                        && s.strideW() > 0
                        && s.dilationH() > 0
                        && s.dilationW() > 0
                        && s.padH() >= 0
                        && s.padW() >= 0;
        if (!sizes || !steps) {
            throw new IllegalArgumentException(op + ": sizes may not be negative or 0 (" + s + ")");
        }
        if (s.groups() < 1 || s.c() % s.groups() != 0 || s.o() % s.groups() != 0) {
            throw new IllegalArgumentException(
                    "%s: %d groups do not divide %d input and %d output channels (%s)"
                            .formatted(op, s.groups(), s.c(), s.o(), s));
        }
    }

    private static long input(ConvShape s) {
        return (long) s.n() * s.h() * s.w() * s.c();
    }

    private static long output(ConvShape s) {
        return (long) s.n() * s.outH() * s.outW() * s.o();
    }

    private static void weight(String op, Object w, Object like, WeightStrides ws, ConvShape s) {
        if (!ws.equals(WeightStrides.channelsLast(s)) && !ws.equals(WeightStrides.rowMajor(s))) {
            throw new IllegalArgumentException(
                    "%s: the weight's order must be channelsLast or rowMajor, but is %s (%s)"
                            .formatted(op, ws, s));
        }
        same(op, "w", w, like, (long) s.o() * s.groupC() * s.kh() * s.kw());
    }

    private static Object floats(String op, String name, Object x, long length) {
        if (!(x instanceof float[] || x instanceof double[])) {
            throw new IllegalArgumentException(
                    "%s: %s must be float[] or double[], but is %s"
                            .formatted(op, name, x.getClass().getSimpleName()));
        }
        same(op, name, x, x, length);
        return x;
    }

    private static void same(String op, String name, Object x, Object like, long length) {
        if (x.getClass() != like.getClass()) {
            throw new IllegalArgumentException(
                    "%s: %s must be %s, but is %s"
                            .formatted(
                                    op,
                                    name,
                                    like.getClass().getSimpleName(),
                                    x.getClass().getSimpleName()));
        }
        if (Array.getLength(x) != length) {
            throw new IllegalArgumentException(
                    "%s: %s needs %d elements, but has %d"
                            .formatted(op, name, length, Array.getLength(x)));
        }
    }

    @SuppressWarnings("ReferenceEquality") // it is the memory that counts
    private static void apart(String op, String out, Object y, String in, Object x) {
        if (x == y) {
            throw new IllegalArgumentException(
                    "%s: %s and %s are the same array".formatted(op, out, in));
        }
    }
}
