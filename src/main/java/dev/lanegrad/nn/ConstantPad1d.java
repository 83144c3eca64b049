package dev.lanegrad.nn;

import dev.lanegrad.PadMode;
import dev.lanegrad.text.PythonText;

/// One number around sequences `[..., L]`, as `torch.nn.ConstantPad1d`.
public final class ConstantPad1d extends Pad {
    /// As many elements at both ends.
    public ConstantPad1d(int padding, Number value) {
        super(around(1, padding), PadMode.CONSTANT, value);
    }

    /// So many elements at each side; negative numbers take elements off.
    public ConstantPad1d(int left, int right, Number value) {
        super(new int[] {left, right}, PadMode.CONSTANT, value);
    }

    @Override
    protected String extraRepr() {
        return "padding=%s, value=%s".formatted(padding().tuple(), PythonText.of(value()));
    }
}
