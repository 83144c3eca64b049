package dev.lanegrad.nn;

/// The channels of `[N, C, ...]` dealt out among groups, as `torch.nn.ChannelShuffle`.
public final class ChannelShuffle extends Activation {
    /// For so many groups.
    public ChannelShuffle(int groups) {
        super(x -> x.channelShuffle(groups), "groups=" + groups);
    }
}
