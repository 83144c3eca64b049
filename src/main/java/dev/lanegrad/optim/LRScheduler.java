package dev.lanegrad.optim;

import java.util.List;

/// Sets the learning rate of each group of an optimizer from step to step, as
/// `torch.optim.lr_scheduler`. A new scheduler sets the first rates; [#step()] comes after the
/// optimizer's steps, once an epoch or as often as the schedule is meant.
public abstract class LRScheduler {
    private final Optimizer optimizer;

    LRScheduler(Optimizer optimizer) {
        this.optimizer = optimizer;
    }

    /// Moves on and sets the learning rates.
    public abstract void step();

    /// Begins anew, from the rates that the groups had before any schedule.
    abstract void restart();

    /// The learning rate of each group now.
    public final List<Double> getLastLr() {
        return optimizer.paramGroups().stream().map(ParamGroup::lr).toList();
    }

    final Optimizer optimizer() {
        return optimizer;
    }
}
