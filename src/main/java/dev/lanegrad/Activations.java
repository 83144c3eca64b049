package dev.lanegrad;

/// Activation functions, element by element. Adding one is a row of [ActivationRules] and its
/// method here.
public sealed interface Activations permits Tensor {
    /// `max(x, 0)`, as `torch.relu`; its gradient at 0 is 0.
    default Tensor relu() {
        return ActivationRules.RELU.apply((Tensor) this);
    }

    /// x within 0 and 6, as `F.relu6`.
    default Tensor relu6() {
        return ActivationRules.RELU6.apply((Tensor) this, 0, 6);
    }

    /// x, below 0 times `slope`, as `F.leaky_relu`.
    default Tensor leakyRelu(double slope) {
        return ActivationRules.LEAKY_RELU.apply((Tensor) this, slope, 0);
    }

    /// `leakyRelu(0.01)`, PyTorch's default.
    default Tensor leakyRelu() {
        return leakyRelu(0.01);
    }

    /// x, below 0 `alpha·(eˣ − 1)`, as `F.elu`.
    default Tensor elu(double alpha) {
        return ActivationRules.ELU.apply((Tensor) this, alpha, 0);
    }

    /// `elu(1)`, PyTorch's default.
    default Tensor elu() {
        return elu(1);
    }

    /// The self-normalizing exponential unit, as `F.selu`.
    default Tensor selu() {
        return ActivationRules.SELU.apply((Tensor) this);
    }

    /// x, below 0 `alpha·(e^(x/alpha) − 1)`, as `F.celu`.
    default Tensor celu(double alpha) {
        return ActivationRules.CELU.apply((Tensor) this, alpha, ActivationRules.celuFactor(alpha));
    }

    /// `celu(1)`, PyTorch's default.
    default Tensor celu() {
        return celu(1);
    }

    /// `x·Φ(x)`, Φ the normal distribution, as `F.gelu`.
    default Tensor gelu() {
        return ActivationRules.GELU.apply((Tensor) this);
    }

    /// `x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))`, as `F.gelu` with `approximate="tanh"`.
    default Tensor geluTanh() {
        return ActivationRules.GELU_TANH.apply((Tensor) this);
    }

    /// `x·sigmoid(x)`, as `F.silu`.
    default Tensor silu() {
        return ActivationRules.SILU.apply((Tensor) this);
    }

    /// `x·tanh(softplus(x))`, as `F.mish`.
    default Tensor mish() {
        return ActivationRules.MISH.apply((Tensor) this);
    }

    /// `log(1 + e^(beta·x)) / beta`, x above `threshold / beta`, as `F.softplus`.
    default Tensor softplus(double beta, double threshold) {
        return ActivationRules.SOFTPLUS.apply((Tensor) this, beta, threshold);
    }

    /// `softplus(1, 20)`, PyTorch's default.
    default Tensor softplus() {
        return softplus(1, 20);
    }

    /// `x·relu6(x + 3) / 6`, as `F.hardswish`.
    default Tensor hardswish() {
        return ActivationRules.HARDSWISH.apply((Tensor) this);
    }

    /// `relu6(x + 3) / 6`, as `F.hardsigmoid`.
    default Tensor hardsigmoid() {
        return ActivationRules.HARDSIGMOID.apply((Tensor) this);
    }

    /// x within bounds, as `F.hardtanh`; its gradient at a bound is 0.
    default Tensor hardtanh(double min, double max) {
        return ActivationRules.HARDTANH.apply((Tensor) this, min, max);
    }

    /// `hardtanh(−1, 1)`, PyTorch's default.
    default Tensor hardtanh() {
        return hardtanh(-1, 1);
    }

    /// `log(sigmoid(x))`, as `F.logsigmoid`.
    default Tensor logsigmoid() {
        return ActivationRules.LOGSIGMOID.apply((Tensor) this);
    }

    /// x moved towards 0 by `lambda`, as `F.softshrink`.
    default Tensor softshrink(double lambda) {
        return ActivationRules.SOFTSHRINK.apply((Tensor) this, lambda, 0);
    }

    /// `softshrink(0.5)`, PyTorch's default.
    default Tensor softshrink() {
        return softshrink(0.5);
    }

    /// x, but 0 within `±lambda`, as `F.hardshrink`.
    default Tensor hardshrink(double lambda) {
        return ActivationRules.HARDSHRINK.apply((Tensor) this, lambda, 0);
    }

    /// `hardshrink(0.5)`, PyTorch's default.
    default Tensor hardshrink() {
        return hardshrink(0.5);
    }

    /// x above `threshold`, else `value`, as `F.threshold`.
    default Tensor threshold(double threshold, double value) {
        return ActivationRules.THRESHOLD.apply((Tensor) this, threshold, value);
    }

    /// `x / (1 + |x|)`, as `F.softsign`.
    default Tensor softsign() {
        Tensor x = (Tensor) this;
        return x.div(x.abs().add(1));
    }

    /// `x − tanh(x)`, as `F.tanhshrink`.
    default Tensor tanhshrink() {
        Tensor x = (Tensor) this;
        return x.sub(x.tanh());
    }
}
