package dev.lanegrad;

import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.Unary;
import org.jspecify.annotations.Nullable;

/// Addition, multiplication and their kin, of tensors that broadcast to each other and of numbers.
///
/// Operands of different types meet in the type that PyTorch promotes them to. Java's `long` and
/// `double` arguments are Python's `int` and `float`.
public sealed interface Arithmetic permits Tensor {
    // ------------------------------------------------------------ add

    /// `this + other`, as `torch.add`.
    default Tensor add(Tensor other) {
        Tensor a = (Tensor) this;
        Tensor y = Elementwise.binary(Binary.ADD, "add", a, other, 0, 0);
        return Tape.records(a, other) ? Tape.record(y, new AddBackward0(1), a, other) : y;
    }

    /// `this + alpha·other`, as `torch.add` with `alpha`.
    default Tensor add(Tensor other, double alpha) {
        Tensor a = (Tensor) this;
        Tensor y = Elementwise.binary(Binary.ADD_SCALED, "add", a, other, alpha, 0);
        return Tape.records(a, other) ? Tape.record(y, new AddBackward0(alpha), a, other) : y;
    }

    /// `this + value`
    default Tensor add(double value) {
        return add(Creation.number(value));
    }

    /// `this + value`
    default Tensor add(long value) {
        return add(Creation.number(value));
    }

    record AddBackward0(double alpha) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy());
            if (g.needs(1)) {
                g.put(1, alpha == 1 ? g.gy() : g.gy().mul(alpha));
            }
        }
    }

    // ------------------------------------------------------------ sub

    /// Refuses bools.
    ///
    /// @throws IllegalArgumentException if either is bool, with PyTorch's sentence
    static void checkSubtraction(Tensor a, Tensor b) {
        boolean both = a.dtype() == DType.BOOL && b.dtype() == DType.BOOL;
        if (both || a.dtype() == DType.BOOL || b.dtype() == DType.BOOL) {
            throw new IllegalArgumentException(
                    "Subtraction, the `-` operator, with "
                            + (both
                                    ? "two bool tensors is not supported. Use the `^` or"
                                            + " `logical_xor()` operator instead."
                                    : "a bool tensor is not supported. If you are trying to invert"
                                            + " a mask, use the `~` or `logical_not()` operator"
                                            + " instead."));
        }
    }

    /// `this − other`, as `torch.sub`.
    ///
    /// @throws IllegalArgumentException if either is bool
    default Tensor sub(Tensor other) {
        Tensor a = (Tensor) this;
        checkSubtraction(a, other);
        Tensor y = Elementwise.binary(Binary.SUB, "sub", a, other, 0, 0);
        return Tape.records(a, other) ? Tape.record(y, new SubBackward0(1), a, other) : y;
    }

    /// `this − alpha·other`, as `torch.sub` with `alpha`.
    default Tensor sub(Tensor other, double alpha) {
        Tensor a = (Tensor) this;
        checkSubtraction(a, other);
        Tensor y = Elementwise.binary(Binary.ADD_SCALED, "sub", a, other, -alpha, 0);
        return Tape.records(a, other) ? Tape.record(y, new SubBackward0(alpha), a, other) : y;
    }

    /// `this − value`
    default Tensor sub(double value) {
        return sub(Creation.number(value));
    }

    /// `this − value`
    default Tensor sub(long value) {
        return sub(Creation.number(value));
    }

    record SubBackward0(double alpha) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy());
            if (g.needs(1)) {
                g.put(1, alpha == 1 ? g.gy().neg() : g.gy().mul(-alpha));
            }
        }
    }

    /// `value − this`, as Python's `value - tensor`.
    default Tensor rsub(double value) {
        return rsub(Creation.number(value));
    }

    /// `value − this`, as Python's `value - tensor`.
    default Tensor rsub(long value) {
        return rsub(Creation.number(value));
    }

    /// `other − this`, as `torch.rsub`.
    default Tensor rsub(Tensor other) {
        Tensor a = (Tensor) this;
        checkSubtraction(other, a);
        Tensor y = Elementwise.binary(Binary.SUB, "rsub", other, a, 0, 0);
        if (!Tape.records(a, other)) {
            return y;
        }
        return other.isNumber
                ? Tape.record(y, new RsubBackward1(), a)
                : Tape.record(y, new RsubBackward0(), a, other);
    }

    record RsubBackward0() implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            if (g.needs(0)) {
                g.put(0, g.gy().neg());
            }
            g.put(1, g.gy());
        }
    }

    record RsubBackward1() implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().neg());
        }
    }

    // ------------------------------------------------------------ mul

    /// `this · other`, element by element, as `torch.mul`.
    default Tensor mul(Tensor other) {
        Tensor a = (Tensor) this;
        Tensor y = Elementwise.binary(Binary.MUL, "mul", a, other, 0, 0);
        return Tape.records(a, other) ? Tape.record(y, MulBackward0.of(a, other), a, other) : y;
    }

    /// `this · value`
    default Tensor mul(double value) {
        return mul(Creation.number(value));
    }

    /// `this · value`
    default Tensor mul(long value) {
        return mul(Creation.number(value));
    }

    record MulBackward0(@Nullable Saved a, @Nullable Saved b) implements Backward {
        static MulBackward0 of(Tensor a, Tensor b) {
            return new MulBackward0(
                    Tape.tracks(b) ? Saved.of(a) : null, Tape.tracks(a) ? Saved.of(b) : null);
        }

        @Override
        public void backward(Gradients g) {
            if (g.needs(0) && b != null) {
                g.put(0, g.gy().mul(b.get()));
            }
            if (g.needs(1) && a != null) {
                g.put(1, g.gy().mul(a.get()));
            }
        }
    }

    /// `x·value` inside a rule: its node has one input, where the user's [#mul(double)] has two.
    private static Tensor scaled(Tensor x, double value) {
        Tensor y = Elementwise.binary(Binary.MUL, "mul", x, Creation.number(value), 0, 0);
        return Tape.records(x) ? Tape.record(y, new MulBackward1(value), x) : y;
    }

    record MulBackward1(double value) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, scaled(g.gy(), value));
        }
    }

    // ------------------------------------------------------------ div

    /// `this / other`, element by element, never an integer division, as `torch.div`.
    default Tensor div(Tensor other) {
        Tensor a = (Tensor) this;
        DType dtype = Promotion.floating(Promotion.of(a, other));
        Tensor y = Elementwise.binary(Binary.DIV, "div", a, other, dtype, 0, 0);
        return Tape.records(a, other) ? Tape.record(y, DivBackward0.of(a, other), a, other) : y;
    }

    /// `this / value`
    default Tensor div(double value) {
        return div(Creation.number(value));
    }

    /// `this / value`
    default Tensor div(long value) {
        return div(Creation.number(value));
    }

    record DivBackward0(@Nullable Saved a, Saved b) implements Backward {
        static DivBackward0 of(Tensor a, Tensor b) {
            return new DivBackward0(Tape.tracks(b) ? Saved.of(a) : null, Saved.of(b));
        }

        @Override
        public void backward(Gradients g) {
            Tensor divisor = b.get();
            if (g.needs(0)) {
                g.put(0, g.gy().div(divisor));
            }
            if (g.needs(1) && a != null) {
                g.put(1, g.gy().neg().mul(a.get().div(divisor).div(divisor)));
            }
        }
    }

    // ------------------------------------------------------------ pow

    /// `this` to the power of `exponent`, as `torch.pow`; multiplies for exponents 2 and 3.
    default Tensor pow(double exponent) {
        Tensor x = (Tensor) this;
        return PowBackward0.apply(x.dtype().isFloatingPoint() ? x : x.to(DType.FLOAT32), exponent);
    }

    /// `this` to the power of `exponent`, as `torch.pow`; multiplies for exponents 2 and 3.
    ///
    /// @throws IllegalArgumentException if an integer tensor meets a negative exponent
    default Tensor pow(long exponent) {
        Tensor x = (Tensor) this;
        if (x.dtype().isFloatingPoint()) {
            return PowBackward0.apply(x, (double) exponent);
        }
        return pow(Creation.number(exponent));
    }

    record PowBackward0(Saved x, double exponent) implements Backward {
        static Tensor apply(Tensor x, double exponent) {
            Tensor y = value(x, exponent);
            return Tape.records(x) ? Tape.record(y, new PowBackward0(Saved.of(x), exponent), x) : y;
        }

        private static Tensor value(Tensor x, double exponent) {
            if (exponent == 2) {
                return Elementwise.unary(Unary.SQUARE, x, 0, 0);
            }
            if (exponent == 3) {
                return Elementwise.unary(Unary.CUBE, x, 0, 0);
            }
            if (exponent == 0.5) {
                return Elementwise.unary(Unary.SQRT, x, 0, 0);
            }
            if (exponent == 1) {
                return Copies.copy(x.detach());
            }
            if (exponent == 0) {
                return Creation.fullLike(x, 1);
            }
            if (exponent == -1) {
                return Elementwise.unary(Unary.RECIPROCAL, x, 0, 0);
            }
            if (exponent == -2) {
                return Elementwise.unary(
                        Unary.RECIPROCAL, Elementwise.unary(Unary.SQUARE, x, 0, 0), 0, 0);
            }
            return Elementwise.unary(Unary.POW_SCALAR, x, exponent, 0);
        }

        @Override
        public void backward(Gradients g) {
            if (exponent == 0) {
                g.put(0, Creation.fullLike(x.get(), 0));
            } else {
                g.put(0, g.gy().mul(scaled(x.get().pow(exponent - 1), exponent)));
            }
        }
    }

    /// `this` to the power of `exponent`, element by element, as `torch.pow`.
    ///
    /// @throws IllegalArgumentException if integers meet a negative exponent
    default Tensor pow(Tensor exponent) {
        Tensor x = (Tensor) this;
        DType dtype = Promotion.of(x, exponent);
        if (x.dtype() == DType.BOOL && exponent.dtype() == DType.BOOL && !exponent.isNumber) {
            throw new IllegalArgumentException("pow: not defined for two bools");
        }
        if (!dtype.isFloatingPoint() && exponent.isNumber && exponent.storage().getLong(0) < 0) {
            throw new IllegalArgumentException(
                    "Integers to negative integer powers are not allowed.");
        }
        Tensor y = Elementwise.binary(Binary.POW, "pow", x, exponent, dtype, 0, 0);
        return Tape.records(x, exponent)
                ? Tape.record(
                        y,
                        new PowBackward1(Saved.of(x), Saved.of(exponent), Saved.of(y)),
                        x,
                        exponent)
                : y;
    }

    record PowBackward1(Saved x, Saved exponent, Saved y) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor base = x.get();
            Tensor e = exponent.get();
            if (g.needs(0)) {
                Tensor slope = e.mul(base.pow(e.sub(1)));
                g.put(0, g.gy().mul(slope.maskedFill(e.eq(0), 0)));
            }
            if (g.needs(1)) {
                Tensor flat = base.eq(0).logicalAnd(e.ge(0));
                g.put(1, g.gy().mul(y.get().mul(base.log()).maskedFill(flat, 0)));
            }
        }
    }
}
