package dev.lanegrad.nn;

import dev.lanegrad.Autograd;
import dev.lanegrad.Tensor;
import org.jspecify.annotations.Nullable;

/// An encoder of one sequence `[S, N, E]`, beside which a decoder goes through another `[T, N, E]`,
/// as `torch.nn.Transformer` (Vaswani et al. 2017).
public final class Transformer extends Module {
    private final Child encoder;
    private final Child decoder;

    /// With 512 features, eight heads, and six layers of each kind.
    public Transformer() {
        this(builder(512, 8));
    }

    private Transformer(Builder b) {
        TransformerOptions.Plan plan = b.plan();
        encoder =
                module(
                        "encoder",
                        new TransformerEncoder(
                                new TransformerEncoderLayer(plan), b.encoderLayers, plan.norm()));
        decoder =
                module(
                        "decoder",
                        new TransformerDecoder(
                                new TransformerDecoderLayer(plan), b.decoderLayers, plan.norm()));
        try (var _ = Autograd.noGrad()) {
            for (Tensor p : parameters()) {
                if (p.dim() > 1) {
                    Init.xavierUniform_(p);
                }
            }
        }
    }

    /// For sequences of `features`, shared out among the heads.
    public static Builder builder(int features, int heads) {
        return new Builder(features, heads);
    }

    /// The options; unset ones are as in PyTorch.
    public static final class Builder extends TransformerOptions<Builder> {
        private int encoderLayers = 6;
        private int decoderLayers = 6;

        private Builder(int features, int heads) {
            super(features, heads);
        }

        @Override
        Builder self() {
            return this;
        }

        /// How many layers each has.
        public Builder layers(int encoder, int decoder) {
            encoderLayers = encoder;
            decoderLayers = decoder;
            return this;
        }

        /// The network, its parameters started as PyTorch's are.
        public Transformer build() {
            return new Transformer(this);
        }
    }

    /// A transformer needs two sequences.
    ///
    /// @throws UnsupportedOperationException always
    @Override
    public Tensor forward(Tensor x) {
        throw new UnsupportedOperationException(
                "Transformer: needs two sequences (sequence " + x.shape() + ")");
    }

    /// What becomes of `target` beside `source`, all of which it sees.
    public Tensor forward(Tensor source, Tensor target) {
        return forward(source, target, null, null, null);
    }

    /// As [#forward(Tensor, Tensor)], where masks hide parts of `source` from itself, of `target`
    /// from itself, and of the encoded source from the target, see [MultiheadAttention].
    public Tensor forward(
            Tensor source,
            Tensor target,
            @Nullable Tensor sourceMask,
            @Nullable Tensor targetMask,
            @Nullable Tensor memoryMask) {
        Tensor memory = ((TransformerEncoder) encoder.get()).forward(source, sourceMask, null);
        return ((TransformerDecoder) decoder.get()).forward(target, memory, targetMask, memoryMask);
    }

    /// Hides from each place of a sequence those after it: `[T, T]`, 0 up to the diagonal and −∞
    /// above, as `generate_square_subsequent_mask`.
    public static Tensor squareSubsequentMask(int length) {
        float[] values = new float[length * length];
        for (int row = 0; row < length; row++) {
            for (int column = row + 1; column < length; column++) {
                values[row * length + column] = Float.NEGATIVE_INFINITY;
            }
        }
        return Tensor.of(values).reshape(length, length);
    }
}
