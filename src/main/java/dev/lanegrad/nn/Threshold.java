package dev.lanegrad.nn;

import dev.lanegrad.text.PythonText;

/// x where above the threshold, `value` elsewhere, as `torch.nn.Threshold`.
public final class Threshold extends Activation {
    /// @param threshold what x must exceed
    /// @param value what stands elsewhere
    public Threshold(Number threshold, Number value) {
        this(threshold, value, false);
    }

    /// @param threshold what x must exceed
    /// @param value what stands elsewhere
    /// @param inplace whether the result is written over the input
    public Threshold(Number threshold, Number value, boolean inplace) {
        super(
                x -> x.threshold(threshold.doubleValue(), value.doubleValue()),
                x -> x.threshold_(threshold.doubleValue(), value.doubleValue()),
                "threshold=" + PythonText.of(threshold) + ", value=" + PythonText.of(value),
                inplace);
    }
}
