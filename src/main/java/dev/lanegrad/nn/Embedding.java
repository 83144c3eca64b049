package dev.lanegrad.nn;

import dev.lanegrad.Autograd;
import dev.lanegrad.DType;
import dev.lanegrad.Tensor;

/// Rows of a table by their numbers, `[...]` to `[..., features]`, as `torch.nn.Embedding`.
public final class Embedding extends Module {
    private static final int NONE = Integer.MIN_VALUE;

    private final int rows;
    private final int features;
    private final int padding;
    private final Tensor weight;

    /// A table of standard normal values.
    public Embedding(int rows, int features) {
        this(rows, features, NONE);
    }

    /// A table whose row `padding` starts with zeros and gets no gradient; negative numbers count
    /// from the last row.
    ///
    /// @throws IllegalArgumentException if there is no such row
    public Embedding(int rows, int features, int padding) {
        if (padding != NONE && (padding < -rows || padding >= rows)) {
            throw new IllegalArgumentException(
                    "Padding_idx must be within num_embeddings (%d of %d)"
                            .formatted(padding, rows));
        }
        this.rows = rows;
        this.features = features;
        this.padding = padding < 0 && padding != NONE ? padding + rows : padding;
        weight = parameter("weight", Init.normal_(Tensor.empty(rows, features), 0, 1));
        if (padding != NONE) {
            try (var _ = Autograd.noGrad()) {
                weight.select(0, this.padding).zero_();
            }
        }
    }

    /// The table `[rows, features]`.
    public Tensor weight() {
        return now(weight);
    }

    /// The rows that have the numbers in `x`, whose type is an integer one.
    @Override
    public Tensor forward(Tensor x) {
        Tensor numbers = x.reshape(-1).to(DType.INT64);
        Tensor y = now(weight).indexSelect(0, numbers);
        if (padding != NONE) {
            y = y.where(numbers.ne(padding).unsqueeze(1), y.detach());
        }
        long[] sizes = java.util.Arrays.copyOf(x.shape().toArray(), x.dim() + 1);
        sizes[x.dim()] = features;
        return y.reshape(sizes);
    }

    @Override
    protected String extraRepr() {
        return rows + ", " + features + (padding == NONE ? "" : ", padding_idx=" + padding);
    }
}
