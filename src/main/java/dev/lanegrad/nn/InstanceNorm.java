package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// Normalization of each channel of each sample over all positions.
abstract class InstanceNorm extends ChannelNorm {
    private final int axes;

    /// @param axes of a batch; a sample alone has one less
    InstanceNorm(Options<?> options, int axes) {
        super(options);
        this.axes = axes;
    }

    @Override
    public final Tensor forward(Tensor x) {
        if (x.dim() == axes - 1) {
            return forward(x.unsqueeze(0)).squeeze(0);
        }
        if (x.dim() != axes) {
            throw new IllegalArgumentException(
                    "expected %dD or %dD input (got %dD input %s)"
                            .formatted(axes - 1, axes, x.dim(), x.shape()));
        }
        boolean own = isTraining() || runningMean() == null;
        Number momentum = momentum();
        double share = momentum == null ? 0 : momentum.doubleValue();
        return x.instanceNorm(runningMean(), runningVar(), weight(), bias(), own, share, eps());
    }
}
