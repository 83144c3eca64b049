package dev.lanegrad.nn;

import dev.lanegrad.PadMode;

/// Elements from the other end around sequences `[..., L]`, as `torch.nn.CircularPad1d`.
public final class CircularPad1d extends Pad {
    /// As many elements at both ends.
    public CircularPad1d(int padding) {
        super(around(1, padding), PadMode.CIRCULAR, 0);
    }

    /// So many elements at each side.
    public CircularPad1d(int left, int right) {
        super(new int[] {left, right}, PadMode.CIRCULAR, 0);
    }
}
