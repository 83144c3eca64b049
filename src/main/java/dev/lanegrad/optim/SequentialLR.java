package dev.lanegrad.optim;

import java.util.Arrays;
import java.util.List;

/// Schedules one after another, each from the rates that the groups had before any, as
/// `torch.optim.lr_scheduler.SequentialLR`; for example a warm-up, then a cosine.
public final class SequentialLR extends LRScheduler {
    private final List<LRScheduler> schedulers;
    private final int[] milestones;
    private int epoch;

    /// @param schedulers schedules of the same optimizer
    /// @param milestones the epochs at which the second and further ones begin, ascending
    /// @throws IllegalArgumentException if there are not one less of them than schedules, or the
    ///   optimizers differ
    public SequentialLR(
            Optimizer optimizer, List<? extends LRScheduler> schedulers, int... milestones) {
        super(optimizer);
        if (milestones.length != schedulers.size() - 1) {
            throw new IllegalArgumentException(
                    "SequentialLR: expects one milestone less than schedulers, but there are %d and %d"
                            .formatted(milestones.length, schedulers.size()));
        }
        if (schedulers.stream().anyMatch(s -> !s.optimizer().equals(optimizer))) {
            throw new IllegalArgumentException(
                    "SequentialLR: the schedulers must belong to the optimizer given");
        }
        this.schedulers = List.copyOf(schedulers);
        this.milestones = milestones.clone();
        this.schedulers.getFirst().restart();
    }

    @Override
    public void step() {
        epoch++;
        int at = (int) Arrays.stream(milestones).filter(m -> m <= epoch).count();
        LRScheduler current = schedulers.get(at);
        if (at > 0 && milestones[at - 1] == epoch) {
            current.restart();
        } else {
            current.step();
        }
    }

    @Override
    void restart() {
        epoch = 0;
        schedulers.getFirst().restart();
    }
}
