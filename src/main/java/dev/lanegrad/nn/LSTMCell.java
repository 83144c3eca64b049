package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// A long short-term memory, as `torch.nn.LSTMCell`.
public final class LSTMCell extends RecurrentCell {
    /// The state after a moment.
    ///
    /// @param hidden `[N, H]`, which is also the output
    /// @param cells `[N, H]`
    public record State(Tensor hidden, Tensor cells) {}

    /// With biases.
    public LSTMCell(int in, int hidden) {
        this(in, hidden, true);
    }

    /// With or without biases.
    public LSTMCell(int in, int hidden, boolean bias) {
        super(Recurrence.LSTM, in, hidden, bias);
    }

    /// The hidden state after `x`, `[N, in]` or `[in]`, from zeros.
    @Override
    public Tensor forward(Tensor x) {
        Tensor zeros = start(x);
        return forward(x, new State(zeros, zeros)).hidden;
    }

    /// The state after `x` and another.
    public State forward(Tensor x, State state) {
        Tensor[] next = step(x, state.hidden, state.cells);
        return new State(next[0], next[1]);
    }
}
