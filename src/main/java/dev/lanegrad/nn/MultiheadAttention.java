package dev.lanegrad.nn;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Attention with several heads, as `torch.nn.MultiheadAttention`: queries `[T, N, E]` look for
/// keys `[S, N, K]` and get the mean of their values `[S, N, V]`, weighted by `softmax(q·kᵀ/√d)`.
public final class MultiheadAttention extends Module {
    private final int embed;
    private final int heads;
    private final double dropout;
    private final boolean batchFirst;
    private final boolean addZero;
    private final @Nullable Tensor joint;
    private final @Nullable Tensor queryWeight;
    private final @Nullable Tensor keyWeight;
    private final @Nullable Tensor valueWeight;
    private final @Nullable Tensor bias;
    private final @Nullable Tensor biasKey;
    private final @Nullable Tensor biasValue;
    private final Child out;

    /// What the queries get.
    ///
    /// @param output `[T, N, E]`
    /// @param weights of the values, the mean of all heads, `[N, T, S]`
    public record Output(Tensor output, Tensor weights) {}

    /// Queries, keys and values have `embed` features.
    ///
    /// @throws IllegalArgumentException if the heads do not divide them
    public MultiheadAttention(int embed, int heads) {
        this(builder(embed, heads));
    }

    private MultiheadAttention(Builder b) {
        if (b.heads <= 0 || b.embed % b.heads != 0) {
            throw new IllegalArgumentException(
                    "embed_dim must be divisible by num_heads (%d by %d)"
                            .formatted(b.embed, b.heads));
        }
        embed = b.embed;
        heads = b.heads;
        dropout = b.dropout;
        batchFirst = b.batchFirst;
        addZero = b.addZero;
        boolean same = b.keys == embed && b.values == embed;
        joint = same ? parameter("in_proj_weight", Tensor.empty(3L * embed, embed)) : null;
        queryWeight = same ? null : parameter("q_proj_weight", Tensor.empty(embed, embed));
        keyWeight = same ? null : parameter("k_proj_weight", Tensor.empty(embed, b.keys));
        valueWeight = same ? null : parameter("v_proj_weight", Tensor.empty(embed, b.values));
        bias = b.bias ? parameter("in_proj_bias", Tensor.zeros(3L * embed)) : null;
        biasKey = b.biasKeys ? parameter("bias_k", Tensor.empty(1, 1, embed)) : null;
        biasValue = b.biasKeys ? parameter("bias_v", Tensor.empty(1, 1, embed)) : null;
        Linear last = new Linear(embed, embed, b.bias, "NonDynamicallyQuantizableLinear");
        out = module("out_proj", last);
        for (Tensor w : new Tensor[] {joint, queryWeight, keyWeight, valueWeight}) {
            if (w != null) {
                Init.xavierUniform_(w);
            }
        }
        if (last.bias() != null) {
            Init.zeros_(last.bias());
        }
        if (biasKey != null && biasValue != null) {
            Init.xavierNormal_(biasKey);
            Init.xavierNormal_(biasValue);
        }
    }

    /// For queries of `embed` features, shared out among the heads.
    public static Builder builder(int embed, int heads) {
        return new Builder(embed, heads);
    }

    /// The options; unset ones are as in PyTorch.
    public static final class Builder {
        private final int embed;
        private final int heads;
        private double dropout;
        private boolean bias = true;
        private boolean biasKeys;
        private boolean addZero;
        private int keys;
        private int values;
        private boolean batchFirst;

        private Builder(int embed, int heads) {
            this.embed = embed;
            this.heads = heads;
            keys = embed;
            values = embed;
        }

        /// The share of weights that training drops.
        public Builder dropout(double p) {
            dropout = p;
            return this;
        }

        /// Whether numbers are added to queries, keys, values and output.
        public Builder bias(boolean bias) {
            this.bias = bias;
            return this;
        }

        /// Whether each sequence of keys gets one more, which is learned.
        public Builder addBiasKv(boolean add) {
            biasKeys = add;
            return this;
        }

        /// Whether each sequence of keys gets one more, of zeros.
        public Builder addZeroAttn(boolean add) {
            addZero = add;
            return this;
        }

        /// Features of the keys, if not those of the queries.
        public Builder keys(int features) {
            keys = features;
            return this;
        }

        /// Features of the values, if not those of the queries.
        public Builder values(int features) {
            values = features;
            return this;
        }

        /// Whether sequences are `[N, T, E]`, not `[T, N, E]`.
        public Builder batchFirst(boolean first) {
            batchFirst = first;
            return this;
        }

        /// The module, its parameters started as PyTorch's are.
        ///
        /// @throws IllegalArgumentException if the heads do not divide the features
        public MultiheadAttention build() {
            return new MultiheadAttention(this);
        }
    }

    /// Attention of a sequence to itself.
    @Override
    public Tensor forward(Tensor x) {
        return forward(x, x, x, null, null).output;
    }

    /// Attention of queries to keys and their values.
    ///
    /// @param keyPadding `[N, S]`, true where a key is only padding; null if none is
    /// @param mask `[T, S]` or `[N · heads, T, S]`: bool, true where a query must not look; or
    ///   numbers that are added before the softmax; null for none
    public Output forward(
            Tensor query,
            Tensor key,
            Tensor value,
            @Nullable Tensor keyPadding,
            @Nullable Tensor mask) {
        for (Tensor t : new Tensor[] {query, key, value}) {
            if (t.dim() != 3) {
                throw new IllegalArgumentException(
                        "MultiheadAttention: expects sequences of 3 axes (query %s, key %s, value %s)"
                                .formatted(query.shape(), key.shape(), value.shape()));
            }
        }
        Tensor q = split(project(timeFirst(query), 0));
        Tensor k = split(extended(project(timeFirst(key), 1), now(biasKey)));
        Tensor v = split(extended(project(timeFirst(value), 2), now(biasValue)));
        Tensor scores = q.mul(1 / Math.sqrt(q.size(2))).bmm(k.transpose(1, 2));
        int added = k.size(1) - timeFirst(key).size(0);
        if (mask != null) {
            scores = masked(scores, widened(mask, added));
        }
        if (keyPadding != null) {
            Tensor all = widened(keyPadding, added);
            Shape each = Shape.of(all.size(0), heads, 1, all.size(1));
            Tensor rows = all.unsqueeze(1).unsqueeze(1).expand(each);
            scores = masked(scores, rows.reshape(scores.size(0), 1, all.size(1)));
        }
        Tensor weights = scores.softmax(-1);
        Tensor y = weights.dropout(dropout, isTraining()).bmm(v);
        int n = y.size(0) / heads;
        int t = y.size(1);
        Tensor joined = out.forward(y.transpose(0, 1).reshape(t, n, embed));
        return new Output(
                batchFirst ? joined.transpose(0, 1) : joined,
                weights.reshape(n, heads, t, weights.size(2)).mean(1));
    }

    /// The output of [#forward(Tensor, Tensor, Tensor, Tensor, Tensor)] alone, without a matrix of
    /// all weights where none is needed for it.
    Tensor output(
            Tensor query,
            Tensor key,
            Tensor value,
            @Nullable Tensor keyPadding,
            @Nullable Tensor mask) {
        boolean plain = mask == null && keyPadding == null && biasKey == null && !addZero;
        if (!plain || query.dim() != 3 || (dropout > 0 && isTraining())) {
            return forward(query, key, value, keyPadding, mask).output;
        }
        Tensor[] parts;
        if (joint != null && query == key && key == value) {
            Tensor all = query.linear(now(joint), now(bias));
            long[] sizes = {all.size(0), all.size(1), 3, heads, embed / heads};
            parts = all.reshape(sizes).unbind(2);
        } else {
            parts = new Tensor[] {project(query, 0), project(key, 1), project(value, 2)};
            for (int i = 0; i < 3; i++) {
                Tensor x = parts[i];
                parts[i] = x.reshape(x.size(0), x.size(1), heads, embed / heads);
            }
        }
        int time = batchFirst ? 1 : 0;
        for (int i = 0; i < 3; i++) {
            parts[i] = parts[i].movedim(time, 2);
        }
        Tensor y = parts[0].scaledDotProductAttention(parts[1], parts[2], null, false);
        return out.forward(y.movedim(2, time).flatten(2, 3));
    }

    private Tensor timeFirst(Tensor x) {
        return batchFirst ? x.transpose(0, 1) : x;
    }

    /// @param part 0 for queries, 1 for keys, 2 for values
    private Tensor project(Tensor x, int part) {
        List<@Nullable Tensor> separate = Arrays.asList(queryWeight, keyWeight, valueWeight);
        Tensor w =
                joint != null
                        ? now(joint).narrow(0, (long) part * embed, embed)
                        : now(Objects.requireNonNull(separate.get(part)));
        return x.linear(w, bias == null ? null : now(bias).narrow(0, (long) part * embed, embed));
    }

    private Tensor extended(Tensor x, @Nullable Tensor learned) {
        Tensor y = x;
        if (learned != null) {
            y = Tensor.cat(List.of(y, learned.expand(1, x.size(1), embed)), 0);
        }
        if (addZero) {
            y = Tensor.cat(List.of(y, Tensor.zeros(1, x.size(1), embed).to(x.dtype())), 0);
        }
        return y;
    }

    /// `[T, N, E]` as `[N · heads, T, E / heads]`.
    private Tensor split(Tensor x) {
        return x.reshape(x.size(0), (long) x.size(1) * heads, embed / heads).transpose(0, 1);
    }

    /// A mask over the keys that were added, too: none of them is hidden.
    private static Tensor widened(Tensor mask, int added) {
        if (added == 0) {
            return mask;
        }
        long[] sizes = mask.shape().toArray();
        sizes[sizes.length - 1] = added;
        return Tensor.cat(List.of(mask, Tensor.zeros(sizes).to(mask.dtype())), -1);
    }

    private static Tensor masked(Tensor scores, Tensor mask) {
        return mask.dtype() == DType.BOOL
                ? scores.maskedFill(mask, Double.NEGATIVE_INFINITY)
                : scores.add(mask);
    }
}
