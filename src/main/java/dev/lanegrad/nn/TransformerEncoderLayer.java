package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Attention of a sequence `[T, N, E]` to itself, then two linear layers, each added to what it was
/// given and normalized, as `torch.nn.TransformerEncoderLayer`.
public final class TransformerEncoderLayer extends Module {
    private final TransformerOptions.Plan plan;
    private final Child selfAttention;
    private final Child linear1;
    private final Child dropout;
    private final Child linear2;
    private final Child norm1;
    private final Child norm2;
    private final Child dropout1;
    private final Child dropout2;

    /// With 2048 inner features.
    public TransformerEncoderLayer(int features, int heads) {
        this(builder(features, heads).plan());
    }

    TransformerEncoderLayer(TransformerOptions.Plan plan) {
        this.plan = plan;
        selfAttention = module("self_attn", plan.attention());
        linear1 = module("linear1", plan.widening());
        dropout = module("dropout", new Dropout(plan.dropout()));
        linear2 = module("linear2", plan.narrowing());
        norm1 = module("norm1", plan.norm());
        norm2 = module("norm2", plan.norm());
        dropout1 = module("dropout1", new Dropout(plan.dropout()));
        dropout2 = module("dropout2", new Dropout(plan.dropout()));
    }

    /// For sequences of `features`, shared out among the heads.
    public static Builder builder(int features, int heads) {
        return new Builder(features, heads);
    }

    /// The options; unset ones are as in PyTorch.
    public static final class Builder extends TransformerOptions<Builder> {
        private Builder(int features, int heads) {
            super(features, heads);
        }

        @Override
        Builder self() {
            return this;
        }

        /// The layer, its parameters started as PyTorch's are.
        public TransformerEncoderLayer build() {
            return new TransformerEncoderLayer(plan());
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        return forward(x, null, null);
    }

    /// As [#forward(Tensor)], where `mask` and `keyPadding` hide parts of the sequence, see
    /// [MultiheadAttention].
    public Tensor forward(Tensor x, @Nullable Tensor mask, @Nullable Tensor keyPadding) {
        if (plan.normFirst()) {
            Tensor y = x.add(attend(norm1.forward(x), mask, keyPadding));
            return y.add(transform(norm2.forward(y)));
        }
        Tensor y = norm1.forward(x.add(attend(x, mask, keyPadding)));
        return norm2.forward(y.add(transform(y)));
    }

    private Tensor attend(Tensor x, @Nullable Tensor mask, @Nullable Tensor keyPadding) {
        return dropout1.forward(attention(selfAttention).output(x, x, x, keyPadding, mask));
    }

    private Tensor transform(Tensor x) {
        Tensor inner = dropout.forward(plan.activation().apply(linear1.forward(x)));
        return dropout2.forward(linear2.forward(inner));
    }

    private static MultiheadAttention attention(Child child) {
        return (MultiheadAttention) child.get();
    }

    /// Layers like this one, with the values it has now.
    List<TransformerEncoderLayer> copies(int count) {
        return TransformerOptions.copies(this, count, () -> new TransformerEncoderLayer(plan));
    }
}
