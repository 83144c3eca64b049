package dev.lanegrad.nn;

import dev.lanegrad.DType;
import dev.lanegrad.Tensor;

/// The sums or means of bags of a table's rows, named by their numbers, as `torch.nn.EmbeddingBag`.
public final class EmbeddingBag extends Module {
    private final int rows;
    private final int features;
    private final boolean mean;
    private final Tensor weight;

    /// Means of the rows of a table of standard normal values.
    public EmbeddingBag(int rows, int features) {
        this(rows, features, true);
    }

    /// Means, or sums, of the rows of a table of standard normal values.
    public EmbeddingBag(int rows, int features, boolean mean) {
        this.rows = rows;
        this.features = features;
        this.mean = mean;
        weight = parameter("weight", Init.normal_(Tensor.empty(rows, features), 0, 1));
    }

    /// The table `[rows, features]`.
    public Tensor weight() {
        return weight;
    }

    /// Each row of numbers `[bags, n]` as one bag: `[bags, features]`.
    ///
    /// @throws IllegalArgumentException if `x` has another number of axes
    @Override
    public Tensor forward(Tensor x) {
        if (x.dim() != 2) {
            throw new IllegalArgumentException(
                    "embeddingBag: input %s needs offsets, as it is no [bags, n]"
                            .formatted(x.shape()));
        }
        long[] starts = new long[x.size(0)];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = (long) i * x.size(1);
        }
        return forward(x.reshape(-1), Tensor.of(starts));
    }

    /// Bags of the numbers `x`: `[bags, features]`.
    ///
    /// @param offsets int64, where in `x` each bag begins, ascending from 0
    public Tensor forward(Tensor x, Tensor offsets) {
        return x.to(DType.INT64).embeddingBag(weight, offsets, mean);
    }

    @Override
    protected String extraRepr() {
        return "%d, %d, mode='%s'".formatted(rows, features, mean ? "mean" : "sum");
    }
}
