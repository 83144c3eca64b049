package dev.lanegrad.nn;

import dev.lanegrad.PadMode;

/// The edge repeated around sequences `[..., L]`, as `torch.nn.ReplicationPad1d`.
public final class ReplicationPad1d extends Pad {
    /// As many elements at both ends.
    public ReplicationPad1d(int padding) {
        super(around(1, padding), PadMode.REPLICATE, 0);
    }

    /// So many elements at each side.
    public ReplicationPad1d(int left, int right) {
        super(new int[] {left, right}, PadMode.REPLICATE, 0);
    }
}
