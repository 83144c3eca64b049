package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Attention of a sequence `[T, N, E]` to itself, then to the encoder's `[S, N, E]`, then two
/// linear layers, each added to what it was given and normalized, as
/// `torch.nn.TransformerDecoderLayer`.
public final class TransformerDecoderLayer extends Module {
    private final TransformerOptions.Plan plan;
    private final Child selfAttention;
    private final Child attention;
    private final Child linear1;
    private final Child dropout;
    private final Child linear2;
    private final Child norm1;
    private final Child norm2;
    private final Child norm3;
    private final Child dropout1;
    private final Child dropout2;
    private final Child dropout3;

    /// With 2048 inner features.
    public TransformerDecoderLayer(int features, int heads) {
        this(builder(features, heads).plan());
    }

    TransformerDecoderLayer(TransformerOptions.Plan plan) {
        this.plan = plan;
        selfAttention = module("self_attn", plan.attention());
        attention = module("multihead_attn", plan.attention());
        linear1 = module("linear1", plan.widening());
        dropout = module("dropout", new Dropout(plan.dropout()));
        linear2 = module("linear2", plan.narrowing());
        norm1 = module("norm1", plan.norm());
        norm2 = module("norm2", plan.norm());
        norm3 = module("norm3", plan.norm());
        dropout1 = module("dropout1", new Dropout(plan.dropout()));
        dropout2 = module("dropout2", new Dropout(plan.dropout()));
        dropout3 = module("dropout3", new Dropout(plan.dropout()));
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
        public TransformerDecoderLayer build() {
            return new TransformerDecoderLayer(plan());
        }
    }

    /// A decoder needs what the encoder made.
    ///
    /// @throws UnsupportedOperationException always
    @Override
    public Tensor forward(Tensor x) {
        throw new UnsupportedOperationException(
                "TransformerDecoderLayer: needs a sequence and the encoder's (sequence "
                        + x.shape()
                        + ")");
    }

    /// What becomes of `x` beside the encoder's `memory`.
    public Tensor forward(Tensor x, Tensor memory) {
        return forward(x, memory, null, null);
    }

    /// As [#forward(Tensor, Tensor)], where masks hide parts of `x` from itself, and of `memory`,
    /// see [MultiheadAttention].
    public Tensor forward(
            Tensor x, Tensor memory, @Nullable Tensor mask, @Nullable Tensor memoryMask) {
        if (plan.normFirst()) {
            Tensor y = x.add(look(norm1.forward(x), mask));
            Tensor z = y.add(lookAt(norm2.forward(y), memory, memoryMask));
            return z.add(transform(norm3.forward(z)));
        }
        Tensor y = norm1.forward(x.add(look(x, mask)));
        Tensor z = norm2.forward(y.add(lookAt(y, memory, memoryMask)));
        return norm3.forward(z.add(transform(z)));
    }

    private Tensor look(Tensor x, @Nullable Tensor mask) {
        return dropout1.forward(attention(selfAttention).output(x, x, x, null, mask));
    }

    private Tensor lookAt(Tensor x, Tensor memory, @Nullable Tensor mask) {
        return dropout2.forward(attention(attention).output(x, memory, memory, null, mask));
    }

    private Tensor transform(Tensor x) {
        Tensor inner = dropout.forward(plan.activation().apply(linear1.forward(x)));
        return dropout3.forward(linear2.forward(inner));
    }

    private static MultiheadAttention attention(Child child) {
        return (MultiheadAttention) child.get();
    }

    /// Layers like this one, with the values it has now.
    List<TransformerDecoderLayer> copies(int count) {
        return TransformerOptions.copies(this, count, () -> new TransformerDecoderLayer(plan));
    }
}
