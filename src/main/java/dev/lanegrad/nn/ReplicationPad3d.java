package dev.lanegrad.nn;

import dev.lanegrad.PadMode;

/// The edge repeated around volumes `[..., D, H, W]`, as `torch.nn.ReplicationPad3d`.
public final class ReplicationPad3d extends Pad {
    /// As many voxels on every side.
    public ReplicationPad3d(int padding) {
        super(around(3, padding), PadMode.REPLICATE, 0);
    }

    /// So many voxels at each side.
    public ReplicationPad3d(int left, int right, int top, int bottom, int front, int back) {
        super(new int[] {left, right, top, bottom, front, back}, PadMode.REPLICATE, 0);
    }
}
