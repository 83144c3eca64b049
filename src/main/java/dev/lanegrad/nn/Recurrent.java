package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import dev.lanegrad.text.PythonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Layers that go through sequences moment by moment, one above the other, forwards or in both
/// directions.
abstract class Recurrent extends Module {
    private final Recurrence recurrence;
    private final Plan plan;
    private final List<Direction> directions = new ArrayList<>();

    private record Plan(
            int in,
            int hidden,
            int layers,
            boolean bias,
            boolean batchFirst,
            Number dropout,
            boolean bidirectional,
            int projection) {
        int directions() {
            return bidirectional ? 2 : 1;
        }

        /// Features of the hidden state.
        int out() {
            return projection > 0 ? projection : hidden;
        }
    }

    /// One layer's way through the sequence in one direction.
    private record Direction(
            Tensor weightX,
            Tensor weightH,
            @Nullable Tensor biasX,
            @Nullable Tensor biasH,
            @Nullable Tensor projection) {}

    /// What all layers have made of a sequence.
    ///
    /// @param output of the last layer at each moment, directions side by side
    /// @param last the last states of each layer and direction, `[layers · directions, N, H]`; of
    ///   an LSTM the cells' too
    record Pass(Tensor output, Tensor[] last) {}

    Recurrent(Recurrence recurrence, Options<?> options) {
        this.recurrence = recurrence;
        plan = options.plan();
        for (int layer = 0; layer < plan.layers; layer++) {
            int in = layer == 0 ? plan.in : plan.out() * plan.directions();
            for (int d = 0; d < plan.directions(); d++) {
                directions.add(direction("_l" + layer + (d == 0 ? "" : "_reverse"), in));
            }
        }
        double bound = 1 / Math.sqrt(plan.hidden);
        parameters().forEach(p -> Init.uniform_(p, -bound, bound));
    }

    private Direction direction(String suffix, int in) {
        int rows = recurrence.gates * plan.hidden;
        return new Direction(
                parameter("weight_ih" + suffix, Tensor.empty(rows, in)),
                parameter("weight_hh" + suffix, Tensor.empty(rows, plan.out())),
                plan.bias ? parameter("bias_ih" + suffix, Tensor.empty(rows)) : null,
                plan.bias ? parameter("bias_hh" + suffix, Tensor.empty(rows)) : null,
                plan.projection > 0
                        ? parameter("weight_hr" + suffix, Tensor.empty(plan.out(), plan.hidden))
                        : null);
    }

    /// The options; unset ones are as in PyTorch.
    ///
    /// @param <B> the builder itself
    abstract static class Options<B extends Options<B>> {
        private final int in;
        private final int hidden;
        private int layers = 1;
        private boolean bias = true;
        private boolean batchFirst;
        private Number dropout = 0.0;
        private boolean bidirectional;
        private int projection;

        Options(int in, int hidden) {
            this.in = in;
            this.hidden = hidden;
        }

        abstract B self();

        /// Layers, each going through what the one below has made.
        public B layers(int layers) {
            this.layers = layers;
            return self();
        }

        /// Whether numbers are added.
        public B bias(boolean bias) {
            this.bias = bias;
            return self();
        }

        /// Whether sequences are `[N, T, in]`, not `[T, N, in]`.
        public B batchFirst(boolean first) {
            batchFirst = first;
            return self();
        }

        /// The share of elements that training drops between two layers.
        public B dropout(Number p) {
            dropout = p;
            return self();
        }

        /// Whether each layer also goes backwards, with weights of its own.
        public B bidirectional(boolean both) {
            bidirectional = both;
            return self();
        }

        final B projected(int features) {
            projection = features;
            return self();
        }

        private Plan plan() {
            return new Plan(
                    in, hidden, layers, bias, batchFirst, dropout, bidirectional, projection);
        }
    }

    /// Goes through a sequence `[T, N, in]`, `[N, T, in]` if batches come first, or `[T, in]`.
    ///
    /// @param start states to start from, as [Pass#last] has them; null for zeros
    final Pass pass(Tensor x, Tensor @Nullable [] start) {
        if (x.dim() != 2 && x.dim() != 3) {
            throw new IllegalArgumentException(
                    "%s: Expected input to be 2D or 3D, got %dD instead (input %s)"
                            .formatted(typeName(), x.dim(), x.shape()));
        }
        if (x.size(-1) != plan.in) {
            throw new IllegalArgumentException(
                    "%s: input has %d features but the layer expects %d (input %s)"
                            .formatted(typeName(), x.size(-1), plan.in, x.shape()));
        }
        boolean single = x.dim() == 2;
        Tensor y = single ? x.unsqueeze(1) : plan.batchFirst ? x.transpose(0, 1) : x;
        List<Tensor[]> last = new ArrayList<>();
        for (int layer = 0; layer < plan.layers; layer++) {
            List<Tensor> ways = new ArrayList<>();
            for (int d = 0; d < plan.directions(); d++) {
                int i = layer * plan.directions() + d;
                Tensor[] state = start == null ? zeros(y) : started(start, i, single);
                ways.add(walk(y, directions.get(i), d == 1, state));
                last.add(state);
            }
            y = ways.size() == 1 ? ways.getFirst() : Tensor.cat(ways, 2);
            if (layer < plan.layers - 1) {
                y = y.dropout(plan.dropout.doubleValue(), isTraining());
            }
        }
        Tensor output = single ? y.squeeze(1) : plan.batchFirst ? y.transpose(0, 1) : y;
        return new Pass(output, stacked(last, single));
    }

    /// Goes through `[T, N, in]`; leaves the last state in `state`.
    private Tensor walk(Tensor x, Direction d, boolean backwards, Tensor[] state) {
        Tensor biasH = now(d.biasH);
        Tensor bias = recurrence.biasOfInput(now(d.biasX), biasH);
        Tensor gates = x.linear(now(d.weightX), bias);
        Tensor rest = recurrence.biasOfState(biasH);
        Tensor weightH = now(d.weightH);
        if (d.projection == null) {
            return recurrence.walk(gates, weightH, rest, state, backwards);
        }
        Tensor[] outputs = new Tensor[gates.size(0)];
        for (int i = 0; i < outputs.length; i++) {
            int t = backwards ? outputs.length - 1 - i : i;
            recurrence.walk(gates.narrow(0, t, 1), weightH, rest, state, false);
            state[0] = state[0].linear(now(d.projection), null);
            outputs[t] = state[0];
        }
        return Tensor.stack(List.of(outputs), 0);
    }

    private Tensor[] zeros(Tensor x) {
        Tensor hidden = Tensor.zeros(x.size(1), plan.out()).to(x.dtype());
        return recurrence == Recurrence.LSTM
                ? new Tensor[] {hidden, Tensor.zeros(x.size(1), plan.hidden).to(x.dtype())}
                : new Tensor[] {hidden};
    }

    private static Tensor[] started(Tensor[] start, int direction, boolean single) {
        Tensor[] state = new Tensor[start.length];
        for (int k = 0; k < state.length; k++) {
            Tensor s = start[k].select(0, direction);
            state[k] = single ? s.unsqueeze(0) : s;
        }
        return state;
    }

    private static Tensor[] stacked(List<Tensor[]> last, boolean single) {
        Tensor[] all = new Tensor[last.getFirst().length];
        for (int k = 0; k < all.length; k++) {
            int kind = k;
            Tensor s = Tensor.stack(last.stream().map(state -> state[kind]).toList(), 0);
            all[k] = single ? s.squeeze(1) : s;
        }
        return all;
    }

    @Override
    protected final String extraRepr() {
        StringBuilder text = new StringBuilder();
        text.append(plan.in).append(", ").append(plan.hidden);
        if (plan.projection > 0) {
            text.append(", proj_size=").append(plan.projection);
        }
        if (plan.layers != 1) {
            text.append(", num_layers=").append(plan.layers);
        }
        if (!plan.bias) {
            text.append(", bias=False");
        }
        if (plan.batchFirst) {
            text.append(", batch_first=True");
        }
        if (plan.dropout.doubleValue() != 0) {
            text.append(", dropout=").append(PythonText.of(plan.dropout));
        }
        return plan.bidirectional
                ? text.append(", bidirectional=True").toString()
                : text.toString();
    }
}
