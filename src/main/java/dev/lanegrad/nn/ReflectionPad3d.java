package dev.lanegrad.nn;

import dev.lanegrad.PadMode;

/// Voxels mirrored at the edge, which does not repeat, around volumes `[..., D, H, W]`, as
/// `torch.nn.ReflectionPad3d`.
public final class ReflectionPad3d extends Pad {
    /// As many voxels on every side.
    public ReflectionPad3d(int padding) {
        super(around(3, padding), PadMode.REFLECT, 0);
    }

    /// So many voxels at each side.
    public ReflectionPad3d(int left, int right, int top, int bottom, int front, int back) {
        super(new int[] {left, right, top, bottom, front, back}, PadMode.REFLECT, 0);
    }
}
