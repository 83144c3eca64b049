package dev.lanegrad.nn;

import dev.lanegrad.RectifiedNormalization;
import dev.lanegrad.Tensor;
import org.jspecify.annotations.Nullable;

/// Normalization of each channel over the batch and all positions, with running statistics for
/// evaluation.
abstract class BatchNorm extends ChannelNorm {
    BatchNorm(Options<?> options) {
        super(options);
    }

    /// Refuses an input of another number of axes than this kind takes.
    abstract void checkAxes(Tensor x);

    @Override
    public final Tensor forward(Tensor x) {
        checkAxes(x);
        boolean own = isTraining() || runningMean() == null;
        return x.batchNorm(runningMean(), runningVar(), weight(), bias(), own, share(), eps());
    }

    /// `clamp(this(x) + residual, 0, high)` with the batch's own statistics in as few passes over
    /// memory, or null if that cannot be done.
    final @Nullable Tensor rectified(Tensor x, @Nullable Tensor residual, double high) {
        var all =
                new RectifiedNormalization(
                        runningMean(), runningVar(), weight(), bias(), eps(), high);
        if (!isTraining() || !all.serves(x, residual)) {
            return null;
        }
        checkAxes(x);
        return all.apply(x, residual, share());
    }

    /// Counts a batch in training; returns how far the running statistics move towards its own.
    private double share() {
        Tensor batches = batches();
        if (!isTraining() || batches == null) {
            return 0;
        }
        batches.add_(1);
        Number momentum = momentum();
        return momentum == null
                ? 1 / ((Number) batches.item()).doubleValue()
                : momentum.doubleValue();
    }
}
