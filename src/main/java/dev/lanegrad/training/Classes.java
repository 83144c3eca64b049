package dev.lanegrad.training;

import dev.lanegrad.DType;
import dev.lanegrad.Tensor;

/// The rule of metrics of classes.
final class Classes {
    private Classes() {}

    static void check(String metric, Tensor output, Tensor target) {
        if (output.dim() != 2
                || target.dim() != 1
                || target.dtype() != DType.INT64
                || output.size(0) != target.size(0)) {
            throw new IllegalArgumentException(
                    "%s: needs scores [N, C] and int64 classes [N], but got %s and %s %s"
                            .formatted(metric, output.shape(), target.dtype(), target.shape()));
        }
        for (long wanted : target.toLongArray()) {
            if (wanted < 0 || wanted >= output.size(1)) {
                throw new IllegalArgumentException(
                        "%s: class %d is not in 0 to %d"
                                .formatted(metric, wanted, output.size(1) - 1));
            }
        }
    }
}
