package dev.lanegrad;

/// Special functions of mathematics, element by element; each is a row of [SpecialRules].
public sealed interface SpecialFunctions permits Tensor {
    /// The error function `2/√π·∫₀ˣ e^(−t²) dt`, as `torch.erf`.
    default Tensor erf() {
        return SpecialRules.ERF.apply((Tensor) this);
    }

    /// `1 − erf(x)`, exact for large x, as `torch.erfc`.
    default Tensor erfc() {
        return SpecialRules.ERFC.apply((Tensor) this);
    }

    /// `log |Γ(x)|`, as `torch.lgamma`.
    default Tensor lgamma() {
        return SpecialRules.LGAMMA.apply((Tensor) this);
    }

    /// The derivative of `log Γ(x)`, as `torch.digamma`.
    default Tensor digamma() {
        return SpecialRules.DIGAMMA.apply((Tensor) this);
    }

    /// The logarithm of the odds, `log(x / (1 − x))`, as `torch.logit`; NaN outside of [0, 1].
    default Tensor logit() {
        return SpecialRules.LOGIT.apply((Tensor) this, -1, 0);
    }

    /// As [#logit()] of x brought within [eps, 1 − eps], as `torch.logit` with `eps`; its gradient
    /// outside of that is 0.
    ///
    /// @throws IllegalArgumentException if `eps` is negative
    default Tensor logit(double eps) {
        if (!(eps >= 0)) {
            throw new IllegalArgumentException("logit: eps must not be negative, but is " + eps);
        }
        return SpecialRules.LOGIT.apply((Tensor) this, eps, 0);
    }

    /// The modified Bessel function of the first kind of order 0, as `torch.i0`.
    default Tensor i0() {
        return SpecialRules.I0.apply((Tensor) this);
    }

    /// The modified Bessel function of the first kind of order 1, as `torch.special.i1`.
    default Tensor i1() {
        return SpecialRules.I1.apply((Tensor) this);
    }

    /// The share `−x·log x` of an entropy, as `torch.special.entr`: 0 at 0, −∞ below.
    default Tensor entr() {
        return SpecialRules.ENTR.apply((Tensor) this);
    }

    /// `sin πx / πx`, 1 at 0, as `torch.sinc`.
    default Tensor sinc() {
        return SpecialRules.SINC.apply((Tensor) this);
    }
}
