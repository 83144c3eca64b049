package dev.lanegrad.nn;

import dev.lanegrad.PadMode;

/// Zeros around volumes `[..., D, H, W]`, as `torch.nn.ZeroPad3d`.
public final class ZeroPad3d extends Pad {
    /// As many voxels on every side.
    public ZeroPad3d(int padding) {
        super(around(3, padding), PadMode.CONSTANT, 0);
    }

    /// So many voxels at each side; negative numbers take voxels off.
    public ZeroPad3d(int left, int right, int top, int bottom, int front, int back) {
        super(new int[] {left, right, top, bottom, front, back}, PadMode.CONSTANT, 0);
    }
}
