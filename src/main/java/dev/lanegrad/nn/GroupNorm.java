package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import dev.lanegrad.text.PythonText;
import org.jspecify.annotations.Nullable;

/// Each sample of `[N, C, ...]` normalized over groups of its channels, as `torch.nn.GroupNorm`.
public final class GroupNorm extends Module {
    private final int groups;
    private final int channels;
    private final Number eps;
    private final @Nullable Tensor weight;
    private final @Nullable Tensor bias;

    /// With eps 1e-5 and parameters for each channel.
    public GroupNorm(int groups, int channels) {
        this(groups, channels, 1e-5, true);
    }

    /// @param eps added to the variance
    /// @param affine whether there are parameters for each channel
    /// @throws IllegalArgumentException if `groups` does not divide `channels`
    public GroupNorm(int groups, int channels, Number eps, boolean affine) {
        if (groups <= 0 || channels % groups != 0) {
            throw new IllegalArgumentException(
                    "num_channels must be divisible by num_groups (%d by %d)"
                            .formatted(channels, groups));
        }
        this.groups = groups;
        this.channels = channels;
        this.eps = eps;
        weight = affine ? parameter("weight", Tensor.ones(channels)) : null;
        bias = affine ? parameter("bias", Tensor.zeros(channels)) : null;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.groupNorm(groups, now(weight), now(bias), eps.doubleValue());
    }

    @Override
    protected String extraRepr() {
        return "%d, %d, eps=%s, affine=%s"
                .formatted(groups, channels, PythonText.of(eps), PythonText.of(weight != null));
    }
}
