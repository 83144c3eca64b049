package dev.lanegrad.data;

import dev.lanegrad.Tensor;

/// Examples that lie in memory, as `torch.utils.data.TensorDataset`.
///
/// @param inputs `[N, ...]`, of any type: images as stored, before [Normalization]
/// @param targets `[N, ...]`, for example numbers of classes, int64
public record TensorDataset(Tensor inputs, Tensor targets) implements Dataset {
    /// Checks that there is a target for each input.
    ///
    /// @throws IllegalArgumentException if there is not
    public TensorDataset {
        if (inputs.dim() < 1 || targets.dim() < 1 || inputs.size(0) != targets.size(0)) {
            throw new IllegalArgumentException(
                    "tensorDataset: needs as many inputs as targets, but got %s and %s"
                            .formatted(inputs.shape(), targets.shape()));
        }
    }

    @Override
    public int size() {
        return inputs.size(0);
    }

    @Override
    public Example get(int number) {
        return new Example(inputs.select(0, number), targets.select(0, number));
    }

    /// The examples that `numbers` name, in its order, as a copy.
    ///
    /// @throws IndexOutOfBoundsException if a number is not in 0 to N − 1
    @Override
    public TensorDataset subset(long... numbers) {
        Tensor index = Tensor.of(numbers);
        return new TensorDataset(inputs.indexSelect(0, index), targets.indexSelect(0, index));
    }
}
