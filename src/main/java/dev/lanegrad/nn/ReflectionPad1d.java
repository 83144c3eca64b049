package dev.lanegrad.nn;

import dev.lanegrad.PadMode;

/// Elements mirrored at the edge, which does not repeat, around sequences `[..., L]`, as
/// `torch.nn.ReflectionPad1d`.
public final class ReflectionPad1d extends Pad {
    /// As many elements at both ends.
    public ReflectionPad1d(int padding) {
        super(around(1, padding), PadMode.REFLECT, 0);
    }

    /// So many elements at each side.
    public ReflectionPad1d(int left, int right) {
        super(new int[] {left, right}, PadMode.REFLECT, 0);
    }
}
