package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How recurrent layers go from one moment to the next. The state is `[N, H]`, of [#LSTM] with the
/// cells beside it.
enum Recurrence {
    TANH(1),
    RELU(1),
    LSTM(4),
    GRU(3);

    /// Matrices side by side in a weight.
    final int gates;

    Recurrence(int gates) {
        this.gates = gates;
    }

    /// What is added to the product with the input: the bias of the state, too, if the two are only
    /// ever added to each other.
    @Nullable Tensor biasOfInput(@Nullable Tensor x, @Nullable Tensor h) {
        return this == GRU || x == null || h == null ? x : x.add(h);
    }

    /// What is left to add to the product with the state.
    @Nullable Tensor biasOfState(@Nullable Tensor h) {
        return this == GRU ? h : null;
    }

    /// Goes through a sequence; leaves the last state in `state`.
    ///
    /// @param x what the weights make of the input, `[T, N, gates · H]`
    /// @param bias of the state, see [#biasOfState]
    /// @return the state after each moment, `[T, N, H]`
    Tensor walk(Tensor x, Tensor weight, @Nullable Tensor bias, Tensor[] state, boolean backwards) {
        int last = backwards ? 0 : x.size(0) - 1;
        Tensor y =
                switch (this) {
                    case LSTM -> {
                        var all = x.lstm(weight, state[0], state[1], backwards);
                        state[1] = all.cells();
                        yield all.hidden();
                    }
                    case GRU -> x.gru(weight, bias, state[0], backwards);
                    case TANH -> steps(x, weight, state[0], Tensor::tanh, backwards);
                    case RELU -> steps(x, weight, state[0], Tensor::relu, backwards);
                };
        state[0] = y.select(0, last);
        return y;
    }

    private static Tensor steps(
            Tensor x,
            Tensor weight,
            Tensor start,
            UnaryOperator<Tensor> activation,
            boolean backwards) {
        Tensor[] moments = x.unbind(0);
        Tensor h = start;
        for (int i = 0; i < moments.length; i++) {
            int t = backwards ? moments.length - 1 - i : i;
            h = activation.apply(moments[t].addmm(h, weight.t()));
            moments[t] = h;
        }
        return Tensor.stack(List.of(moments), 0);
    }
}
