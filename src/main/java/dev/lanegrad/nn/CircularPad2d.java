package dev.lanegrad.nn;

import dev.lanegrad.PadMode;

/// Pixels from the other end around images `[..., H, W]`, as `torch.nn.CircularPad2d`.
public final class CircularPad2d extends Pad {
    /// As many pixels on every side.
    public CircularPad2d(int padding) {
        super(around(2, padding), PadMode.CIRCULAR, 0);
    }

    /// So many pixels at each side.
    public CircularPad2d(int left, int right, int top, int bottom) {
        super(new int[] {left, right, top, bottom}, PadMode.CIRCULAR, 0);
    }
}
