package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import org.jspecify.annotations.Nullable;

/// What layers that put maxima back have in common: all but the operation.
abstract class Unpool extends Module {
    private final PerAxis kernel;
    private final PerAxis stride;
    private final PerAxis padding;

    Unpool(int axes, int kernel, int stride, int padding) {
        this.kernel = PerAxis.of(kernel).expanded(axes);
        this.stride = PerAxis.of(stride).expanded(axes);
        this.padding = PerAxis.of(padding).expanded(axes);
    }

    /// The maxima `x` at the positions `indices`, with zeros elsewhere.
    ///
    /// @param size of the result's last axes, where several sizes are pooled to that of `x`
    public abstract Tensor forward(Tensor x, Tensor indices, int... size);

    /// Maxima without their positions have no place.
    ///
    /// @throws UnsupportedOperationException always
    @Override
    public final Tensor forward(Tensor x) {
        throw new UnsupportedOperationException(
                typeName() + ": needs the indices of the maxima beside the input " + x.shape());
    }

    final int[] kernel() {
        return kernel.values();
    }

    final int[] stride() {
        return stride.values();
    }

    final int[] padding() {
        return padding.values();
    }

    static int @Nullable [] orComputed(int[] size) {
        return size.length == 0 ? null : size;
    }

    @Override
    protected final String extraRepr() {
        return "kernel_size=%s, stride=%s, padding=%s"
                .formatted(kernel.tuple(), stride.tuple(), padding.tuple());
    }
}
