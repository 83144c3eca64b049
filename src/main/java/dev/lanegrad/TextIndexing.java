package dev.lanegrad;

/// Indices as Python writes them between brackets.
public sealed interface TextIndexing permits Tensor {
    // ------------------------------------------------------------ at

    /// What Python's `x[index]` is, the text being what stands between the brackets: `1:3, ...,
    /// ::2`. A view.
    ///
    /// Separated by commas: an integer, which takes one slice of an axis; `start:end:step`, each of
    /// which may be missing; `...` for the axes that the others leave; `None` for a new axis of
    /// size 1. Negative numbers count from the last. For positions in tensors and masks see
    /// [AdvancedIndexing#index].
    ///
    /// @throws IllegalArgumentException if the text is not of this form, a step is not positive, or
    ///   there are fewer axes than the text names
    /// @throws IndexOutOfBoundsException if an axis has no such slice
    default Tensor at(String index) {
        return IndexText.of(index).view((Tensor) this);
    }

    /// A view of the same elements in the same places.
    static Tensor alias(Tensor x) {
        return Views.viewed(x, x.offset(), x.shape(), x.strides(), new AliasBackward0());
    }

    record AliasBackward0() implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy());
        }
    }

    // ------------------------------------------------------------ atPut_

    /// Writes `values` over [#at] of this tensor, as Python's `x[index] = values`; returns this
    /// tensor. The rules of writing are those of [InPlace].
    ///
    /// @param values broadcast, but for leading axes of size 1, which go, and converted
    /// @throws IllegalArgumentException if the values do not broadcast to what is written over, or
    ///   as [#at]
    default Tensor atPut_(String index, Tensor values) {
        Tensor x = (Tensor) this;
        Tensor y = x.at(index);
        Tensor fitting = values;
        while (fitting.dim() > y.dim() && fitting.size(0) == 1) {
            fitting = fitting.select(0, 0);
        }
        if (!fitting.shape().expandsTo(y.shape())) {
            throw new IllegalArgumentException(
                    "atPut_: values %s do not broadcast to the %s that \"%s\" is of input %s"
                            .formatted(values.shape(), y.shape(), index, x.shape()));
        }
        y.copy_(fitting);
        return x;
    }

    /// Writes `value` over [#at] of this tensor, as Python's `x[index] = value`; returns this
    /// tensor.
    default Tensor atPut_(String index, double value) {
        Tensor x = (Tensor) this;
        x.at(index).fill_(value);
        return x;
    }
}
