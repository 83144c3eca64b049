package dev.lanegrad;

/// Functions of one operand, element by element. Adding one is a row of [PointwiseRules] and its
/// method here.
///
/// Integers become float32, except where a function maps integers to integers. Sub-gradients at
/// kinks are PyTorch's.
public sealed interface Pointwise permits Tensor {
    /// `−x`, as `torch.neg`.
    default Tensor neg() {
        return PointwiseRules.NEG.apply((Tensor) this);
    }

    /// `|x|`, as `torch.abs`; its gradient at 0 is 0.
    default Tensor abs() {
        return PointwiseRules.ABS.apply((Tensor) this);
    }

    /// −1, 0 or 1, as `torch.sign`.
    default Tensor sign() {
        return PointwiseRules.SIGN.apply((Tensor) this);
    }

    /// `eˣ`, as `torch.exp`.
    default Tensor exp() {
        return PointwiseRules.EXP.apply((Tensor) this);
    }

    /// The natural logarithm, as `torch.log`.
    default Tensor log() {
        return PointwiseRules.LOG.apply((Tensor) this);
    }

    /// The square root, as `torch.sqrt`; its gradient at 0 is infinite.
    default Tensor sqrt() {
        return PointwiseRules.SQRT.apply((Tensor) this);
    }

    /// `1 / x`, as `torch.reciprocal`.
    default Tensor reciprocal() {
        return PointwiseRules.RECIPROCAL.apply((Tensor) this);
    }

    /// `x·x`, as `torch.square`.
    default Tensor square() {
        return ((Tensor) this).pow(2);
    }

    /// The hyperbolic tangent, as `torch.tanh`.
    default Tensor tanh() {
        return PointwiseRules.TANH.apply((Tensor) this);
    }

    /// `1 / (1 + e⁻ˣ)`, as `torch.sigmoid`.
    default Tensor sigmoid() {
        return PointwiseRules.SIGMOID.apply((Tensor) this);
    }

    /// `max(x, 0)`, as `torch.relu`; its gradient at 0 is 0.
    default Tensor relu() {
        return PointwiseRules.RELU.apply((Tensor) this);
    }
}
