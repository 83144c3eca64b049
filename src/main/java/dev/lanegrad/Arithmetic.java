package dev.lanegrad;

import dev.lanegrad.kernels.any.Binary;
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

    /// The product of a tensor and a number inside an operation: its node has one input, where the
    /// user's [#mul(double)] has two.
    record MulBackward1(double value) implements Backward {
        static Tensor apply(Tensor x, double value) {
            Tensor y = Elementwise.binary(Binary.MUL, "mul", x, Creation.number(value), 0, 0);
            return Tape.records(x) ? Tape.record(y, new MulBackward1(value), x) : y;
        }

        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, apply(g.gy(), value));
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
}
