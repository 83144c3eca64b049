package dev.lanegrad;

import dev.lanegrad.kernels.any.Ternary;
import java.math.RoundingMode;

/// Functions of two or three operands, element by element, beyond [Arithmetic]; the operands
/// broadcast to each other. Adding one of two operands is a row of [PairRules] and its method here.
public sealed interface PointwisePairs permits Tensor {
    // ------------------------------------------------------------ the larger, the smaller

    /// The larger element, NaN where either is, as `torch.maximum`; equal ones share the gradient.
    default Tensor maximum(Tensor other) {
        return PairRules.MAXIMUM.apply((Tensor) this, other);
    }

    /// The smaller element, NaN where either is, as `torch.minimum`; equal ones share the gradient.
    default Tensor minimum(Tensor other) {
        return PairRules.MINIMUM.apply((Tensor) this, other);
    }

    /// The larger element, NaN where both are, as `torch.fmax`; of equal ones this tensor's has the
    /// gradient.
    default Tensor fmax(Tensor other) {
        return PairRules.FMAX.apply((Tensor) this, other);
    }

    /// The smaller element, NaN where both are, as `torch.fmin`; of equal ones this tensor's has
    /// the gradient.
    default Tensor fmin(Tensor other) {
        return PairRules.FMIN.apply((Tensor) this, other);
    }

    // ------------------------------------------------------------ division with a remainder

    /// What is left by the quotient rounded towards 0, exactly, as `torch.fmod`.
    default Tensor fmod(Tensor other) {
        return PairRules.FMOD.apply((Tensor) this, other);
    }

    /// What is left by the quotient rounded towards 0.
    default Tensor fmod(double other) {
        return PairRules.FMOD.apply((Tensor) this, Creation.number(other), "FmodBackward0");
    }

    /// What is left by the quotient rounded towards 0.
    default Tensor fmod(long other) {
        return PairRules.FMOD.apply((Tensor) this, Creation.number(other), "FmodBackward0");
    }

    /// What is left by the quotient rounded down, exactly, as `torch.remainder` and Python's `%`.
    default Tensor remainder(Tensor other) {
        checkDivisor("remainder", (Tensor) this, other);
        return PairRules.REMAINDER.apply((Tensor) this, other);
    }

    /// What is left by the quotient rounded down.
    default Tensor remainder(double other) {
        return PairRules.REMAINDER.apply(
                (Tensor) this, Creation.number(other), "RemainderBackward0");
    }

    /// What is left by the quotient rounded down.
    default Tensor remainder(long other) {
        checkDivisor("remainder", (Tensor) this, Creation.number(other));
        return PairRules.REMAINDER.apply(
                (Tensor) this, Creation.number(other), "RemainderBackward0");
    }

    /// Integers have no quotient by 0.
    private static void checkDivisor(String op, Tensor x, Tensor divisor) {
        boolean integers = !x.dtype().isFloatingPoint() && !divisor.dtype().isFloatingPoint();
        if (integers && divisor.detach().eq(0).any().isTrue()) {
            throw new ArithmeticException(
                    "%s: an integer divisor is 0 (input %s, divisor %s)"
                            .formatted(op, x.shape(), divisor.shape()));
        }
    }

    /// The quotient, rounded, as `torch.div` with `rounding_mode`; its gradient is 0.
    ///
    /// @param rounding FLOOR for PyTorch's `floor`, DOWN for `trunc`
    /// @throws IllegalArgumentException for another rounding
    default Tensor div(Tensor other, RoundingMode rounding) {
        return quotient(rounding).apply((Tensor) this, other);
    }

    /// The quotient by a number, rounded.
    default Tensor div(double other, RoundingMode rounding) {
        return div(Creation.number(other), rounding);
    }

    /// The quotient by a number, rounded.
    default Tensor div(long other, RoundingMode rounding) {
        return div(Creation.number(other), rounding);
    }

    private static PairRule quotient(RoundingMode rounding) {
        return switch (rounding) {
            case FLOOR -> PairRules.FLOOR_DIVIDE;
            case DOWN -> PairRules.TRUNC_DIVIDE;
            case UP, CEILING, HALF_UP, HALF_DOWN, HALF_EVEN, UNNECESSARY ->
                    throw new IllegalArgumentException(
                            "div: rounding must be FLOOR or DOWN, but is " + rounding);
        };
    }

    // ------------------------------------------------------------ functions

    /// The angle of the point (other, this) in radians, from −π to π, as `torch.atan2`.
    default Tensor atan2(Tensor other) {
        return PairRules.ATAN2.apply((Tensor) this, other);
    }

    /// `√(this² + other²)`, as `torch.hypot`.
    default Tensor hypot(Tensor other) {
        return PairRules.HYPOT.apply((Tensor) this, other);
    }

    /// `log(e^this + e^other)`, as `torch.logaddexp`.
    default Tensor logaddexp(Tensor other) {
        return PairRules.LOGADDEXP.apply((Tensor) this, other);
    }

    /// `log₂(2^this + 2^other)`, as `torch.logaddexp2`.
    default Tensor logaddexp2(Tensor other) {
        return PairRules.LOGADDEXP2.apply((Tensor) this, other);
    }

    /// `this·log(other)`, 0 where this is 0 and the other a number, as `torch.xlogy`.
    default Tensor xlogy(Tensor other) {
        return PairRules.XLOGY.apply((Tensor) this, other);
    }

    /// This tensor's sizes with the other's signs, as `torch.copysign`.
    default Tensor copysign(Tensor other) {
        return PairRules.COPYSIGN.apply((Tensor) this, other);
    }

    // ------------------------------------------------------------ addcmul, addcdiv

    /// `this + value·a·b`, as `torch.addcmul`.
    default Tensor addcmul(Tensor a, Tensor b, double value) {
        Tensor x = (Tensor) this;
        DType dtype = Promotion.of(x.dtype(), Promotion.of(a, b));
        Tensor y =
                Elementwise.broadcast(Ternary.ADDCMUL, "addcmul", dtype, dtype, value, 0, x, a, b);
        return Tape.records(x, a, b)
                ? Tape.record(y, new AddcmulBackward0(Saved.of(a), Saved.of(b), value), x, a, b)
                : y;
    }

    record AddcmulBackward0(Saved a, Saved b, double value) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy());
            if (g.needs(1)) {
                g.put(1, g.gy().mul(b.get().mul(value)));
            }
            if (g.needs(2)) {
                g.put(2, g.gy().mul(a.get().mul(value)));
            }
        }
    }

    /// `this + value·a / b`, as `torch.addcdiv`.
    ///
    /// @throws IllegalArgumentException if all are integers
    default Tensor addcdiv(Tensor a, Tensor b, double value) {
        Tensor x = (Tensor) this;
        DType dtype = Promotion.of(x.dtype(), Promotion.of(a, b));
        if (!dtype.isFloatingPoint()) {
            throw new IllegalArgumentException(
                    "addcdiv: needs floating point, but got "
                            + x.dtype()
                            + ", "
                            + a.dtype()
                            + " and "
                            + b.dtype());
        }
        Tensor y =
                Elementwise.broadcast(Ternary.ADDCDIV, "addcdiv", dtype, dtype, value, 0, x, a, b);
        return Tape.records(x, a, b)
                ? Tape.record(y, new AddcdivBackward0(Saved.of(a), Saved.of(b), value), x, a, b)
                : y;
    }

    record AddcdivBackward0(Saved a, Saved b, double value) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor divisor = b.get();
            g.put(0, g.gy());
            if (g.needs(1)) {
                g.put(1, g.gy().mul(value).div(divisor));
            }
            if (g.needs(2)) {
                g.put(2, g.gy().mul(a.get().div(divisor.square())).mul(-value));
            }
        }
    }

    // ------------------------------------------------------------ lerp

    /// `this + weight·(end − this)`, as `torch.lerp`.
    default Tensor lerp(Tensor end, Tensor weight) {
        Tensor x = (Tensor) this;
        Tensor y = interpolated(x, end, weight);
        return Tape.records(x, end, weight)
                ? Tape.record(
                        y,
                        new LerpBackward1(Saved.of(x), Saved.of(end), Saved.of(weight)),
                        x,
                        end,
                        weight)
                : y;
    }

    /// `this + weight·(end − this)`, as `torch.lerp`.
    default Tensor lerp(Tensor end, double weight) {
        Tensor x = (Tensor) this;
        Tensor y = interpolated(x, end, Creation.number(weight));
        return Tape.records(x, end) ? Tape.record(y, new LerpBackward0(weight), x, end) : y;
    }

    private static Tensor interpolated(Tensor x, Tensor end, Tensor weight) {
        if (x.dtype() != end.dtype() || !(weight.isNumber || weight.dtype() == x.dtype())) {
            throw new IllegalArgumentException(
                    "lerp: expected one type, but got "
                            + x.dtype()
                            + ", "
                            + end.dtype()
                            + " and "
                            + weight.dtype());
        }
        return Elementwise.broadcast(
                Ternary.LERP, "lerp", x.dtype(), x.dtype(), 0, 0, x, end, weight);
    }

    record LerpBackward0(double weight) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            if (g.needs(0)) {
                g.put(0, g.gy().mul(1 - weight));
            }
            if (g.needs(1)) {
                g.put(1, g.gy().mul(weight));
            }
        }
    }

    record LerpBackward1(Saved x, Saved end, Saved weight) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor w = weight.get();
            if (g.needs(0)) {
                g.put(0, g.gy().mul(w.rsub(1)));
            }
            if (g.needs(1)) {
                g.put(1, g.gy().mul(w));
            }
            if (g.needs(2)) {
                g.put(2, g.gy().mul(end.get().sub(x.get())));
            }
        }
    }
}
