package dev.lanegrad.nn;

import dev.lanegrad.text.PythonText;

/// x within bounds, as `torch.nn.Hardtanh`.
public final class Hardtanh extends Activation {
    /// With PyTorch's defaults, `min_val=-1.0` and `max_val=1.0`.
    public Hardtanh() {
        this(-1.0, 1.0);
    }

    /// @param min lower bound
    /// @param max upper bound
    public Hardtanh(Number min, Number max) {
        this(min, max, false);
    }

    /// @param min lower bound
    /// @param max upper bound
    /// @param inplace whether the result is written over the input
    public Hardtanh(Number min, Number max, boolean inplace) {
        super(
                x -> x.hardtanh(min.doubleValue(), max.doubleValue()),
                x -> x.hardtanh_(min.doubleValue(), max.doubleValue()),
                "min_val=" + PythonText.of(min) + ", max_val=" + PythonText.of(max),
                inplace);
    }
}
