package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import org.jspecify.annotations.Nullable;

/// Elman's recurrent layers, as `torch.nn.RNN`, for sequences `[T, N, in]` or `[T, in]`.
public final class RNN extends Recurrent {
    /// What has become of a sequence.
    ///
    /// @param output of the last layer at each moment, `[T, N, H]`, directions side by side
    /// @param hidden the last states, `[layers · directions, N, H]`
    public record Output(Tensor output, Tensor hidden) {}

    /// One layer with biases.
    public RNN(int in, int hidden) {
        this(builder(in, hidden));
    }

    private RNN(Builder b) {
        super(b.relu ? Recurrence.RELU : Recurrence.TANH, b);
    }

    /// For moments of `in` features and states of `hidden`.
    public static Builder builder(int in, int hidden) {
        return new Builder(in, hidden);
    }

    /// The options; unset ones are as in PyTorch.
    public static final class Builder extends Options<Builder> {
        private boolean relu;

        private Builder(int in, int hidden) {
            super(in, hidden);
        }

        @Override
        Builder self() {
            return this;
        }

        /// Whether max(·, 0) takes the place of tanh.
        public Builder relu(boolean relu) {
            this.relu = relu;
            return this;
        }

        /// The layers, their parameters started as PyTorch's are.
        public RNN build() {
            return new RNN(this);
        }
    }

    /// The output for a sequence, from states of zeros.
    @Override
    public Tensor forward(Tensor x) {
        return forward(x, null).output;
    }

    /// Goes through a sequence.
    ///
    /// @param hidden the states to start from, `[layers · directions, N, H]`; null for zeros
    public Output forward(Tensor x, @Nullable Tensor hidden) {
        Pass pass = pass(x, hidden == null ? null : new Tensor[] {hidden});
        return new Output(pass.output(), pass.last()[0]);
    }
}
