package dev.lanegrad;

import dev.lanegrad.kernels.Conversion;
import dev.lanegrad.kernels.Logical;
import dev.lanegrad.kernels.LoopKernel;
import dev.lanegrad.kernels.StridedLoop;
import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.Compare;
import dev.lanegrad.kernels.any.Copy;
import dev.lanegrad.kernels.any.Predicate;

/// Runs element-wise kernels on tensors: broadcasts, promotes, chooses the layout of the result.
/// Nothing here is recorded.
final class Elementwise {
    private Elementwise() {}

    /// `y := f(x)` in x's type.
    static Tensor unary(LoopKernel op, Tensor x, double p, double q) {
        Tensor in = convert(x, working(x.dtype()));
        return convert(into(op, Creation.emptyLike(in), p, q, in), x.dtype());
    }

    /// The type in which kernels compute values of this type: half-precision numbers in float32,
    /// what Java's bytes do not hold in a wider type.
    static DType working(DType type) {
        return switch (type) {
            case FLOAT16, BFLOAT16 -> DType.FLOAT32;
            case UINT8 -> DType.INT16;
            case BOOL -> DType.INT8;
            case FLOAT32, FLOAT64, INT64, INT32, INT16, INT8 -> type;
        };
    }

    /// `y := f(a, b)` in the type the operands promote to.
    static Tensor binary(LoopKernel op, String name, Tensor a, Tensor b, double p, double q) {
        return binary(op, name, a, b, Promotion.of(a, b), p, q);
    }

    /// `y := f(a, b)` in this type.
    static Tensor binary(
            LoopKernel op, String name, Tensor a, Tensor b, DType dtype, double p, double q) {
        return broadcast(op, name, dtype, dtype, p, q, a, b);
    }

    /// A comparison in the type that the operands promote to.
    static Tensor compare(LoopKernel op, String name, Tensor a, Tensor b) {
        return broadcast(op, name, Promotion.of(a, b), DType.BOOL, 0, 0, a, b);
    }

    /// `y := f(x₀, x₁, ...)` over the operands' common shape; computed in type `in`.
    static Tensor broadcast(
            LoopKernel op, String name, DType in, DType out, double p, double q, Tensor... x) {
        Shape shape = x[0].shape();
        for (int k = 1; k < x.length; k++) {
            shape = Shape.broadcast(name, shape, x[k].shape());
        }
        DType run = op instanceof Logical ? in : working(in);
        Tensor[] operands = new Tensor[x.length];
        for (int k = 0; k < x.length; k++) {
            operands[k] = convert(x[k], run);
        }
        boolean isTest = op instanceof Compare || op instanceof Predicate;
        DType result = in == out && !isTest ? run : out;
        Tensor y = Creation.empty(shape, result, layout(shape, operands));
        return convert(into(op, y, p, q, operands), out);
    }

    /// The layout of the first operand of full size, dense in its own way; one that repeats
    /// elements counts last, since its order of axes says nothing.
    private static int[] layout(Shape shape, Tensor[] operands) {
        Tensor repeating = null;
        for (Tensor x : operands) {
            if (x.shape().equals(shape) && x.numel() > 1) {
                if (x.isDense()) {
                    return x.strides();
                }
                if (!Layout.repeats(shape, x.strides())) {
                    return Layout.denseLike(shape, x.strides());
                }
                repeating = repeating == null ? x : repeating;
            }
        }
        return repeating == null
                ? shape.contiguousStrides()
                : Layout.denseLike(shape, repeating.strides());
    }

    /// `y := f(x₀, x₁, ...)` into `y`; the inputs have y's type, or the one the kernel reads, and
    /// broadcast to y's shape.
    static Tensor into(LoopKernel op, Tensor y, double p, double q, Tensor... x) {
        int n = x.length;
        Object[] arrays = new Object[n + 1];
        int[] offsets = new int[n + 1];
        int[] steps = new int[n + 1];
        boolean aligned = y.isDense() && y.numel() <= SMALL;
        for (int k = 0; k < n; k++) {
            arrays[k] = x[k].array();
            offsets[k] = x[k].offset();
            steps[k] = x[k].numel() == 1 ? 0 : 1;
            aligned &= steps[k] == 0 || sameLayout(x[k], y);
        }
        arrays[n] = y.array();
        offsets[n] = y.offset();
        steps[n] = 1;
        if (!aligned) {
            int[][] strides = new int[n + 1][];
            for (int k = 0; k < n; k++) {
                strides[k] = Layout.expanded(x[k].shape(), x[k].strides(), y.shape());
            }
            strides[n] = y.strides();
            StridedLoop.run(op, y.shape().sizes(), arrays, offsets, strides, p, q);
        } else if (y.numel() > 0) {
            StridedLoop.row(op, arrays, offsets, steps, y.numel(), p, q);
        }
        return y;
    }

    private static boolean sameLayout(Tensor x, Tensor y) {
        return x.shape().equals(y.shape()) && java.util.Arrays.equals(x.strides(), y.strides());
    }

    /// Below this number of elements a dense operation goes straight to its kernel.
    private static final int SMALL = 1 << 14;

    /// `y := y + x`, the shapes being equal; not recorded, and not counted as a write.
    static void accumulate(Tensor y, Tensor x) {
        into(Binary.ADD, y, 0, 0, y, convert(x, y.dtype()));
        y.storage().countWrite();
    }

    /// `y := value`
    static void fill(Tensor y, double value) {
        Tensor v = convert(Creation.number(value), y.dtype());
        copy(y, v);
    }

    /// `y := x`, which broadcasts to y's shape; converts the type.
    static void copy(Tensor y, Tensor x) {
        Tensor from = convert(x, y.dtype());
        Copy.copyStrided(
                y.shape().sizes(),
                from.array(),
                from.offset(),
                Layout.expanded(from.shape(), from.strides(), y.shape()),
                y.array(),
                y.offset(),
                y.strides());
    }

    /// `x` in type `to`, in the same layout; `x` itself if it has that type.
    static Tensor convert(Tensor x, DType to) {
        DType from = x.dtype();
        if (from == to) {
            return x;
        }
        return switch (from) {
            case FLOAT16 -> convert(step(Conversion.FLOAT16_TO_FLOAT32, x, DType.FLOAT32), to);
            case BFLOAT16 -> convert(step(Conversion.BFLOAT16_TO_FLOAT32, x, DType.FLOAT32), to);
            case UINT8 -> convert(step(Conversion.UINT8_TO_INT16, x, DType.INT16), to);
            case FLOAT32, FLOAT64, INT64, INT32, INT16, INT8, BOOL ->
                    switch (to) {
                        case FLOAT16 ->
                                step(Conversion.FLOAT32_TO_FLOAT16, convert(x, DType.FLOAT32), to);
                        case BFLOAT16 ->
                                step(Conversion.FLOAT32_TO_BFLOAT16, convert(x, DType.FLOAT32), to);
                        case FLOAT32, FLOAT64, INT64, INT32, INT16, INT8, UINT8 -> cast(x, to);
                        case BOOL -> x.dtype().isFloatingPoint() ? nonzero(x) : cast(x, to);
                    };
        };
    }

    private static Tensor cast(Tensor x, DType to) {
        return step(Conversion.CAST, x, to);
    }

    /// What is true of an element: that it is not 0; by vectors, unlike the cast.
    private static Tensor nonzero(Tensor x) {
        Tensor zero = convert(Creation.number(0.0), x.dtype());
        return into(Compare.NE, denseLike(x, DType.BOOL), 0, 0, x, zero);
    }

    private static Tensor step(Conversion conversion, Tensor x, DType to) {
        return into(conversion, denseLike(x, to), 0, 0, x);
    }

    private static Tensor denseLike(Tensor x, DType type) {
        int[] strides = x.isDense() ? x.strides() : Layout.denseLike(x.shape(), x.strides());
        return Creation.empty(x.shape(), type, strides);
    }

    /// `x` in type `to`, dense in row-major order; `x` itself if it is that already.
    static Tensor converted(Tensor x, DType to) {
        Tensor y = convert(x, to);
        if (y.isContiguous()) {
            return y;
        }
        Tensor dense = Creation.empty(y.shape(), to);
        copy(dense, y);
        return dense;
    }
}
