package dev.lanegrad;

/// Losses of numbers against numbers. Predictions and targets broadcast to each other; both have
/// gradients.
public sealed interface RegressionLosses permits Tensor {
    /// The mean squared error, as `F.mse_loss`.
    default Tensor mseLoss(Tensor target) {
        return mseLoss(target, LossReduction.MEAN);
    }

    /// The squared error `(x − t)²`, as `F.mse_loss`.
    default Tensor mseLoss(Tensor target, LossReduction reduction) {
        return PairLosses.MSE.applyToSimilar((Tensor) this, target, reduction);
    }

    /// The mean absolute error, as `F.l1_loss`.
    default Tensor l1Loss(Tensor target) {
        return l1Loss(target, LossReduction.MEAN);
    }

    /// The absolute error `|x − t|`, as `F.l1_loss`; its gradient at 0 is 0.
    default Tensor l1Loss(Tensor target, LossReduction reduction) {
        PairLoss.warnOfShapes((Tensor) this, target);
        return reduction.of(((Tensor) this).sub(target).abs());
    }

    /// The mean of the smooth absolute error, `beta` 1, as `F.smooth_l1_loss`.
    default Tensor smoothL1Loss(Tensor target) {
        return smoothL1Loss(target, LossReduction.MEAN, 1);
    }

    /// `(x − t)² / 2 / beta` where `|x − t| < beta`, else `|x − t| − beta / 2`, as
    /// `F.smooth_l1_loss`.
    ///
    /// @throws IllegalArgumentException if `beta` is negative
    default Tensor smoothL1Loss(Tensor target, LossReduction reduction, double beta) {
        if (beta < 0) {
            throw new IllegalArgumentException(
                    "smoothL1Loss: beta must not be negative, but is " + beta);
        }
        return beta == 0
                ? l1Loss(target, reduction)
                : PairLosses.smoothL1(beta).applyToSimilar((Tensor) this, target, reduction);
    }

    /// The mean of Huber's error, `delta` 1, as `F.huber_loss`.
    default Tensor huberLoss(Tensor target) {
        return huberLoss(target, LossReduction.MEAN, 1);
    }

    /// `(x − t)² / 2` where `|x − t| ≤ delta`, else `delta·(|x − t| − delta / 2)`, as
    /// `F.huber_loss`.
    ///
    /// @throws IllegalArgumentException if `delta` is not positive
    default Tensor huberLoss(Tensor target, LossReduction reduction, double delta) {
        if (!(delta > 0)) {
            throw new IllegalArgumentException(
                    "huberLoss: does not support non-positive values for delta, but it is "
                            + delta);
        }
        return PairLosses.huber(delta).applyToSimilar((Tensor) this, target, reduction);
    }

    /// The negative log-likelihood of targets under Poisson distributions, `eˣ − t·x`, as
    /// `F.poisson_nll_loss`.
    ///
    /// @param logInput whether this tensor holds the logarithms of the expected values; if not, the
    ///   loss is `x − t·log(x + eps)`
    /// @param full whether Stirling's approximation of `log t!` is added where t > 1
    default Tensor poissonNllLoss(
            Tensor target, boolean logInput, boolean full, double eps, LossReduction reduction) {
        Tensor x = (Tensor) this;
        Tensor losses = logInput ? x.exp().sub(target.mul(x)) : x.sub(target.mul(x.add(eps).log()));
        if (full) {
            Tensor stirling =
                    target.mul(target.log())
                            .sub(target)
                            .add(target.mul(2 * Math.PI).log().mul(0.5));
            losses = losses.add(stirling.maskedFill(target.le(1), 0));
        }
        return reduction.of(losses);
    }

    /// The negative log-likelihood of targets under normal distributions of this mean, `(log v + (x
    /// − t)² / v) / 2`, as `F.gaussian_nll_loss`.
    ///
    /// @param variance v, which counts as at least `eps`; its gradient is that of v itself
    /// @param full whether `log(2π) / 2` is added
    /// @throws IllegalArgumentException if a variance is negative
    default Tensor gaussianNllLoss(
            Tensor target, Tensor variance, boolean full, double eps, LossReduction reduction) {
        if (variance.detach().lt(0).any().isTrue()) {
            throw new IllegalArgumentException("gaussianNllLoss: variance has negative entries");
        }
        Tensor v = variance.clone();
        try (var _ = Autograd.noGrad()) {
            v.copy_(v.clampMin(eps));
        }
        Tensor losses = v.log().add(((Tensor) this).sub(target).square().div(v)).mul(0.5);
        return reduction.of(full ? losses.add(0.5 * Math.log(2 * Math.PI)) : losses);
    }
}
