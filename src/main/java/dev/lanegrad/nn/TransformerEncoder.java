package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import org.jspecify.annotations.Nullable;

/// Encoder layers one above the other, as `torch.nn.TransformerEncoder`.
public final class TransformerEncoder extends Module {
    private final ModuleList layers;
    private final @Nullable Child norm;

    /// Copies of `layer`, all with the values it has.
    public TransformerEncoder(TransformerEncoderLayer layer, int count) {
        this(layer, count, null);
    }

    /// @param norm what comes last; null for nothing
    public TransformerEncoder(TransformerEncoderLayer layer, int count, @Nullable Module norm) {
        layers = new ModuleList(layer.copies(count));
        module("layers", layers);
        this.norm = norm == null ? null : module("norm", norm);
    }

    @Override
    public Tensor forward(Tensor x) {
        return forward(x, null, null);
    }

    /// As [#forward(Tensor)], where `mask` and `keyPadding` hide parts of the sequence from every
    /// layer, see [MultiheadAttention].
    public Tensor forward(Tensor x, @Nullable Tensor mask, @Nullable Tensor keyPadding) {
        Tensor y = x;
        for (Module layer : layers) {
            y = ((TransformerEncoderLayer) layer).forward(y, mask, keyPadding);
        }
        return norm == null ? y : norm.forward(y);
    }
}
