package dev.lanegrad.nn;

import dev.lanegrad.PadMode;

/// Pixels mirrored at the edge, which does not repeat, around images `[..., H, W]`, as
/// `torch.nn.ReflectionPad2d`.
public final class ReflectionPad2d extends Pad {
    /// As many pixels on every side.
    public ReflectionPad2d(int padding) {
        super(around(2, padding), PadMode.REFLECT, 0);
    }

    /// So many pixels at each side.
    public ReflectionPad2d(int left, int right, int top, int bottom) {
        super(new int[] {left, right, top, bottom}, PadMode.REFLECT, 0);
    }
}
