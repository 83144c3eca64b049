package dev.lanegrad.optim;

import java.util.List;

/// Lowers the learning rate when a measured value stops getting better, as
/// `torch.optim.lr_scheduler.ReduceLROnPlateau`.
///
/// ```java
/// var schedule = ReduceLROnPlateau.builder(optimizer).patience(3).build();
/// schedule.step(validationLoss); // after each epoch
/// ```
public final class ReduceLROnPlateau {
    private final Optimizer optimizer;
    private final boolean rising;
    private final double factor;
    private final int patience;
    private final double threshold;
    private final boolean absolute;
    private final int cooldown;
    private final double minLr;
    private final double eps;
    private double best;
    private int bad;
    private int cooling;

    private ReduceLROnPlateau(Builder b) {
        optimizer = b.optimizer;
        rising = b.rising;
        factor = b.factor;
        patience = b.patience;
        threshold = b.threshold;
        absolute = b.absolute;
        cooldown = b.cooldown;
        minLr = b.minLr;
        eps = b.eps;
        best = rising ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    /// With PyTorch's defaults until set: a tenth after ten epochs without a lower value.
    public static Builder builder(Optimizer optimizer) {
        return new Builder(optimizer);
    }

    /// The options; unset ones are as in PyTorch.
    public static final class Builder {
        private final Optimizer optimizer;
        private boolean rising;
        private double factor = 0.1;
        private int patience = 10;
        private double threshold = 1e-4;
        private boolean absolute;
        private int cooldown;
        private double minLr;
        private double eps = 1e-8;

        private Builder(Optimizer optimizer) {
            this.optimizer = optimizer;
        }

        /// Whether higher values are better.
        public Builder maximize(boolean maximize) {
            rising = maximize;
            return this;
        }

        /// What the rate is multiplied by; below 1.
        public Builder factor(double factor) {
            this.factor = factor;
            return this;
        }

        /// How many epochs in a row may be no better.
        public Builder patience(int epochs) {
            patience = epochs;
            return this;
        }

        /// How much better counts as better: a share of the best value, or a difference from it if
        /// `absolute`.
        public Builder threshold(double threshold, boolean absolute) {
            this.threshold = threshold;
            this.absolute = absolute;
            return this;
        }

        /// Epochs after a change in which nothing counts as bad.
        public Builder cooldown(int epochs) {
            cooldown = epochs;
            return this;
        }

        /// The lowest rate.
        public Builder minLr(double minLr) {
            this.minLr = minLr;
            return this;
        }

        /// Changes of the rate that are no larger are left out.
        public Builder eps(double eps) {
            this.eps = eps;
            return this;
        }

        /// The schedule.
        ///
        /// @throws IllegalArgumentException if the factor is not below 1
        public ReduceLROnPlateau build() {
            if (!(factor < 1)) {
                throw new IllegalArgumentException("Factor should be < 1.0.");
            }
            return new ReduceLROnPlateau(this);
        }
    }

    /// Takes note of the value after an epoch and lowers the rates if it is time.
    public void step(double value) {
        if (isBetter(value)) {
            best = value;
            bad = 0;
        } else {
            bad++;
        }
        if (cooling > 0) {
            cooling--;
            bad = 0;
        }
        if (bad > patience) {
            optimizer.paramGroups().forEach(this::reduce);
            cooling = cooldown;
            bad = 0;
        }
    }

    /// The learning rate of each group now.
    public List<Double> getLastLr() {
        return optimizer.paramGroups().stream().map(ParamGroup::lr).toList();
    }

    private void reduce(ParamGroup group) {
        double lr = Math.max(group.lr() * factor, minLr);
        if (group.lr() - lr > eps) {
            group.lr(lr);
        }
    }

    private boolean isBetter(double value) {
        if (rising) {
            double bar = absolute ? best + threshold : best * (1 + threshold);
            return value > bar;
        }
        double bar = absolute ? best - threshold : best * (1 - threshold);
        return value < bar;
    }
}
