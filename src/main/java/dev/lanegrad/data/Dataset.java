package dev.lanegrad.data;

import dev.lanegrad.DType;
import dev.lanegrad.Tensor;

/// Labelled images.
///
/// @param images `[N, C, H, W]`, of any type: as stored, before [Normalization]
/// @param labels `[N]`, int64, numbers of classes from 0
public record Dataset(Tensor images, Tensor labels) {
    /// Checks that there is a label for each image.
    ///
    /// @throws IllegalArgumentException if shapes or types are others
    public Dataset {
        if (images.dim() != 4
                || labels.dim() != 1
                || labels.dtype() != DType.INT64
                || images.size(0) != labels.size(0)) {
            throw new IllegalArgumentException(
                    "dataset: needs images [N, C, H, W] and int64 labels [N], but got %s and %s %s"
                            .formatted(images.shape(), labels.dtype(), labels.shape()));
        }
    }

    /// Number of images.
    public int size() {
        return labels.numel();
    }

    /// The images that `indices` number, in its order, as a copy.
    ///
    /// @throws IndexOutOfBoundsException if a number is not in 0 to N − 1
    public Dataset select(long... indices) {
        Tensor index = Tensor.of(indices);
        return new Dataset(images.indexSelect(0, index), labels.indexSelect(0, index));
    }
}
