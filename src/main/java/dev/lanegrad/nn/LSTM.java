package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// Layers of long short-term memories, as `torch.nn.LSTM`, for sequences `[T, N, in]` or `[T, in]`.
public final class LSTM extends Recurrent {
    /// What has become of a sequence.
    ///
    /// @param output of the last layer at each moment, `[T, N, H]`, directions side by side
    /// @param hidden the last states, `[layers · directions, N, H]`
    /// @param cells the last cells, `[layers · directions, N, H]`
    public record Output(Tensor output, Tensor hidden, Tensor cells) {}

    /// One layer with biases.
    public LSTM(int in, int hidden) {
        this(builder(in, hidden));
    }

    private LSTM(Builder b) {
        super(Recurrence.LSTM, b);
    }

    /// For moments of `in` features and states of `hidden`.
    public static Builder builder(int in, int hidden) {
        return new Builder(in, hidden);
    }

    /// The options; unset ones are as in PyTorch.
    public static final class Builder extends Options<Builder> {
        private Builder(int in, int hidden) {
            super(in, hidden);
        }

        @Override
        Builder self() {
            return this;
        }

        /// Projects the hidden states to this many features.
        public Builder projection(int features) {
            return projected(features);
        }

        /// The layers, their parameters started as PyTorch's are.
        public LSTM build() {
            return new LSTM(this);
        }
    }

    /// The output for a sequence, from states of zeros.
    @Override
    public Tensor forward(Tensor x) {
        return output(pass(x, null)).output;
    }

    /// Goes through a sequence from these states, `[layers · directions, N, H]` each.
    public Output forward(Tensor x, Tensor hidden, Tensor cells) {
        return output(pass(x, new Tensor[] {hidden, cells}));
    }

    private static Output output(Pass pass) {
        return new Output(pass.output(), pass.last()[0], pass.last()[1]);
    }
}
