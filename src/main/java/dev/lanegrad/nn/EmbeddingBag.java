package dev.lanegrad.nn;

import dev.lanegrad.BagReduction;
import dev.lanegrad.DType;
import dev.lanegrad.Tensor;
import java.util.Locale;

/// The sums, means or maxima of bags of a table's rows, named by their numbers, as
/// `torch.nn.EmbeddingBag`.
public final class EmbeddingBag extends Module {
    private final int rows;
    private final int features;
    private final BagReduction mode;
    private final Tensor weight;

    /// Means of the rows of a table of standard normal values.
    public EmbeddingBag(int rows, int features) {
        this(rows, features, BagReduction.MEAN);
    }

    /// Means, sums or maxima of the rows of a table of standard normal values.
    public EmbeddingBag(int rows, int features, BagReduction mode) {
        this.rows = rows;
        this.features = features;
        this.mode = mode;
        weight = parameter("weight", Init.normal_(Tensor.empty(rows, features), 0, 1));
    }

    /// The table `[rows, features]`.
    public Tensor weight() {
        return now(weight);
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
        return x.to(DType.INT64).embeddingBag(now(weight), offsets, mode);
    }

    @Override
    protected String extraRepr() {
        return "%d, %d, mode='%s'".formatted(rows, features, mode.name().toLowerCase(Locale.ROOT));
    }
}
