package dev.lanegrad;

import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.Unary;

/// Powers of tensors and of numbers.
public sealed interface Powers permits Tensor {
    // ------------------------------------------------------------ to the power of a number

    /// `this` to the power of `exponent`, as `torch.pow`; multiplies for exponents 2 and 3.
    default Tensor pow(double exponent) {
        Tensor x = (Tensor) this;
        return PowBackward0.apply(x.to(Promotion.floating(x.dtype())), exponent);
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
                g.put(
                        0,
                        g.gy().mul(
                                        Arithmetic.MulBackward1.apply(
                                                x.get().pow(exponent - 1), exponent)));
            }
        }
    }

    // ------------------------------------------------------------ to the power of a tensor

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

    // ------------------------------------------------------------ a number to the power

    /// `base` to the power of this tensor, element by element, as Python's `number ** tensor`.
    default Tensor rpow(double base) {
        return raised(Creation.number(base), base, (Tensor) this);
    }

    /// `base` to the power of this tensor; of integers it is an integer, 0 for a fraction.
    default Tensor rpow(long base) {
        return raised(Creation.number(base), (double) base, (Tensor) this);
    }

    private static Tensor raised(Tensor number, double base, Tensor exponent) {
        DType dtype = Promotion.of(number, exponent);
        Tensor y = Elementwise.binary(Binary.POW, "rpow", number, exponent, dtype, 0, 0);
        return Tape.records(exponent)
                ? Tape.record(y, new PowBackward2(Saved.of(exponent), Saved.of(y), base), exponent)
                : y;
    }

    record PowBackward2(Saved exponent, Saved y, double base) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor slope = y.get().mul(Math.log(base));
            g.put(0, g.gy().mul(base == 0 ? slope.maskedFill(exponent.get().ge(0), 0) : slope));
        }
    }

    // ------------------------------------------------------------ in double precision

    /// `this` to the power of `exponent`, both in float64, as `torch.float_power`.
    default Tensor floatPower(double exponent) {
        return ((Tensor) this).to(DType.FLOAT64).pow(exponent);
    }

    /// `this` to the power of `exponent`, both in float64, as `torch.float_power`.
    default Tensor floatPower(Tensor exponent) {
        return ((Tensor) this).to(DType.FLOAT64).pow(exponent.to(DType.FLOAT64));
    }
}
