package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import dev.lanegrad.text.PythonText;
import org.jspecify.annotations.Nullable;

/// The p-norm of each window of sequences `[N, C, L]`, as `torch.nn.LPPool1d`.
public final class LPPool1d extends Module {
    private final Number p;
    private final int kernel;
    private final @Nullable Integer stride;
    private final boolean ceilMode;

    /// Windows side by side.
    public LPPool1d(Number p, int kernel) {
        this(p, kernel, null, false);
    }

    /// @param stride elements from one window to the next; null for windows side by side
    /// @param ceilMode whether the number of windows is rounded up
    public LPPool1d(Number p, int kernel, @Nullable Integer stride, boolean ceilMode) {
        this.p = p;
        this.kernel = kernel;
        this.stride = stride;
        this.ceilMode = ceilMode;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.lpPool1d(p.doubleValue(), kernel, stride == null ? kernel : stride, ceilMode);
    }

    @Override
    protected String extraRepr() {
        return "norm_type=%s, kernel_size=%d, stride=%s, ceil_mode=%s"
                .formatted(
                        PythonText.of(p), kernel, PythonText.of(stride), PythonText.of(ceilMode));
    }
}
