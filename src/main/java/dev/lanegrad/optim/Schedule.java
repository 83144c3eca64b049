package dev.lanegrad.optim;

import java.util.List;

/// A schedule that goes by the number of steps, computing each rate from the one before, so that
/// several may act on one optimizer.
abstract class Schedule extends LRScheduler {
    private final double[] base;
    private int epoch;

    Schedule(Optimizer optimizer) {
        super(optimizer);
        List<ParamGroup> groups = optimizer.paramGroups();
        base = groups.stream().mapToDouble(ParamGroup::initialLr).toArray();
    }

    /// The rate at an epoch.
    ///
    /// @param epoch steps so far
    /// @param base the rate of the group before any schedule
    /// @param now the rate at the epoch before; at epoch 0 the one it has
    abstract double lr(int epoch, double base, double now);

    @Override
    public final void step() {
        epoch++;
        set();
    }

    /// Sets the first rates: the last act of a constructor.
    final void set() {
        List<ParamGroup> groups = optimizer().paramGroups();
        for (int i = 0; i < base.length; i++) {
            ParamGroup group = groups.get(i);
            group.lr(lr(epoch, base[i], group.lr()));
        }
    }

    @Override
    final void restart() {
        epoch = 0;
        List<ParamGroup> groups = optimizer().paramGroups();
        for (int i = 0; i < base.length; i++) {
            groups.get(i).lr(lr(0, base[i], base[i]));
        }
    }
}
