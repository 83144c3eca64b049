package dev.lanegrad;

import java.util.function.Function;

/// What becomes of the tensors that operations keep for their backward.
///
/// @param <P> what a tensor is packed into
/// @param pack is called when an operation keeps a tensor
/// @param unpack is called whenever its derivative asks for the tensor
record SavedHooks<P>(Function<Tensor, P> pack, Function<P, Tensor> unpack) {
    /// A packed tensor.
    record Packed<P>(P value, SavedHooks<P> hooks) {
        Tensor unpack() {
            return NodeHooks.outside(() -> hooks.unpack().apply(value));
        }
    }

    Packed<P> packed(Tensor tensor) {
        try (var _ = Autograd.noGrad()) {
            return new Packed<>(pack.apply(tensor.detach()), this);
        }
    }
}
