package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import dev.lanegrad.text.PythonText;
import org.jspecify.annotations.Nullable;

/// What normalizations of channels have in common: parameters for each channel, and running
/// statistics.
abstract class ChannelNorm extends Module {
    private static final String COUNT = "num_batches_tracked";

    private final int features;
    private final Number eps;
    private final @Nullable Number momentum;
    private final boolean affine;
    private final @Nullable Tensor weight;
    private final @Nullable Tensor bias;
    private final @Nullable Tensor runningMean;
    private final @Nullable Tensor runningVar;
    private final @Nullable Tensor batches;

    ChannelNorm(Options<?> options) {
        features = options.features;
        eps = options.eps;
        momentum = options.momentum;
        affine = options.affine;
        weight = affine ? parameter("weight", Tensor.ones(features)) : null;
        bias = affine && options.bias ? parameter("bias", Tensor.zeros(features)) : null;
        boolean tracks = options.tracks;
        runningMean = tracks ? buffer("running_mean", Tensor.zeros(features)) : null;
        runningVar = tracks ? buffer("running_var", Tensor.ones(features)) : null;
        batches = tracks ? buffer(COUNT, Tensor.scalar(0L)) : null;
    }

    /// The options; unset ones are as in PyTorch.
    ///
    /// @param <B> the builder itself
    abstract static class Options<B extends Options<B>> {
        private final int features;
        private Number eps = 1e-5;
        private @Nullable Number momentum = 0.1;
        private boolean affine;
        private boolean bias = true;
        private boolean tracks;

        /// @param learns whether there are parameters and running statistics until told otherwise
        Options(int features, boolean learns) {
            this.features = features;
            affine = learns;
            tracks = learns;
        }

        abstract B self();

        /// Added to the variance.
        public B eps(Number eps) {
            this.eps = eps;
            return self();
        }

        /// How far running statistics move towards a batch's; null for the mean of all batches.
        public B momentum(@Nullable Number momentum) {
            this.momentum = momentum;
            return self();
        }

        /// Whether the result is scaled and shifted by parameters, for each channel.
        public B affine(boolean affine) {
            this.affine = affine;
            return self();
        }

        /// Whether an affine layer shifts.
        public B bias(boolean bias) {
            this.bias = bias;
            return self();
        }

        /// Whether there are running statistics; without them evaluation uses the batch's own.
        public B trackRunningStats(boolean track) {
            tracks = track;
            return self();
        }
    }

    /// The scale `[C]`, if there is one.
    public final @Nullable Tensor weight() {
        return now(weight);
    }

    /// The shift `[C]`, if there is one.
    public final @Nullable Tensor bias() {
        return now(bias);
    }

    /// The running mean `[C]`, if there is one.
    public final @Nullable Tensor runningMean() {
        return now(runningMean);
    }

    /// The running variance `[C]`, if there is one.
    public final @Nullable Tensor runningVar() {
        return now(runningVar);
    }

    final double eps() {
        return eps.doubleValue();
    }

    final @Nullable Number momentum() {
        return momentum;
    }

    /// How many batches the running statistics have seen; null if there are none.
    final @Nullable Tensor batches() {
        return now(batches);
    }

    /// States from before the count existed, or of formats that leave it out, are complete.
    @Override
    boolean isOptional(String name) {
        return name.equals(COUNT);
    }

    @Override
    protected String extraRepr() {
        return "%d, eps=%s, momentum=%s, affine=%s, bias=%s, track_running_stats=%s"
                .formatted(
                        features,
                        PythonText.of(eps),
                        PythonText.of(momentum),
                        PythonText.of(affine),
                        PythonText.of(bias != null),
                        PythonText.of(batches != null));
    }
}
