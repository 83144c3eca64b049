package dev.lanegrad.nn;

import dev.lanegrad.PadMode;

/// Zeros around sequences `[..., L]`, as `torch.nn.ZeroPad1d`.
public final class ZeroPad1d extends Pad {
    /// As many elements at both ends.
    public ZeroPad1d(int padding) {
        super(around(1, padding), PadMode.CONSTANT, 0);
    }

    /// So many elements at each side; negative numbers take elements off.
    public ZeroPad1d(int left, int right) {
        super(new int[] {left, right}, PadMode.CONSTANT, 0);
    }
}
