package dev.lanegrad.nn;

import dev.lanegrad.PadMode;

/// Zeros around images `[..., H, W]`, as `torch.nn.ZeroPad2d`.
public final class ZeroPad2d extends Pad {
    /// As many pixels on every side.
    public ZeroPad2d(int padding) {
        super(around(2, padding), PadMode.CONSTANT, 0);
    }

    /// So many pixels at each side; negative numbers take pixels off.
    public ZeroPad2d(int left, int right, int top, int bottom) {
        super(new int[] {left, right, top, bottom}, PadMode.CONSTANT, 0);
    }
}
