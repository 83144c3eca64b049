package dev.lanegrad.nn;

import dev.lanegrad.PadMode;
import dev.lanegrad.text.PythonText;

/// One number around images `[..., H, W]`, as `torch.nn.ConstantPad2d`.
public final class ConstantPad2d extends Pad {
    /// As many pixels on every side.
    public ConstantPad2d(int padding, Number value) {
        super(around(2, padding), PadMode.CONSTANT, value);
    }

    /// So many pixels at each side; negative numbers take pixels off.
    public ConstantPad2d(int left, int right, int top, int bottom, Number value) {
        super(new int[] {left, right, top, bottom}, PadMode.CONSTANT, value);
    }

    @Override
    protected String extraRepr() {
        return "padding=%s, value=%s".formatted(padding().tuple(), PythonText.of(value()));
    }
}
