package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// `h′ = tanh(x·Wᵀ + b + h·Uᵀ + c)`, as `torch.nn.RNNCell`.
public final class RNNCell extends RecurrentCell {
    /// With biases and tanh.
    public RNNCell(int in, int hidden) {
        this(in, hidden, true, false);
    }

    /// @param relu whether max(·, 0) takes the place of tanh
    public RNNCell(int in, int hidden, boolean bias, boolean relu) {
        super(relu ? Recurrence.RELU : Recurrence.TANH, in, hidden, bias);
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
