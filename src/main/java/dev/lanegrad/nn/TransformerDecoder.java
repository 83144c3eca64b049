package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import org.jspecify.annotations.Nullable;

/// Decoder layers one above the other, as `torch.nn.TransformerDecoder`.
public final class TransformerDecoder extends Module {
    private final ModuleList layers;
    private final @Nullable Child norm;

    /// Copies of `layer`, all with the values it has.
    public TransformerDecoder(TransformerDecoderLayer layer, int count) {
        this(layer, count, null);
    }

    /// @param norm what comes last; null for nothing
    public TransformerDecoder(TransformerDecoderLayer layer, int count, @Nullable Module norm) {
        layers = new ModuleList(layer.copies(count));
        module("layers", layers);
        this.norm = norm == null ? null : module("norm", norm);
    }

    /// A decoder needs what the encoder made.
    ///
    /// @throws UnsupportedOperationException always
    @Override
    public Tensor forward(Tensor x) {
        throw new UnsupportedOperationException(
                "TransformerDecoder: needs a sequence and the encoder's (sequence "
                        + x.shape()
                        + ")");
    }

    /// What becomes of `x` beside the encoder's `memory`.
    public Tensor forward(Tensor x, Tensor memory) {
        return forward(x, memory, null, null);
    }

    /// As [#forward(Tensor, Tensor)], where masks hide parts of `x` from itself, and of `memory`,
    /// from every layer.
    public Tensor forward(
            Tensor x, Tensor memory, @Nullable Tensor mask, @Nullable Tensor memoryMask) {
        Tensor y = x;
        for (Module layer : layers) {
            y = ((TransformerDecoderLayer) layer).forward(y, memory, mask, memoryMask);
        }
        return norm == null ? y : norm.forward(y);
    }
}
