package dev.lanegrad;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What networks for texts and other sequences are made of: embeddings, attention, recurrent cells.
public sealed interface Sequences permits Tensor {
    // ------------------------------------------------------------ embedding

    /// The rows of `weight` `[rows, d]` that these numbers name, `[..., d]`, as `F.embedding`.
    ///
    /// @param paddingIndex the row that gets no gradient, or a negative number for none
    /// @throws IllegalArgumentException if this is no tensor of int64 or int32, or the weight no
    ///   matrix
    /// @throws IndexOutOfBoundsException if there is no row of a number
    default Tensor embedding(Tensor weight, int paddingIndex) {
        Tensor x = (Tensor) this;
        if (weight.dim() != 2) {
            throw new IllegalArgumentException(
                    "embedding: the weight must be [rows, d], but is " + weight.shape());
        }
        long[] sizes = Arrays.copyOf(x.shape().toArray(), x.dim() + 1);
        sizes[x.dim()] = weight.size(1);
        Tensor rows = x.reshape(-1);
        Tensor y = weight.detach().indexSelect(0, rows).reshape(sizes);
        return Tape.records(weight)
                ? Tape.record(
                        y,
                        new EmbeddingBackward0(weight.shape(), Saved.of(rows), paddingIndex),
                        weight)
                : y;
    }

    /// The rows that these numbers name.
    default Tensor embedding(Tensor weight) {
        return embedding(weight, -1);
    }

    record EmbeddingBackward0(Shape shape, Saved rows, int paddingIndex) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor numbers = rows.get();
            Tensor gy = g.gy().reshape(numbers.numel(), shape.size(1));
            if (paddingIndex >= 0) {
                gy = gy.maskedFill(numbers.eq(paddingIndex).unsqueeze(1), 0);
            }
            g.put(0, Creation.zeros(shape, gy.dtype()).indexAdd(0, numbers, gy));
        }
    }

    /// The rows of `weight` that each bag of these numbers names, as one, `[bags, d]`, as
    /// `F.embedding_bag`; of an empty bag zeros.
    ///
    /// @param offsets int64, where in this row of numbers each bag begins, ascending from 0
    /// @throws IllegalArgumentException if `offsets` do not fit
    default Tensor embeddingBag(Tensor weight, Tensor offsets, BagReduction reduction) {
        Tensor x = (Tensor) this;
        Bags bags = Bags.of(x, offsets, reduction == BagReduction.MEAN);
        boolean most = reduction == BagReduction.MAX;
        Tensor rows = most ? bags.largest(weight.detach()) : null;
        Tensor y = rows == null ? bags.sums(weight.detach()) : Bags.taken(weight.detach(), rows);
        if (!Tape.records(weight)) {
            return y;
        }
        Backward rule =
                rows == null
                        ? new EmbeddingBagBackward0(weight.shape(), bags)
                        : new LargestRows("EmbeddingBagBackward0", weight.shape(), rows);
        return Tape.record(y, rule, weight);
    }

    record EmbeddingBagBackward0(Shape shape, Bags bags) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, bags.transposed(g.gy(), shape));
        }
    }

    /// The derivative of the largest elements of bags.
    ///
    /// @param rows by bag and column the row that has the largest element, or −1 for none
    record LargestRows(String name, Shape shape, Tensor rows) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            Tensor gy = g.gy().maskedFill(rows.lt(0), 0);
            Tensor zeros = Creation.zeros(shape, gy.dtype());
            g.put(0, zeros.scatterAdd(0, rows.clamp(0, Integer.MAX_VALUE), gy));
        }
    }

    /// Numbers of rows in bags.
    ///
    /// @param rows the numbers
    /// @param bag the bag of each
    /// @param count number of bags
    /// @param shares what each number's row counts
    record Bags(Tensor rows, Tensor bag, int count, double[] shares) {
        static Bags of(Tensor numbers, Tensor offsets, boolean mean) {
            long[] starts = offsets.toLongArray();
            int n = numbers.numel();
            boolean valid = numbers.dim() == 1 && offsets.dim() == 1;
            valid &= starts.length > 0 && starts[0] == 0 && starts[starts.length - 1] <= n;
            for (int i = 1; valid && i < starts.length; i++) {
                valid = starts[i - 1] <= starts[i];
            }
            if (!valid) {
                throw new IllegalArgumentException(
                        "embeddingBag: offsets %s must ascend from 0 to at most the count of %s"
                                .formatted(Arrays.toString(starts), numbers.shape()));
            }
            long[] bag = new long[n];
            double[] shares = new double[n];
            for (int i = 0; i < starts.length; i++) {
                int end = i + 1 < starts.length ? (int) starts[i + 1] : n;
                Arrays.fill(bag, (int) starts[i], end, i);
                Arrays.fill(shares, (int) starts[i], end, mean ? 1.0 / (end - starts[i]) : 1);
            }
            return new Bags(numbers.detach().clone(), Tensor.of(bag), starts.length, shares);
        }

        /// By bag and column the row of the weight that has the largest element, −1 in empty bags.
        private Tensor largest(Tensor weight) {
            int d = weight.size(1);
            double[] values = weight.indexSelect(0, rows).toDoubleArray();
            long[] numbers = rows.toLongArray();
            long[] bagOf = bag.toLongArray();
            long[] found = new long[count * d];
            double[] best = new double[count * d];
            Arrays.fill(found, -1);
            for (int i = 0; i < numbers.length; i++) {
                for (int column = 0; column < d; column++) {
                    int at = (int) bagOf[i] * d + column;
                    if (found[at] < 0 || values[i * d + column] > best[at]) {
                        found[at] = numbers[i];
                        best[at] = values[i * d + column];
                    }
                }
            }
            return Tensor.of(found, Shape.of(count, d));
        }

        private static Tensor taken(Tensor weight, Tensor rows) {
            return weight.gather(0, rows.clamp(0, Integer.MAX_VALUE)).maskedFill(rows.lt(0), 0);
        }

        private Tensor shared(Tensor x) {
            return x.mul(Tensor.of(shares).to(x.dtype()).unsqueeze(1));
        }

        private Tensor sums(Tensor weight) {
            Tensor zeros = Creation.zeros(Shape.of(count, weight.size(1)), weight.dtype());
            return zeros.indexAdd(0, bag, shared(weight.indexSelect(0, rows)));
        }

        private Tensor transposed(Tensor gy, Shape shape) {
            Tensor zeros = Creation.zeros(shape, gy.dtype());
            return zeros.indexAdd(0, rows, shared(gy.indexSelect(0, bag)));
        }
    }

    // ------------------------------------------------------------ attention

    /// `softmax(this·keyᵀ/√d + mask)·value`, this the queries, as `F.scaled_dot_product_attention`:
    /// queries `[..., l, d]`, keys `[..., s, d]`, values `[..., s, e]`.
    ///
    /// @param mask added to the products, or bool: only where it holds is there attention; null for
    ///   none
    /// @param causal whether a query attends to no later key; then there is no mask
    /// @throws IllegalArgumentException if there are both
    default Tensor scaledDotProductAttention(
            Tensor key, Tensor value, @Nullable Tensor mask, boolean causal) {
        Tensor query = (Tensor) this;
        if (mask != null && causal) {
            throw new IllegalArgumentException(
                    "scaledDotProductAttention: either a mask or causal, not both");
        }
        if (mask == null && AttentionBlocks.serve(query, key, value)) {
            return AttentionBlocks.attention(query, key, value, causal);
        }
        double scale = Math.pow(query.size(-1), -0.25);
        Tensor scores = query.mul(scale).matmul(key.transpose(-2, -1).mul(scale));
        Tensor bias = mask;
        if (causal) {
            Tensor later =
                    Tensor.arange(key.size(-2)).gt(Tensor.arange(query.size(-2)).unsqueeze(1));
            bias = later.logicalNot();
        }
        if (bias != null) {
            scores =
                    bias.dtype() == DType.BOOL
                            ? scores.maskedFill(bias.logicalNot(), Double.NEGATIVE_INFINITY)
                            : scores.add(bias);
        }
        return scores.softmax(-1).matmul(value);
    }

    // ------------------------------------------------------------ recurrent cells

    /// `tanh(this·wInputᵀ + bInput + hidden·wHiddenᵀ + bHidden)`, as `torch.rnn_tanh_cell`.
    default Tensor rnnTanhCell(
            Tensor hidden,
            Tensor wInput,
            Tensor wHidden,
            @Nullable Tensor bInput,
            @Nullable Tensor bHidden) {
        Tensor x = (Tensor) this;
        return x.linear(wInput, bInput).add(hidden.linear(wHidden, bHidden)).tanh();
    }

    /// As [#rnnTanhCell] with relu, as `torch.rnn_relu_cell`.
    default Tensor rnnReluCell(
            Tensor hidden,
            Tensor wInput,
            Tensor wHidden,
            @Nullable Tensor bInput,
            @Nullable Tensor bHidden) {
        Tensor x = (Tensor) this;
        return x.linear(wInput, bInput).add(hidden.linear(wHidden, bHidden)).relu();
    }
}
