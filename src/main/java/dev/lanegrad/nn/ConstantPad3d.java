package dev.lanegrad.nn;

import dev.lanegrad.PadMode;
import dev.lanegrad.text.PythonText;

/// One number around volumes `[..., D, H, W]`, as `torch.nn.ConstantPad3d`.
public final class ConstantPad3d extends Pad {
    /// As many voxels on every side.
    public ConstantPad3d(int padding, Number value) {
        super(around(3, padding), PadMode.CONSTANT, value);
    }

    /// So many voxels at each side; negative numbers take voxels off.
    public ConstantPad3d(
            int left, int right, int top, int bottom, int front, int back, Number value) {
        super(new int[] {left, right, top, bottom, front, back}, PadMode.CONSTANT, value);
    }

    @Override
    protected String extraRepr() {
        return "padding=%s, value=%s".formatted(padding().tuple(), PythonText.of(value()));
    }
}
