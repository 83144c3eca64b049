package dev.lanegrad.optim;

/// What most optimizers can be told.
///
/// @param <B> the builder itself
abstract class DecayOptions<B extends DecayOptions<B>> extends Optimizer.Builder<B> {
    /// The share of a parameter that joins its gradient, or decays by itself where that is
    /// decoupled.
    public B weightDecay(Number weightDecay) {
        return option("weight_decay", weightDecay);
    }

    /// Whether to climb instead.
    public B maximize(boolean maximize) {
        return option("maximize", maximize);
    }
}
