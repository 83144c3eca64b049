package dev.lanegrad.optim;

import java.util.List;

/// Schedules of one optimizer that all act in every step, as
/// `torch.optim.lr_scheduler.ChainedScheduler`.
public final class ChainedScheduler extends LRScheduler {
    private final List<LRScheduler> schedulers;

    /// @throws IllegalArgumentException if there are none, or their optimizers differ
    public ChainedScheduler(List<? extends LRScheduler> schedulers) {
        if (schedulers.isEmpty()) {
            throw new IllegalArgumentException("ChainedScheduler: needs at least one scheduler");
        }
        super(schedulers.getFirst().optimizer());
        this.schedulers = List.copyOf(schedulers);
        if (schedulers.stream().anyMatch(s -> !s.optimizer().equals(optimizer()))) {
            throw new IllegalArgumentException(
                    "ChainedScheduler: the schedulers must belong to the same optimizer");
        }
    }

    @Override
    public void step() {
        schedulers.forEach(LRScheduler::step);
    }

    /// The first restarts, the others go on from there.
    @Override
    void restart() {
        schedulers.forEach(LRScheduler::restart);
    }
}
