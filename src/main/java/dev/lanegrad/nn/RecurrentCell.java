package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import org.jspecify.annotations.Nullable;

/// One moment of a recurrent layer.
abstract class RecurrentCell extends Module {
    private final int in;
    private final int hidden;
    private final Recurrence recurrence;
    private final Tensor weightX;
    private final Tensor weightH;
    private final @Nullable Tensor biasX;
    private final @Nullable Tensor biasH;

    RecurrentCell(Recurrence recurrence, int in, int hidden, boolean bias) {
        this.in = in;
        this.hidden = hidden;
        this.recurrence = recurrence;
        int rows = recurrence.gates * hidden;
        weightX = parameter("weight_ih", Tensor.empty(rows, in));
        weightH = parameter("weight_hh", Tensor.empty(rows, hidden));
        biasX = bias ? parameter("bias_ih", Tensor.empty(rows)) : null;
        biasH = bias ? parameter("bias_hh", Tensor.empty(rows)) : null;
        double bound = 1 / Math.sqrt(hidden);
        parameters().forEach(p -> Init.uniform_(p, -bound, bound));
    }

    /// Zeros for the hidden state of an input `[N, in]` or `[in]`.
    final Tensor start(Tensor x) {
        if (x.size(-1) != in) {
            throw new IllegalArgumentException(
                    "%s: input has %d features but the cell expects %d (input %s)"
                            .formatted(typeName(), x.size(-1), in, x.shape()));
        }
        Tensor zeros = x.dim() == 1 ? Tensor.zeros(hidden) : Tensor.zeros(x.size(0), hidden);
        return zeros.to(x.dtype());
    }

    /// The state after `x`.
    final Tensor[] step(Tensor x, Tensor... state) {
        Tensor bh = now(biasH);
        Tensor gates = x.linear(now(weightX), recurrence.biasOfInput(now(biasX), bh));
        boolean single = gates.dim() == 1;
        Tensor[] next = new Tensor[state.length];
        for (int k = 0; k < next.length; k++) {
            next[k] = single ? state[k].unsqueeze(0) : state[k];
        }
        Tensor moment = (single ? gates.unsqueeze(0) : gates).unsqueeze(0);
        recurrence.walk(moment, now(weightH), recurrence.biasOfState(bh), next, false);
        for (int k = 0; k < next.length && single; k++) {
            next[k] = next[k].squeeze(0);
        }
        return next;
    }

    @Override
    protected final String extraRepr() {
        return in
                + ", "
                + hidden
                + (biasX == null ? ", bias=False" : "")
                + (recurrence == Recurrence.RELU ? ", nonlinearity=relu" : "");
    }
}
