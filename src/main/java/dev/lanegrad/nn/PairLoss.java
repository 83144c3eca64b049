package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// A number for how two inputs and a target go together, as the criteria of `torch.nn`.
public abstract class PairLoss extends Module {
    PairLoss() {}

    /// The loss of two inputs where `target` was wanted.
    public abstract Tensor forward(Tensor input1, Tensor input2, Tensor target);

    /// A loss of pairs needs another input and a target, too.
    ///
    /// @throws UnsupportedOperationException always
    @Override
    public final Tensor forward(Tensor input) {
        throw new UnsupportedOperationException(
                typeName() + ": needs two inputs and a target (input " + input.shape() + ")");
    }
}
