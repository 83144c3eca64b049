package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// Normalization of each channel of each sample: the batch normalization of one sample with a
/// channel for each channel of the batch.
final class InstanceNormalization {
    private InstanceNormalization() {}

    static Tensor apply(
            Tensor x,
            @Nullable Tensor runningMean,
            @Nullable Tensor runningVar,
            @Nullable Tensor weight,
            @Nullable Tensor bias,
            boolean useInputStats,
            double momentum,
            double eps) {
        if (x.dim() < 3) {
            throw new IllegalArgumentException(
                    "instanceNorm: input needs at least 3 axes but has "
                            + x.dim()
                            + " (input "
                            + x.shape()
                            + ")");
        }
        int n = x.size(0);
        int channels = x.size(1);
        if (useInputStats && x.numel() == n * channels) {
            throw new IllegalArgumentException(
                    "Expected more than 1 spatial element when training, got input size "
                            + x.shape());
        }
        Tensor mean = copies(runningMean, n);
        Tensor var = copies(runningVar, n);
        int[] sizes = x.shape().sizes().clone();
        sizes[0] = 1;
        sizes[1] = n * channels;
        Tensor y =
                x.reshape(Shape.of(sizes))
                        .batchNorm(
                                mean,
                                var,
                                repeated(weight, n),
                                repeated(bias, n),
                                useInputStats,
                                momentum,
                                eps);
        if (useInputStats) {
            gather(mean, runningMean, n);
            gather(var, runningVar, n);
        }
        return y.reshape(x.shape());
    }

    private static @Nullable Tensor repeated(@Nullable Tensor t, int n) {
        return t == null ? null : t.unsqueeze(0).expand(n, t.numel()).reshape(n * (long) t.numel());
    }

    private static @Nullable Tensor copies(@Nullable Tensor running, int n) {
        Tensor r = running == null ? null : repeated(running.detach(), n);
        return r == null ? null : r.clone();
    }

    /// The running statistics move to the mean of the samples' ones.
    private static void gather(@Nullable Tensor moved, @Nullable Tensor running, int n) {
        if (moved != null && running != null) {
            running.copy_(moved.reshape(n, running.numel()).mean(0));
        }
    }
}
