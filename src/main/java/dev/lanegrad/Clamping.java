package dev.lanegrad;

import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.Ternary;
import dev.lanegrad.kernels.any.Unary;
import org.jspecify.annotations.Nullable;

/// Elements brought within bounds, and numbers in the place of what is none.
public sealed interface Clamping permits Tensor {
    // ------------------------------------------------------------ between numbers

    /// x within bounds, as `torch.clamp`; its gradient at a bound is 1. NaN stays NaN.
    default Tensor clamp(double min, double max) {
        return clamped(PointwiseRules.CLAMP, (Tensor) this, min, max);
    }

    /// x, but not below `min`, as `torch.clamp_min`.
    default Tensor clampMin(double min) {
        return clamped(PointwiseRules.CLAMP_MIN, (Tensor) this, min, Double.POSITIVE_INFINITY);
    }

    /// x, but not above `max`, as `torch.clamp_max`.
    default Tensor clampMax(double max) {
        return clamped(PointwiseRules.CLAMP_MAX, (Tensor) this, Double.NEGATIVE_INFINITY, max);
    }

    private static Tensor clamped(PointwiseRule rule, Tensor x, double min, double max) {
        return rule.apply(x.to(Promotion.floating(x.dtype())), min, max);
    }

    /// x within bounds; integers stay integers.
    default Tensor clamp(long min, long max) {
        Tensor x = (Tensor) this;
        return x.dtype().isFloatingPoint()
                ? x.clamp((double) min, (double) max)
                : x.maximum(Creation.number(min)).minimum(Creation.number(max));
    }

    // ------------------------------------------------------------ between tensors

    /// x within bounds, element by element, as `torch.clamp` with tensors: x, `min` and `max`
    /// broadcast to each other, and either bound may be null. NaN where any of them is; `max` where
    /// `min` is above it. A bound has the gradient where it is the result.
    ///
    /// @throws IllegalArgumentException if both bounds are null, or the shapes do not broadcast
    default Tensor clamp(@Nullable Tensor min, @Nullable Tensor max) {
        Tensor x = (Tensor) this;
        Tensor y = within("clamp", x, min, max);
        return Tape.records(x, min, max)
                ? Tape.record(y, new ClampBackward0(Saved.of(x), kept(min), kept(max)), x, min, max)
                : y;
    }

    /// x, but not below `min`, element by element, as `torch.clamp_min`.
    default Tensor clampMin(Tensor min) {
        Tensor x = (Tensor) this;
        Tensor y = within("clampMin", x, min, null);
        return Tape.records(x, min)
                ? Tape.record(y, new ClampMinBackward1(Saved.of(x), Saved.of(min)), x, min)
                : y;
    }

    /// x, but not above `max`, element by element, as `torch.clamp_max`.
    default Tensor clampMax(Tensor max) {
        Tensor x = (Tensor) this;
        Tensor y = within("clampMax", x, null, max);
        return Tape.records(x, max)
                ? Tape.record(y, new ClampMaxBackward1(Saved.of(x), Saved.of(max)), x, max)
                : y;
    }

    private static Tensor within(String op, Tensor x, @Nullable Tensor min, @Nullable Tensor max) {
        if (min != null && max != null) {
            DType dtype = Promotion.ofAll(x, min, max);
            return Elementwise.broadcast(Ternary.CLAMP, op, dtype, dtype, 0, 0, x, min, max);
        }
        if (min != null) {
            return Elementwise.binary(Binary.MAXIMUM, op, x, min, 0, 0);
        }
        if (max != null) {
            return Elementwise.binary(Binary.MINIMUM, op, x, max, 0, 0);
        }
        throw new IllegalArgumentException(
                op + ": at least one of min and max must be given (input " + x.shape() + ")");
    }

    private static @Nullable Saved kept(@Nullable Tensor bound) {
        return bound == null ? null : Saved.of(bound);
    }

    record ClampBackward0(Saved x, @Nullable Saved min, @Nullable Saved max) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor in = x.get();
            Tensor least = min == null ? null : min.get();
            Tensor most = max == null ? null : max.get();
            if (g.needs(0)) {
                g.put(0, g.gy().where(inside(in, least, most), 0));
            }
            if (least != null && g.needs(1)) {
                Tensor below = in.lt(least);
                Tensor chosen = most == null ? below : below.logicalAnd(least.lt(most));
                g.put(1, g.gy().where(chosen, 0));
            }
            if (most != null && g.needs(2)) {
                Tensor above = in.gt(most);
                Tensor chosen = least == null ? above : above.logicalOr(most.lt(least));
                g.put(2, g.gy().where(chosen, 0));
            }
        }

        private static Tensor inside(Tensor x, @Nullable Tensor least, @Nullable Tensor most) {
            if (least == null || most == null) {
                return least != null ? x.ge(least) : x.le(java.util.Objects.requireNonNull(most));
            }
            return x.ge(least).logicalAnd(x.le(most));
        }
    }

    record ClampMinBackward1(Saved x, Saved min) implements Backward {
        @Override
        public void backward(Gradients g) {
            if (g.needs(0)) {
                g.put(0, g.gy().where(x.get().ge(min.get()), 0));
            }
            if (g.needs(1)) {
                g.put(1, g.gy().where(x.get().lt(min.get()), 0));
            }
        }
    }

    record ClampMaxBackward1(Saved x, Saved max) implements Backward {
        @Override
        public void backward(Gradients g) {
            if (g.needs(0)) {
                g.put(0, g.gy().where(x.get().le(max.get()), 0));
            }
            if (g.needs(1)) {
                g.put(1, g.gy().where(x.get().gt(max.get()), 0));
            }
        }
    }

    // ------------------------------------------------------------ numbers for what is none

    /// x, but 0 for NaN and the type's largest and smallest number for ∞ and −∞, as
    /// `torch.nan_to_num`; the gradient there is 0. Integers stay as they are.
    default Tensor nanToNum() {
        return nanToNum(0);
    }

    /// As [#nanToNum()], but `nan` for NaN.
    default Tensor nanToNum(double nan) {
        DType dtype = ((Tensor) this).dtype();
        double most = dtype.isFloatingPoint() ? FloatInfo.of(dtype).max() : 0;
        return nanToNum(nan, most, -most);
    }

    /// x, but `nan` for NaN, `infinity` for ∞ and `minusInfinity` for −∞, as `torch.nan_to_num`.
    default Tensor nanToNum(double nan, double infinity, double minusInfinity) {
        Tensor x = (Tensor) this;
        if (!x.dtype().isFloatingPoint()) {
            return x.clone();
        }
        Unary kernel = nan == 0 ? Unary.NAN_TO_ZERO : Unary.INFINITY_TO;
        Tensor y = Elementwise.unary(kernel, x, infinity, minusInfinity);
        if (nan != 0) {
            y = Elementwise.unary(Unary.NAN_TO, y, nan, 0);
        }
        return Tape.records(x) ? Tape.record(y, new NanToNumBackward0(Saved.of(x)), x) : y;
    }

    record NanToNumBackward0(Saved x) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().where(x.get().isfinite(), 0));
        }
    }
}
