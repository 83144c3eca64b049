package dev.lanegrad.optim;

import org.jspecify.annotations.Nullable;

/// Learning rates that rise evenly to a maximum and fall back, again and again, while the momentum
/// falls and rises, as `torch.optim.lr_scheduler.CyclicLR` (Smith 2017).
///
/// ```java
/// var schedule = CyclicLR.builder(optimizer, 0.01, 0.1).stepSizeUp(500).build();
/// ```
public final class CyclicLR extends LRScheduler {
    /// How the heights of the cycles go.
    public enum Mode {
        /// All alike.
        TRIANGULAR,
        /// Half as high from cycle to cycle.
        TRIANGULAR2,
        /// Shrinking by the factor `gamma` with every step.
        EXP_RANGE
    }

    private final double baseLr;
    private final double maxLr;
    private final double up;
    private final double total;
    private final Mode mode;
    private final double gamma;
    private final boolean cycleMomentum;
    private final double baseMomentum;
    private final double maxMomentum;
    private int step;

    private CyclicLR(Builder b) {
        super(b.optimizer);
        baseLr = b.baseLr;
        maxLr = b.maxLr;
        up = b.up;
        total = b.up + (b.down == null ? b.up : b.down);
        mode = b.mode;
        gamma = b.gamma;
        cycleMomentum = b.cycleMomentum;
        baseMomentum = b.baseMomentum;
        maxMomentum = b.maxMomentum;
        for (ParamGroup group : b.optimizer.paramGroups()) {
            group.lr(baseLr).initialLr();
        }
        set();
    }

    /// Cycles between two rates.
    public static Builder builder(Optimizer optimizer, double baseLr, double maxLr) {
        return new Builder(optimizer, baseLr, maxLr);
    }

    /// The options; unset ones are as in PyTorch.
    public static final class Builder {
        private final Optimizer optimizer;
        private final double baseLr;
        private final double maxLr;
        private double up = 2000;
        private @Nullable Integer down;
        private Mode mode = Mode.TRIANGULAR;
        private double gamma = 1;
        private boolean cycleMomentum = true;
        private double baseMomentum = 0.8;
        private double maxMomentum = 0.9;

        private Builder(Optimizer optimizer, double baseLr, double maxLr) {
            this.optimizer = optimizer;
            this.baseLr = baseLr;
            this.maxLr = maxLr;
        }

        /// Steps from the lowest rate to the highest.
        public Builder stepSizeUp(int steps) {
            up = steps;
            return this;
        }

        /// Steps from the highest rate to the lowest; as many as upwards if never set.
        public Builder stepSizeDown(int steps) {
            down = steps;
            return this;
        }

        /// How the heights of the cycles go.
        public Builder mode(Mode mode) {
            this.mode = mode;
            return this;
        }

        /// The factor of [Mode#EXP_RANGE].
        public Builder gamma(double gamma) {
            this.gamma = gamma;
            return this;
        }

        /// Whether the momentum changes too.
        public Builder cycleMomentum(boolean cycle) {
            cycleMomentum = cycle;
            return this;
        }

        /// The lowest and the highest momentum.
        public Builder momentum(double lowest, double highest) {
            baseMomentum = lowest;
            maxMomentum = highest;
            return this;
        }

        /// The schedule.
        ///
        /// @throws IllegalArgumentException if the optimizer has no momentum that could change
        public CyclicLR build() {
            return new CyclicLR(this);
        }
    }

    @Override
    public void step() {
        step++;
        set();
    }

    @Override
    void restart() {
        step = 0;
        set();
    }

    private void set() {
        double cycle = Math.floor(1 + step / total);
        double x = 1 + step / total - cycle;
        double ratio = up / total;
        double height = x <= ratio ? x / ratio : (x - 1) / (ratio - 1);
        double scale =
                switch (mode) {
                    case TRIANGULAR -> 1;
                    case TRIANGULAR2 -> Math.pow(2, 1 - cycle);
                    case EXP_RANGE -> Math.pow(gamma, step);
                };
        for (ParamGroup group : optimizer().paramGroups()) {
            group.lr(baseLr + (maxLr - baseLr) * height * scale);
            if (cycleMomentum) {
                group.momentum(maxMomentum - (maxMomentum - baseMomentum) * height * scale);
            }
        }
    }
}
