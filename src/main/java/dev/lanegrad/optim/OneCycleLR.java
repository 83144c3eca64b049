package dev.lanegrad.optim;

import java.util.ArrayList;
import java.util.List;

/// One rise of the learning rate to a maximum and a fall far below where it began, while the
/// momentum falls and rises, as `torch.optim.lr_scheduler.OneCycleLR` (Smith and Topin 2019).
///
/// ```java
/// var schedule = OneCycleLR.builder(optimizer, 0.1).totalSteps(epochs * batches).build();
/// ```
public final class OneCycleLR extends LRScheduler {
    private record Phase(
            double end, double fromLr, double toLr, double fromMomentum, double toMomentum) {}

    private final int totalSteps;
    private final boolean linear;
    private final boolean cycleMomentum;
    private final List<Phase> phases = new ArrayList<>();
    private int step;

    private OneCycleLR(Builder b) {
        super(b.optimizer);
        totalSteps = b.totalSteps;
        linear = b.linear;
        cycleMomentum = b.cycleMomentum;
        double first = b.maxLr / b.divFactor;
        double last = first / b.finalDivFactor;
        double high = b.maxMomentum;
        double low = b.baseMomentum;
        double peak = b.pctStart * b.totalSteps - 1;
        phases.add(new Phase(peak, first, b.maxLr, high, low));
        if (b.threePhase) {
            phases.add(new Phase(2 * b.pctStart * b.totalSteps - 2, b.maxLr, first, low, high));
            phases.add(new Phase(b.totalSteps - 1, first, last, high, high));
        } else {
            phases.add(new Phase(b.totalSteps - 1, b.maxLr, last, low, high));
        }
        for (ParamGroup group : b.optimizer.paramGroups()) {
            group.note("initial_lr", first);
            group.note("max_lr", b.maxLr);
            group.note("min_lr", last);
        }
        set();
    }

    /// A cycle up to the rate `maxLr`.
    public static Builder builder(Optimizer optimizer, double maxLr) {
        return new Builder(optimizer, maxLr);
    }

    /// The options; unset ones are as in PyTorch, except that the number of steps must be set.
    public static final class Builder {
        private final Optimizer optimizer;
        private final double maxLr;
        private int totalSteps;
        private double pctStart = 0.3;
        private boolean linear;
        private boolean cycleMomentum = true;
        private double baseMomentum = 0.85;
        private double maxMomentum = 0.95;
        private double divFactor = 25;
        private double finalDivFactor = 1e4;
        private boolean threePhase;

        private Builder(Optimizer optimizer, double maxLr) {
            this.optimizer = optimizer;
            this.maxLr = maxLr;
        }

        /// Steps of the whole cycle.
        public Builder totalSteps(int steps) {
            totalSteps = steps;
            return this;
        }

        /// The share of the steps that rises.
        public Builder pctStart(double share) {
            pctStart = share;
            return this;
        }

        /// Whether the changes are even instead of along a cosine.
        public Builder linear(boolean linear) {
            this.linear = linear;
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

        /// The highest rate divided by the first one.
        public Builder divFactor(double factor) {
            divFactor = factor;
            return this;
        }

        /// The first rate divided by the last one.
        public Builder finalDivFactor(double factor) {
            finalDivFactor = factor;
            return this;
        }

        /// Whether the fall to the first rate takes as long as the rise, and the rest goes further.
        public Builder threePhase(boolean three) {
            threePhase = three;
            return this;
        }

        /// The schedule.
        ///
        /// @throws IllegalArgumentException if the number of steps is not set or the share not in
        ///   [0, 1], with PyTorch's sentence
        public OneCycleLR build() {
            if (totalSteps <= 0) {
                throw new IllegalArgumentException(
                        "You must define either total_steps OR (epochs AND steps_per_epoch)");
            }
            if (!(pctStart >= 0 && pctStart <= 1)) {
                throw new IllegalArgumentException(
                        "Expected float between 0 and 1 pct_start, but got " + pctStart);
            }
            return new OneCycleLR(this);
        }
    }

    /// @throws IllegalStateException beyond the last step
    @Override
    public void step() {
        if (step >= totalSteps) {
            throw new IllegalStateException(
                    "Tried to step %d times. The specified number of total steps is %d"
                            .formatted(step + 1, totalSteps));
        }
        step++;
        set();
    }

    @Override
    void restart() {
        step = 0;
        set();
    }

    private void set() {
        int at = 0;
        while (at < phases.size() - 1 && step > phases.get(at).end) {
            at++;
        }
        Phase phase = phases.get(at);
        double start = at == 0 ? 0 : phases.get(at - 1).end;
        double share = (step - start) / (phase.end - start);
        double lr = between(phase.fromLr, phase.toLr, share);
        double momentum = between(phase.fromMomentum, phase.toMomentum, share);
        optimizer().paramGroups().forEach(group -> set(group, lr, momentum));
    }

    private double between(double from, double to, double share) {
        return linear
                ? (to - from) * share + from
                : to + (from - to) / 2 * (Math.cos(Math.PI * share) + 1);
    }

    private void set(ParamGroup group, double lr, double momentum) {
        group.lr(lr);
        if (cycleMomentum) {
            group.momentum(momentum);
        }
    }
}
