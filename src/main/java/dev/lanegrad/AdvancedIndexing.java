package dev.lanegrad;

import dev.lanegrad.kernels.any.Copy;
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

    // ------------------------------------------------------------ take, put

    /// The elements at positions in this tensor as one row, in the shape of `index`, as
    /// `torch.take`.
    ///
    /// @param index int64 or int32, negative positions counted from the last
    /// @throws IndexOutOfBoundsException if there is no such position
    default Tensor take(Tensor index) {
        Tensor x = (Tensor) this;
        Tensor at = places("take", x, index);
        Tensor dense = Elementwise.converted(x.detach(), x.dtype());
        Tensor y = Creation.empty(index.shape(), x.dtype());
        Copy.indexSelect(
                dense.array(),
                dense.offset(),
                1,
                x.numel(),
                1,
                (long[]) at.array(),
                at.offset(),
                at.numel(),
                y.array(),
                y.offset());
        return Tape.records(x)
                ? Tape.record(y, new TakeBackward0(x.shape(), Saved.of(at), index.shape()), x)
                : y;
    }

    record TakeBackward0(Shape shape, Saved at, Shape index) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor zeros = Creation.zeros(shape, g.gy().dtype());
            g.put(0, zeros.put(at.get().reshape(index), g.gy(), true));
        }
    }

    /// A copy with the elements of `source` at positions in this tensor as one row, or added there
    /// if `accumulate`, as `torch.put`. Of several values for one position the last stays.
    ///
    /// @param index int64 or int32, negative positions counted from the last
    /// @param source of this tensor's type and as many elements as `index`
    /// @throws IllegalArgumentException if `source` does not fit
    /// @throws IndexOutOfBoundsException if there is no such position
    default Tensor put(Tensor index, Tensor source, boolean accumulate) {
        Tensor x = (Tensor) this;
        Tensor at = places("put", x, index);
        if (source.dtype() != x.dtype() || source.numel() != index.numel()) {
            throw new IllegalArgumentException(
                    "put: source %s %s does not fit input %s and index %s"
                            .formatted(source.dtype(), source.shape(), x.dtype(), index.shape()));
        }
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            Tensor row = x.reshape(-1);
            Tensor from = source.reshape(-1);
            Tensor written = accumulate ? row.indexAdd(0, at, from) : row.indexCopy(0, at, from);
            y = written.reshape(x.shape());
        }
        return Tape.records(x, source)
                ? Tape.record(
                        y, new PutBackward0(Saved.of(at), source.shape(), accumulate), x, source)
                : y;
    }

    record PutBackward0(Saved at, Shape source, boolean accumulate) implements Backward {
        @Override
        public void backward(Gradients g) {
            if (g.needs(0)) {
                Tensor zeros = Creation.zeros(Shape.of(at.get().numel()), g.gy().dtype());
                g.put(0, accumulate ? g.gy() : g.gy().put(at.get(), zeros, false));
            }
            if (g.needs(1)) {
                g.put(1, g.gy().take(at.get()).reshape(source));
            }
        }
    }

    /// The positions that `index` means in `x` as one row, all from 0, in one row themselves.
    private static Tensor places(String op, Tensor x, Tensor index) {
        if (index.dtype() != DType.INT64 && index.dtype() != DType.INT32) {
            throw new IllegalArgumentException(
                    op + ": the index must be int64 or int32, but is " + index.dtype());
        }
        if (index.dtype() == DType.INT64 && index.isContiguous() && allWithin(index, x.numel())) {
            return index.reshape(-1);
        }
        long[] at = index.toLongArray();
        for (int i = 0; i < at.length; i++) {
            if (at[i] < -x.numel() || at[i] >= x.numel()) {
                throw new IndexOutOfBoundsException(
                        "%s: index %d is out of range for %d elements (input %s)"
                                .formatted(op, at[i], x.numel(), x.shape()));
            }
            at[i] += at[i] < 0 ? x.numel() : 0;
        }
        return Tensor.of(at);
    }

    /// Whether all positions are from 0 to `size`, exclusively.
    private static boolean allWithin(Tensor index, int size) {
        long[] at = (long[]) index.array();
        long outside = 0;
        for (int i = index.offset(), end = i + index.numel(); i < end; i++) {
            outside |= at[i] | (size - 1 - at[i]);
        }
        return outside >= 0;
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

    /// A copy with the elements of `source`, in their order, where `mask` holds, as
    /// `torch.masked_scatter`; this tensor and the mask broadcast.
    ///
    /// @throws IllegalArgumentException if `mask` is no bool tensor, or `source` is of another type
    ///   or has fewer elements than there are places
    default Tensor maskedScatter(Tensor mask, Tensor source) {
        Tensor x = (Tensor) this;
        Shape shape = Shape.broadcast("maskedScatter", x.shape(), mask.shape());
        Tensor where = mask.dtype() == DType.BOOL ? positions(mask.expand(shape)) : mask;
        if (mask.dtype() != DType.BOOL
                || source.dtype() != x.dtype()
                || source.numel() < where.numel()) {
            throw new IllegalArgumentException(
                    "maskedScatter: mask %s with %d places and source %s %s do not fit input %s %s"
                            .formatted(
                                    mask.dtype(),
                                    where.numel(),
                                    source.dtype(),
                                    source.shape(),
                                    x.dtype(),
                                    x.shape()));
        }
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            Tensor from = source.reshape(-1).narrow(0, 0, where.numel());
            y = x.expand(shape).reshape(-1).indexCopy(0, where, from).reshape(shape);
        }
        return Tape.records(x, source)
                ? Tape.record(
                        y, new MaskedScatterBackward0(Saved.of(mask), source.shape()), x, source)
                : y;
    }

    record MaskedScatterBackward0(Saved mask, Shape source) implements Backward {
        @Override
        public void backward(Gradients g) {
            if (g.needs(0)) {
                g.put(0, g.gy().maskedFill(mask.get(), 0));
            }
            if (g.needs(1)) {
                Tensor taken = g.gy().maskedSelect(mask.get());
                g.put(1, taken.pad(0, source.numel() - taken.numel()).reshape(source));
            }
        }
    }

    private static Tensor positions(Tensor mask) {
        boolean[] held = mask.toBooleanArray();
        long[] positions = new long[held.length];
        int count = 0;
        for (int i = 0; i < held.length; i++) {
            // written always, kept if held: a branch would be mispredicted
            positions[count] = i;
            count += held[i] ? 1 : 0;
        }
        return Tensor.of(Arrays.copyOf(positions, count));
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
