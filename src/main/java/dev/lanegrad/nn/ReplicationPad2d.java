package dev.lanegrad.nn;

import dev.lanegrad.PadMode;

/// The edge repeated around images `[..., H, W]`, as `torch.nn.ReplicationPad2d`.
public final class ReplicationPad2d extends Pad {
    /// As many pixels on every side.
    public ReplicationPad2d(int padding) {
        super(around(2, padding), PadMode.REPLICATE, 0);
    }

    /// So many pixels at each side.
    public ReplicationPad2d(int left, int right, int top, int bottom) {
        super(new int[] {left, right, top, bottom}, PadMode.REPLICATE, 0);
    }
}
