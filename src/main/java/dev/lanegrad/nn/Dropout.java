package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import dev.lanegrad.text.PythonText;

/// In training sets each element to 0 with probability p and divides the others by 1 − p; in
/// evaluation does nothing. As `torch.nn.Dropout`.
public final class Dropout extends Module {
    private final Number p;
    private final boolean inplace;

    /// With p = 0.5.
    public Dropout() {
        this(0.5);
    }

    /// @throws IllegalArgumentException if `p` is not in [0, 1]
    public Dropout(Number p) {
        this(p, false);
    }

    /// @param inplace whether the result is written over the input
    /// @throws IllegalArgumentException if `p` is not in [0, 1]
    public Dropout(Number p, boolean inplace) {
        if (!(p.doubleValue() >= 0 && p.doubleValue() <= 1)) {
            throw new IllegalArgumentException(
                    "dropout probability has to be between 0 and 1, but got " + PythonText.of(p));
        }
        this.p = p;
        this.inplace = inplace;
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = x.dropout(p.doubleValue(), isTraining());
        return inplace && y != x ? x.copy_(y) : y;
    }

    @Override
    protected String extraRepr() {
        return "p=%s, inplace=%s".formatted(PythonText.of(p), PythonText.of(inplace));
    }
}
