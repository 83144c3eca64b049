package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// Recurrent layers: all moments of a sequence in one operation, whose derivative is one, too.
public sealed interface Recurrences permits Tensor {
    /// What long short-term memories have made of a sequence.
    ///
    /// @param hidden the state after each moment, `[T, N, H]`
    /// @param cells the cells after the last one, `[N, H]`
    record Memories(Tensor hidden, Tensor cells) {}

    /// Goes through a sequence of which the layer's weights have made this tensor, `[T, N, 4H]`,
    /// what `torch.lstm` does for one direction of one layer after the product with the input: the
    /// gates are `this[t] + h·weightᵀ`, in PyTorch's order, `c := σ(f)·c + σ(i)·tanh(g)` and `h :=
    /// σ(o)·tanh(c)`.
    ///
    /// @param weight of the hidden state, `[4H, P]`; P is H if there is more than one moment
    /// @param hidden state to start from, `[N, P]`
    /// @param cells to start from, `[N, H]`
    /// @param backwards whether it goes from the last moment to the first
    /// @throws IllegalArgumentException if the shapes do not fit
    default Memories lstm(Tensor weight, Tensor hidden, Tensor cells, boolean backwards) {
        return LstmLayer.run((Tensor) this, weight, hidden, cells, backwards);
    }

    /// Goes through a sequence of which the layer's weights have made this tensor, `[T, N, 3H]`,
    /// what `torch.gru` does for one direction of one layer after the product with the input: with
    /// `q = h·weightᵀ + bias` it is `r = σ(xr + qr)`, `z = σ(xz + qz)`, `n = tanh(xn + r·qn)` and
    /// `h := n + z·(h − n)`.
    ///
    /// @param weight of the state, `[3H, H]`
    /// @param bias `[3H]`, or null
    /// @param hidden state to start from, `[N, H]`
    /// @param backwards whether it goes from the last moment to the first
    /// @return the state after each moment, `[T, N, H]`
    /// @throws IllegalArgumentException if the shapes do not fit
    default Tensor gru(Tensor weight, @Nullable Tensor bias, Tensor hidden, boolean backwards) {
        return GruLayer.run((Tensor) this, weight, bias, hidden, backwards);
    }
}
