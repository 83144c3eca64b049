package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// A number for how far an input is from a target, as the criteria of `torch.nn`.
public abstract class Loss extends Module {
    Loss() {}

    /// The loss of `input` where `target` was wanted.
    public abstract Tensor forward(Tensor input, Tensor target);

    /// A loss needs a target too.
    ///
    /// @throws UnsupportedOperationException always
    @Override
    public final Tensor forward(Tensor input) {
        throw new UnsupportedOperationException(
                typeName() + ": needs an input and a target (input " + input.shape() + ")");
    }
}
