package dev.lanegrad.nn;

import dev.lanegrad.PadMode;

/// Voxels from the other end around volumes `[..., D, H, W]`, as `torch.nn.CircularPad3d`.
public final class CircularPad3d extends Pad {
    /// As many voxels on every side.
    public CircularPad3d(int padding) {
        super(around(3, padding), PadMode.CIRCULAR, 0);
    }

    /// So many voxels at each side.
    public CircularPad3d(int left, int right, int top, int bottom, int front, int back) {
        super(new int[] {left, right, top, bottom, front, back}, PadMode.CIRCULAR, 0);
    }
}
