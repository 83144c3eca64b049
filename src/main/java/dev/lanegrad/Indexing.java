package dev.lanegrad;

import dev.lanegrad.kernels.Launches;
import dev.lanegrad.kernels.any.Copy;
import dev.lanegrad.kernels.any.IndexAdd;

/// Taking and adding slices by their numbers.
public sealed interface Indexing permits Tensor {
    // ------------------------------------------------------------ indexSelect

    /// The slices along `axis` that `index` numbers, in its order, as `torch.index_select`.
    ///
    /// @param index 1-d or 0-d, int64 or int32, numbers from 0
    /// @throws IllegalArgumentException if `index` has another type or more axes
    /// @throws IndexOutOfBoundsException if a number is not below the axis' size
    default Tensor indexSelect(int axis, Tensor index) {
        Tensor x = (Tensor) this;
        Slices s = Slices.along("indexSelect", x, axis, index);
        int[] sizes = x.shape().sizes().clone();
        if (sizes.length > 0) {
            sizes[s.axis] = s.index.length;
        }
        Tensor dense = Elementwise.converted(x, x.dtype());
        Tensor y = Creation.empty(Shape.of(sizes), x.dtype());
        Copy.indexSelect(
                dense.array(),
                dense.offset(),
                s.outer,
                s.rows,
                s.inner,
                s.index,
                0,
                s.index.length,
                y.array(),
                y.offset());
        return Tape.records(x)
                ? Tape.record(y, new IndexSelectBackward0(x.shape(), axis, Saved.of(index)), x)
                : y;
    }

    record IndexSelectBackward0(Shape shape, int axis, Saved index) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor zeros = Creation.zeros(shape, g.gy().dtype());
            g.put(0, zeros.indexAdd(axis, index.get(), g.gy()));
        }
    }

    // ------------------------------------------------------------ indexAdd

    /// A copy to whose slice number `index[i]` along `axis` slice i of `source` is added, in
    /// ascending order of i, as `torch.index_add`.
    ///
    /// @param source of this tensor's type and shape, but with as many slices as `index` has
    ///   numbers
    /// @throws IllegalArgumentException if `index` or `source` do not fit
    /// @throws IndexOutOfBoundsException if a number is not below the axis' size
    default Tensor indexAdd(int axis, Tensor index, Tensor source) {
        Tensor x = (Tensor) this;
        Tensor y = Slices.along("indexAdd", x, axis, index).added(x, source);
        return Tape.records(x, source)
                ? Tape.record(y, new IndexAddBackward0(axis, Saved.of(index)), x, source)
                : y;
    }

    record IndexAddBackward0(int axis, Saved index) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy());
            if (g.needs(1)) {
                g.put(1, g.gy().indexSelect(axis, index.get()));
            }
        }
    }

    // ------------------------------------------------------------ indexCopy

    /// A copy whose slice number `index[i]` along `axis` is slice i of `source`, as
    /// `torch.index_copy`; of several for one number the last stays.
    ///
    /// @param source of this tensor's type and shape, but for the axis, as long as `index`
    default Tensor indexCopy(int axis, Tensor index, Tensor source) {
        Tensor x = (Tensor) this;
        Tensor y = Slices.along("indexCopy", x, axis, index).copied(x, source);
        return Tape.records(x, source)
                ? Tape.record(
                        y, new IndexCopyBackward0(axis, Saved.of(index), source.shape()), x, source)
                : y;
    }

    record IndexCopyBackward0(int axis, Saved index, Shape source) implements Backward {
        @Override
        public void backward(Gradients g) {
            if (g.needs(0)) {
                Tensor zeros = Creation.zeros(source, g.gy().dtype());
                g.put(0, g.gy().indexCopy(axis, index.get(), zeros));
            }
            if (g.needs(1)) {
                g.put(1, g.gy().indexSelect(axis, index.get()));
            }
        }
    }

    // ------------------------------------------------------------ indexFill

    /// A copy whose slices along `axis` that `index` numbers are filled with `value`, as
    /// `torch.index_fill`.
    ///
    /// @param index 1-d or 0-d, int64 or int32, negative numbers counted from the last
    /// @throws IndexOutOfBoundsException if there is no slice of a number
    default Tensor indexFill(int axis, Tensor index, double value) {
        Tensor x = (Tensor) this;
        int size = x.dim() == 0 ? 1 : x.size(x.shape().axis(axis, "indexFill"));
        Tensor numbers = index.where(index.ge(0), index.add(size));
        Slices s = Slices.along("indexFill", x, axis, numbers);
        int[] sizes = x.shape().sizes().clone();
        if (sizes.length > 0) {
            sizes[s.axis] = s.index.length;
        }
        Tensor y =
                s.index.length == 0
                        ? x.detach().clone()
                        : s.copied(x, Creation.full(Shape.of(sizes), value, x.dtype()));
        return Tape.records(x)
                ? Tape.record(y, new IndexFillBackward0(s.axis, Saved.of(numbers)), x)
                : y;
    }

    record IndexFillBackward0(int axis, Saved index) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().indexFill(axis, index.get(), 0));
        }
    }

    /// A tensor as `[outer, rows, inner]` and the checked numbers of rows.
    record Slices(String op, int axis, int outer, int rows, int inner, long[] index) {
        static Slices along(String op, Tensor x, int axis, Tensor index) {
            if ((index.dtype() != DType.INT64 && index.dtype() != DType.INT32) || index.dim() > 1) {
                throw new IllegalArgumentException(
                        op
                                + ": the index must be int64 or int32 with at most 1 axis, but is "
                                + index.dtype()
                                + " "
                                + index.shape());
            }
            int a = x.shape().axis(axis, op);
            int outer = 1;
            int inner = 1;
            for (int i = 0; i < x.dim(); i++) {
                outer *= i < a ? x.size(i) : 1;
                inner *= i > a ? x.size(i) : 1;
            }
            int rows = x.dim() == 0 ? 1 : x.size(a);
            Tensor dense = Elementwise.converted(index, DType.INT64);
            long[] numbers = new long[dense.numel()];
            Launches.make(
                    () -> {
                        // not Values.copied: a plan, which may not look at values, may do this
                        if (numbers.length > 0) {
                            System.arraycopy(
                                    dense.array(), dense.offset(), numbers, 0, numbers.length);
                        }
                        checkRange(op, x.shape(), axis, rows, numbers);
                    },
                    new Object[] {dense.array(), numbers});
            return new Slices(op, a, outer, rows, inner, numbers);
        }

        private static void checkRange(String op, Shape shape, int axis, int rows, long[] numbers) {
            for (int i = 0; i < numbers.length; i++) {
                if (numbers[i] < 0 || numbers[i] >= rows) {
                    throw new IndexOutOfBoundsException(
                            "%s: index %d at %d is out of range [0, %d) (input %s, axis %d)"
                                    .formatted(op, numbers[i], i, rows, shape, axis));
                }
            }
        }

        /// A copy of `x` to whose rows of these numbers `source` is added.
        Tensor added(Tensor x, Tensor source) {
            checkSource(x, source);
            DType in = Elementwise.working(x.dtype());
            Tensor old = Elementwise.converted(x, in);
            Tensor values = Elementwise.converted(source, in);
            Tensor y = Creation.empty(x.shape(), in);
            IndexAdd.indexAdd(
                    old.array(),
                    old.offset(),
                    values.array(),
                    values.offset(),
                    outer,
                    index.length,
                    inner,
                    index,
                    0,
                    y.array(),
                    y.offset(),
                    rows);
            return Elementwise.convert(y, x.dtype());
        }

        /// A copy of `x` whose rows of these numbers are those of `source`.
        Tensor copied(Tensor x, Tensor source) {
            checkSource(x, source);
            Tensor y = Creation.empty(x.shape(), x.dtype());
            Elementwise.copy(y, x);
            Tensor dense = Elementwise.converted(source, source.dtype());
            Copy.indexCopy(
                    dense.array(),
                    dense.offset(),
                    outer,
                    index.length,
                    inner,
                    index,
                    0,
                    y.array(),
                    y.offset(),
                    rows);
            return y;
        }

        private void checkSource(Tensor x, Tensor source) {
            boolean fits = source.dtype() == x.dtype() && source.dim() == x.dim();
            for (int i = 0; fits && i < x.dim(); i++) {
                fits = source.size(i) == (i == axis ? index.length : x.size(i));
            }
            if (!fits || (x.dim() == 0 && index.length != 1)) {
                throw new IllegalArgumentException(
                        "%s: source %s %s does not fit input %s %s with %d slices along axis %d"
                                .formatted(
                                        op,
                                        source.dtype(),
                                        source.shape(),
                                        x.dtype(),
                                        x.shape(),
                                        index.length,
                                        axis));
            }
        }
    }
}
