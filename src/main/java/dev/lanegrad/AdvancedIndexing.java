package dev.lanegrad;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Python's indexing by tensors of positions and by masks.
public sealed interface AdvancedIndexing permits Tensor {
    // ------------------------------------------------------------ index

    /// The elements at positions, as Python's `x[i, j]`: the indices broadcast to each other and
    /// are read together. `null` is Python's `:`, further axes stay whole.
    ///
    /// The axes of the indices' common shape replace the indexed ones; if those do not lie side by
    /// side, they come first.
    ///
    /// @param indices int64 or int32 positions, negative ones counted from the last, or bool masks
    /// @throws IllegalArgumentException if there are more indices than axes, or a mask's shape is
    ///   not that of its axes
    /// @throws IndexOutOfBoundsException if a position is out of range
    default Tensor index(@Nullable Tensor... indices) {
        Tensor x = (Tensor) this;
        IndexPlan plan = IndexPlan.of("index", x.shape(), indices);
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            y = plan.read(x);
        }
        return Tape.records(x) ? Tape.record(y, new IndexBackward0(plan), x) : y;
    }

    record IndexBackward0(IndexPlan plan) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, plan.transposed(g.gy()));
        }
    }

    /// A copy with `values` at positions, as `torch.index_put`: like `x[i, j] = values`, or `+=` if
    /// `accumulate`. Of several values for one position the last stays.
    ///
    /// @param values of this tensor's type; broadcast to what [#index] with these indices returns
    default Tensor indexPut(@Nullable Tensor[] indices, Tensor values, boolean accumulate) {
        Tensor x = (Tensor) this;
        IndexPlan plan = IndexPlan.of("indexPut", x.shape(), indices);
        if (values.dtype() != x.dtype() || !values.shape().expandsTo(plan.result())) {
            throw new IllegalArgumentException(
                    "indexPut: values %s %s do not fit %s %s"
                            .formatted(values.dtype(), values.shape(), x.dtype(), plan.result()));
        }
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            y = plan.write(x, values, accumulate);
        }
        return Tape.records(x, values)
                ? Tape.record(y, new IndexPutBackward0(plan, accumulate), x, values)
                : y;
    }

    record IndexPutBackward0(IndexPlan plan, boolean accumulate) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            if (g.needs(0)) {
                g.put(0, accumulate ? g.gy() : plan.cleared(g.gy()));
            }
            if (g.needs(1)) {
                g.put(1, plan.picked(g.gy()));
            }
        }
    }

    // ------------------------------------------------------------ masks

    /// The elements where `mask` holds, in a row, as `torch.masked_select`; both broadcast.
    ///
    /// @throws IllegalArgumentException if `mask` is no bool tensor
    default Tensor maskedSelect(Tensor mask) {
        Tensor x = (Tensor) this;
        if (mask.dtype() != DType.BOOL) {
            throw new IllegalArgumentException(
                    "maskedSelect: the mask must be bool, but is " + mask.dtype());
        }
        Shape shape = Shape.broadcast("maskedSelect", x.shape(), mask.shape());
        Tensor where = positions(mask.expand(shape));
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            y = x.expand(shape).reshape(-1).indexSelect(0, where);
        }
        return Tape.records(x)
                ? Tape.record(y, new MaskedSelectBackward0(shape, Saved.of(where)), x)
                : y;
    }

    private static Tensor positions(Tensor mask) {
        boolean[] held = mask.toBooleanArray();
        return Tensor.of(
                java.util.stream.IntStream.range(0, held.length)
                        .filter(i -> held[i])
                        .asLongStream()
                        .toArray());
    }

    record MaskedSelectBackward0(Shape shape, Saved where) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor zeros = Creation.zeros(Shape.of(shape.numel()), g.gy().dtype());
            g.put(0, zeros.indexAdd(0, where.get(), g.gy()).reshape(shape));
        }
    }

    /// The positions of the elements that are not zero, `[count, axes]` int64, as `torch.nonzero`.
    default Tensor nonzero() {
        Tensor x = ((Tensor) this).detach();
        long[] flat = positions(x.ne(0)).toLongArray();
        int[] sizes = x.shape().sizes();
        long[] at = new long[flat.length * sizes.length];
        for (int i = 0; i < flat.length; i++) {
            long rest = flat[i];
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                at[i * sizes.length + axis] = rest % sizes[axis];
                rest /= sizes[axis];
            }
        }
        return Tensor.of(at, Shape.of(flat.length, sizes.length));
    }

    /// For each class number a row with 1 in its place and 0 elsewhere, int64, as `F.one_hot`.
    ///
    /// @param classes length of a row, or −1 for as many as the numbers need
    /// @throws IllegalArgumentException if this is no int64 tensor, or a number is not below
    ///   `classes`
    default Tensor oneHot(int classes) {
        Tensor x = (Tensor) this;
        long[] numbers = x.toLongArray();
        long most = Arrays.stream(numbers).max().orElse(-1);
        long count = classes < 0 ? most + 1 : classes;
        long least = Arrays.stream(numbers).min().orElse(0);
        if (x.dtype() != DType.INT64 || least < 0 || most >= count || count == 0) {
            throw new IllegalArgumentException(
                    "oneHot: needs int64 numbers from 0 to %d, but got %s from %d to %d (input %s)"
                            .formatted(count - 1, x.dtype(), least, most, x.shape()));
        }
        long[] sizes = Arrays.copyOf(x.shape().toArray(), x.dim() + 1);
        sizes[x.dim()] = count;
        Tensor y = Creation.zeros(Shape.of(sizes), DType.INT64);
        long[] rows = (long[]) y.array();
        for (int i = 0; i < numbers.length; i++) {
            rows[(int) (i * count + numbers[i])] = 1;
        }
        return y;
    }
}
