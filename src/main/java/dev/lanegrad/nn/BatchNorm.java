package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

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
        double share = 0;
        Tensor batches = batches();
        if (isTraining() && batches != null) {
            batches.add_(1);
            Number momentum = momentum();
            share =
                    momentum == null
                            ? 1 / ((Number) batches.item()).doubleValue()
                            : momentum.doubleValue();
        }
        return x.batchNorm(runningMean(), runningVar(), weight(), bias(), own, share, eps());
    }
}
