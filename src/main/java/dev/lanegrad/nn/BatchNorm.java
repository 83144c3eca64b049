package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import dev.lanegrad.text.PythonText;
import org.jspecify.annotations.Nullable;

/// Normalization of each channel over the batch and all positions, with running statistics for
/// evaluation.
abstract class BatchNorm extends Module {
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

    BatchNorm(Options<?> options) {
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
        private boolean affine = true;
        private boolean bias = true;
        private boolean tracks = true;

        Options(int features) {
            this.features = features;
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

    /// Refuses an input of another number of axes than this kind takes.
    abstract void checkAxes(Tensor x);

    /// The scale `[C]`, if there is one.
    public final @Nullable Tensor weight() {
        return weight;
    }

    /// The shift `[C]`, if there is one.
    public final @Nullable Tensor bias() {
        return bias;
    }

    /// The running mean `[C]`, if there is one.
    public final @Nullable Tensor runningMean() {
        return runningMean;
    }

    /// The running variance `[C]`, if there is one.
    public final @Nullable Tensor runningVar() {
        return runningVar;
    }

    @Override
    public final Tensor forward(Tensor x) {
        checkAxes(x);
        boolean own = isTraining() || runningMean == null;
        double share = 0;
        if (isTraining() && batches != null) {
            batches.add_(1);
            share =
                    momentum == null
                            ? 1 / ((Number) batches.item()).doubleValue()
                            : momentum.doubleValue();
        }
        return x.batchNorm(runningMean, runningVar, weight, bias, own, share, eps.doubleValue());
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
