package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// A gated recurrent unit, as `torch.nn.GRUCell`.
public final class GRUCell extends RecurrentCell {
    /// With biases.
    public GRUCell(int in, int hidden) {
        this(in, hidden, true);
    }

    /// With or without biases.
    public GRUCell(int in, int hidden, boolean bias) {
        super(Recurrence.GRU, in, hidden, bias);
    }

    /// The state after `x`, `[N, in]` or `[in]`, from zeros.
    @Override
    public Tensor forward(Tensor x) {
        return forward(x, start(x));
    }

    /// The state after `x` and the state `h`.
    public Tensor forward(Tensor x, Tensor h) {
        return step(x, h)[0];
    }
}
