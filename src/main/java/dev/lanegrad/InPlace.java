package dev.lanegrad;

import dev.lanegrad.kernels.any.Binary;

/// Operations that write their result over this tensor and return it, named with PyTorch's trailing
/// underscore.
///
/// A write is seen by all views, and by the tape: what an earlier operation kept and finds changed
/// makes its backward fail. A leaf that requires a gradient cannot be written to while recording.
public sealed interface InPlace permits Tensor {
    // ------------------------------------------------------------ add, sub

    /// `this := this + other`, as `Tensor.add_`.
    default Tensor add_(Tensor other) {
        return add_(other, 1);
    }

    /// `this := this + alpha·other`, as `Tensor.add_` with `alpha`.
    default Tensor add_(Tensor other, double alpha) {
        Tensor x = Write.allowed((Tensor) this, other);
        Write.binary(Binary.ADD_SCALED, "add_", x, other, alpha);
        return Write.record(x, new Arithmetic.AddBackward0(alpha), x, other);
    }

    /// `this := this + value`
    default Tensor add_(double value) {
        return add_(Creation.number(value), 1);
    }

    /// `this := this + value`
    default Tensor add_(long value) {
        return add_(Creation.number(value), 1);
    }

    /// `this := this − other`, as `Tensor.sub_`.
    default Tensor sub_(Tensor other) {
        Tensor x = Write.allowed((Tensor) this, other);
        Arithmetic.checkSubtraction(x, other);
        Write.binary(Binary.SUB, "sub_", x, other, 0);
        return Write.record(x, new Arithmetic.SubBackward0(1), x, other);
    }

    /// `this := this − value`
    default Tensor sub_(double value) {
        return sub_(Creation.number(value));
    }

    /// `this := this − value`
    default Tensor sub_(long value) {
        return sub_(Creation.number(value));
    }

    // ------------------------------------------------------------ mul, div

    /// `this := this · other`, as `Tensor.mul_`.
    default Tensor mul_(Tensor other) {
        Tensor x = Write.allowed((Tensor) this, other);
        Backward rule = Arithmetic.MulBackward0.of(before(x, other), other);
        Write.binary(Binary.MUL, "mul_", x, other, 0);
        return Write.record(x, rule, x, other);
    }

    /// `this := this · value`
    default Tensor mul_(double value) {
        return mul_(Creation.number(value));
    }

    /// `this := this · value`
    default Tensor mul_(long value) {
        return mul_(Creation.number(value));
    }

    /// `this := this / other`, as `Tensor.div_`.
    ///
    /// @throws IllegalArgumentException if this tensor's elements are not floating point
    default Tensor div_(Tensor other) {
        Tensor x = Write.allowed((Tensor) this, other);
        Write.castable("div_", Promotion.floating(Promotion.of(x, other)), x);
        Backward rule = Arithmetic.DivBackward0.of(before(x, other), other);
        Write.binary(Binary.DIV, "div_", x, other, 0);
        return Write.record(x, rule, x, other);
    }

    /// `this := this / value`
    default Tensor div_(double value) {
        return div_(Creation.number(value));
    }

    /// `this := this / value`
    default Tensor div_(long value) {
        return div_(Creation.number(value));
    }

    /// What the rule may keep of a factor that is about to be overwritten: a copy, if it needs it.
    /// The copy is recorded, for the derivative of the derivative.
    private static Tensor before(Tensor x, Tensor other) {
        if (!Tape.records(other)) {
            return x;
        }
        return Copies.copy(x);
    }

    // ------------------------------------------------------------ pow

    /// `this := this` to the power of `exponent`, as `Tensor.pow_`.
    default Tensor pow_(double exponent) {
        Tensor x = Write.allowed((Tensor) this);
        Tensor old = Tape.records(x) ? Copies.copy(x) : x;
        Write.copy("pow_", x, old.detach().pow(exponent));
        return Write.record(x, new Powers.PowBackward0(Saved.of(old), exponent), x);
    }

    // ------------------------------------------------------------ functions

    /// `this := −this`, as `Tensor.neg_`.
    default Tensor neg_() {
        return Write.function(PointwiseRules.NEG, (Tensor) this);
    }

    /// `this := |this|`, as `Tensor.abs_`.
    default Tensor abs_() {
        return Write.function(PointwiseRules.ABS, (Tensor) this);
    }

    /// `this := e` to the power of this, as `Tensor.exp_`.
    default Tensor exp_() {
        return Write.function(PointwiseRules.EXP, (Tensor) this);
    }

    /// `this := √this`, as `Tensor.sqrt_`.
    default Tensor sqrt_() {
        return Write.function(PointwiseRules.SQRT, (Tensor) this);
    }

    /// `this := tanh(this)`, as `Tensor.tanh_`.
    default Tensor tanh_() {
        return Write.function(PointwiseRules.TANH, (Tensor) this);
    }

    /// `this := sigmoid(this)`, as `Tensor.sigmoid_`.
    default Tensor sigmoid_() {
        return Write.function(PointwiseRules.SIGMOID, (Tensor) this);
    }

    /// `this := max(this, 0)`, as `torch.relu_`.
    default Tensor relu_() {
        return Write.function(ActivationRules.RELU, (Tensor) this);
    }

    // ------------------------------------------------------------ fill, copy

    /// `this := 0`, as `Tensor.zero_`.
    default Tensor zero_() {
        Tensor x = Write.allowedAnywhere((Tensor) this);
        Elementwise.fill(x, 0);
        x.written();
        return Write.record(x, new ZeroBackward0(), x);
    }

    record ZeroBackward0() implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, Tensor.zerosLike(g.gy()));
        }
    }

    /// `this := value`, as `Tensor.fill_`.
    default Tensor fill_(double value) {
        Tensor x = Write.allowedAnywhere((Tensor) this);
        Elementwise.fill(x, value);
        x.written();
        return Write.record(x, new FillBackward0(), x);
    }

    record FillBackward0() implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, Tensor.zerosLike(g.gy()));
        }
    }

    /// `this := source`, which broadcasts and is converted, as `Tensor.copy_`.
    default Tensor copy_(Tensor source) {
        Tensor x = Write.allowed((Tensor) this, source);
        Write.copy("copy_", x, source.detach());
        return Write.record(x, new CopyBackwards(), x, source);
    }

    record CopyBackwards() implements Backward {
        @Override
        public String name() {
            return "torch::autograd::CopyBackwards";
        }

        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            if (g.needs(0)) {
                g.put(0, Tensor.zerosLike(g.gy()));
            }
            g.put(1, g.gy());
        }
    }

    /// Starts the recording of operations on this tensor, as `Tensor.requires_grad_`; returns it.
    default Tensor requiresGrad_() {
        return ((Tensor) this).requiresGrad(true);
    }

    /// Starts or stops the recording of operations on this tensor, as `Tensor.requires_grad_`.
    default Tensor requiresGrad_(boolean required) {
        return ((Tensor) this).requiresGrad(required);
    }

    /// Cuts this tensor from its history, as `Tensor.detach_`; returns it.
    default Tensor detach_() {
        Tensor x = (Tensor) this;
        if (x.base() != null) {
            throw new IllegalStateException(
                    "Can't detach views in-place. Use detach() instead. If you are using"
                            + " DistributedDataParallel (DDP) for training, and"
                            + " gradient_as_bucket_view is set as True, gradients are views of DDP"
                            + " buckets, and hence detach_() cannot be called on these gradients."
                            + " To fix this error, please refer to the Optimizer.zero_grad()"
                            + " function in torch/optim/optimizer.py as the solution.");
        }
        x.forgetHistory();
        return x;
    }
}
