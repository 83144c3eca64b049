package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

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

    /// The next state.
    ///
    /// @param x what the weights make of the input, `[N, gates · H]`
    /// @param h what they make of the hidden state, `[N, gates · H]`
    Tensor[] step(Tensor x, Tensor h, Tensor[] state) {
        return switch (this) {
            case TANH -> new Tensor[] {x.add(h).tanh()};
            case RELU -> new Tensor[] {x.add(h).relu()};
            case LSTM -> {
                Tensor[] g = x.add(h).chunk(4, -1);
                Tensor kept = g[1].sigmoid().mul(state[1]);
                Tensor cells = kept.add(g[0].sigmoid().mul(g[2].tanh()));
                yield new Tensor[] {g[3].sigmoid().mul(cells.tanh()), cells};
            }
            case GRU -> {
                Tensor[] gx = x.chunk(3, -1);
                Tensor[] gh = h.chunk(3, -1);
                Tensor reset = gx[0].add(gh[0]).sigmoid();
                Tensor update = gx[1].add(gh[1]).sigmoid();
                Tensor fresh = gx[2].add(reset.mul(gh[2])).tanh();
                yield new Tensor[] {fresh.add(update.mul(state[0].sub(fresh)))};
            }
        };
    }
}
