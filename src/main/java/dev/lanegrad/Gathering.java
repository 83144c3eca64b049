package dev.lanegrad;

import dev.lanegrad.kernels.any.Copy;
import dev.lanegrad.kernels.any.Gather;
import dev.lanegrad.kernels.any.IndexAdd;
import org.jspecify.annotations.Nullable;

/// Taking and writing single elements by their positions along an axis.
public sealed interface Gathering permits Tensor {
    // ------------------------------------------------------------ gather

    /// The elements at the positions along `axis` that `index` holds, as `torch.gather`: `y[i][j] =
    /// x[index[i][j]][j]` for axis 0 of a matrix.
    ///
    /// @param index int64 or int32, with as many axes as this tensor, none longer but `axis`
    /// @throws IllegalArgumentException if the shapes do not fit
    /// @throws IndexOutOfBoundsException if a position is not below the axis' size
    default Tensor gather(int axis, Tensor index) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "gather");
        Tensor y = Positions.gathered(x, at, index);
        return Tape.records(x)
                ? Tape.record(y, new GatherBackward0(x.shape(), at, Saved.of(index)), x)
                : y;
    }

    record GatherBackward0(Shape shape, int axis, Saved index) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor zeros = Creation.zeros(shape, g.gy().dtype());
            g.put(0, zeros.scatterAdd(axis, index.get(), g.gy()));
        }
    }

    /// As [#gather], `index` broadcasting to all other axes, as `torch.take_along_dim`.
    default Tensor takeAlongDim(Tensor index, int axis) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "takeAlongDim");
        long[] sizes = x.shape().toArray();
        long[] taken = index.shape().toArray();
        if (sizes.length != taken.length) {
            throw new IllegalArgumentException(
                    "takeAlongDim: input %s and index %s must have as many axes as each other"
                            .formatted(x.shape(), index.shape()));
        }
        for (int i = 0; i < sizes.length; i++) {
            if (i != at) {
                long both = Math.max(sizes[i], taken[i]);
                sizes[i] = both;
                taken[i] = both;
            }
        }
        return x.expand(sizes).gather(at, index.expand(taken));
    }

    // ------------------------------------------------------------ scatter

    /// A copy into which `source` is written at the positions along `axis` that `index` holds, as
    /// `torch.scatter`; of several values for one position the last stays.
    ///
    /// @param index int64 or int32, with as many axes as this tensor, none longer but `axis`
    /// @param source of this tensor's type, none of its axes shorter than the index's
    default Tensor scatter(int axis, Tensor index, Tensor source) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "scatter");
        Along along = Along.of("scatter", x, at, index);
        Tensor y;
        if (along != null && along.fits(x, index, source)) {
            y = along.written(x, source, Gather::scatter);
        } else {
            Positions p = Positions.along("scatter", x, axis, index);
            y = p.copied(x, p.values("scatter", x, source));
        }
        return Tape.records(x, source)
                ? Tape.record(
                        y, new ScatterBackward0(at, Saved.of(index), source.shape()), x, source)
                : y;
    }

    record ScatterBackward0(int axis, Saved index, Shape source) implements Backward {
        @Override
        public void backward(Gradients g) {
            if (g.needs(0)) {
                g.put(0, g.gy().scatter(axis, index.get(), 0));
            }
            if (g.needs(1)) {
                g.put(1, Positions.padded(g.gy().gather(axis, index.get()), source));
            }
        }
    }

    /// A copy with `value` at the positions along `axis` that `index` holds, as `torch.scatter`.
    default Tensor scatter(int axis, Tensor index, double value) {
        Tensor x = (Tensor) this;
        Positions p = Positions.along("scatter", x, axis, index);
        Tensor y = p.copied(x, Creation.full(index.shape(), value, x.dtype()));
        return Tape.records(x)
                ? Tape.record(y, new ScatterBackward1(p.axis(), Saved.of(index)), x)
                : y;
    }

    record ScatterBackward1(int axis, Saved index) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().scatter(axis, index.get(), 0));
        }
    }

    /// A copy to which `source` is added at the positions along `axis` that `index` holds, as
    /// `torch.scatter_add`.
    default Tensor scatterAdd(int axis, Tensor index, Tensor source) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "scatterAdd");
        Along along = Along.of("scatterAdd", x, at, index);
        Tensor y;
        if (along != null && along.fits(x, index, source)) {
            DType in = Elementwise.working(x.dtype());
            Tensor old = Elementwise.convert(x.detach(), in);
            Tensor values = Elementwise.convert(source.detach(), in);
            y = Elementwise.convert(along.written(old, values, IndexAdd::scatterAdd), x.dtype());
        } else {
            Positions p = Positions.along("scatterAdd", x, axis, index);
            y = p.added(x, p.values("scatterAdd", x, source));
        }
        return Tape.records(x, source)
                ? Tape.record(
                        y, new ScatterAddBackward0(at, Saved.of(index), source.shape()), x, source)
                : y;
    }

    record ScatterAddBackward0(int axis, Saved index, Shape source) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy());
            if (g.needs(1)) {
                g.put(1, Positions.padded(g.gy().gather(axis, index.get()), source));
            }
        }
    }

    // ------------------------------------------------------------ scatterReduce

    /// A copy in which `source` is combined with what lies at the positions along `axis` that
    /// `index` holds, as `torch.scatter_reduce`. Of equal extremes each gets its share of the
    /// gradient.
    ///
    /// @param index int64 or int32, with as many axes as this tensor, none longer but `axis`
    /// @param source of this tensor's type, none of its axes shorter than the index's
    /// @param includeSelf whether this tensor's own elements count
    default Tensor scatterReduce(
            int axis, Tensor index, Tensor source, IndexReduction reduction, boolean includeSelf) {
        Tensor x = (Tensor) this;
        Positions p = Positions.along("scatterReduce", x, axis, index);
        Tensor y =
                ScatterFold.of(x, p, p.values("scatterReduce", x, source), reduction, includeSelf);
        if (!Tape.records(x, source)) {
            return y;
        }
        boolean linear = reduction == IndexReduction.SUM || reduction == IndexReduction.MEAN;
        ScatterReduceBackward0 rule =
                new ScatterReduceBackward0(
                        p.axis(),
                        Saved.of(index),
                        linear ? null : Saved.of(x),
                        linear ? null : Saved.of(source),
                        source.shape(),
                        reduction,
                        includeSelf);
        return Tape.record(y, rule, x, source);
    }

    record ScatterReduceBackward0(
            int axis,
            Saved index,
            @Nullable Saved x,
            @Nullable Saved source,
            Shape sourceShape,
            IndexReduction reduction,
            boolean includeSelf)
            implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor at = index.get();
            Tensor[] gradients =
                    x == null || source == null
                            ? ScatterFold.linearGradients(g.gy(), axis, at, reduction, includeSelf)
                            : new ScatterFold(axis, at, reduction, includeSelf)
                                    .gradients(g.gy(), x.get(), source.get());
            if (g.needs(0)) {
                g.put(0, includeSelf ? gradients[0] : gradients[0].scatter(axis, at, 0));
            }
            if (g.needs(1)) {
                g.put(1, Positions.padded(gradients[1], sourceShape));
            }
        }
    }

    /// The elements' positions in a dense tensor, in the order of an index.
    record Positions(int axis, Shape shape, long[] positions) {
        static Positions along(String op, Tensor x, int axis, Tensor index) {
            if (index.dtype() != DType.INT64 && index.dtype() != DType.INT32) {
                throw new IllegalArgumentException(
                        op + ": the index must be int64 or int32, but is " + index.dtype());
            }
            int at = x.shape().axis(axis, op);
            boolean fits = index.dim() == x.dim() || index.numel() == 0;
            for (int i = 0; fits && index.numel() > 0 && i < x.dim(); i++) {
                fits = i == at || index.size(i) <= x.size(i);
            }
            if (!fits) {
                throw new IllegalArgumentException(
                        "%s: index %s must have as many axes as the input %s, none longer but axis %d"
                                .formatted(op, index.shape(), x.shape(), at));
            }
            int[] strides = x.shape().contiguousStrides();
            long[] positions =
                    index.numel() == 0
                            ? new long[0]
                            : new Geometry(index.shape(), withoutAxis(strides, at), 0).positions(0);
            long[] along = index.toLongArray();
            int size = x.dim() == 0 ? 1 : x.size(at);
            for (int i = 0; i < along.length; i++) {
                if (along[i] < 0 || along[i] >= size) {
                    throw outside(op, along[i], at, size, x.shape());
                }
                positions[i] += x.dim() == 0 ? 0 : along[i] * strides[at];
            }
            return new Positions(at, index.shape(), positions);
        }

        /// The elements at the positions along `axis` that `index` holds.
        static Tensor gathered(Tensor x, int axis, Tensor index) {
            Along along = Along.of("gather", x, axis, index);
            if (along != null) {
                return along.gathered(x, index.shape());
            }
            Tensor dense = Elementwise.converted(x, x.dtype());
            Tensor y = Creation.empty(index.shape(), x.dtype());
            long[] positions = along("gather", x, axis, index).positions();
            Copy.indexSelect(
                    dense.array(),
                    dense.offset(),
                    1,
                    x.numel(),
                    1,
                    positions,
                    0,
                    positions.length,
                    y.array(),
                    y.offset());
            return y;
        }

        static IndexOutOfBoundsException outside(
                String op, long position, int axis, int size, Shape shape) {
            return new IndexOutOfBoundsException(
                    "%s: index %d is out of bounds for axis %d with size %d (input %s)"
                            .formatted(op, position, axis, size, shape));
        }

        private static int[] withoutAxis(int[] strides, int axis) {
            int[] others = strides.clone();
            if (others.length > 0) {
                others[axis] = 0;
            }
            return others;
        }

        /// The part of `source` that the index covers, dense.
        Tensor values(String op, Tensor x, Tensor source) {
            boolean fits = source.dtype() == x.dtype() && source.dim() == shape.dim();
            Tensor part = source.detach();
            for (int i = 0; fits && i < shape.dim(); i++) {
                fits = source.size(i) >= shape.size(i);
                part = fits ? part.narrow(i, 0, shape.size(i)) : part;
            }
            if (!fits) {
                throw new IllegalArgumentException(
                        "%s: source %s %s does not cover index %s of input %s %s"
                                .formatted(
                                        op,
                                        source.dtype(),
                                        source.shape(),
                                        shape,
                                        x.dtype(),
                                        x.shape()));
            }
            return Elementwise.converted(part, part.dtype());
        }

        /// The gradient of a source of this shape, of which the index covered the first part.
        static Tensor padded(Tensor part, Shape source) {
            Tensor whole = part;
            for (int i = 0; i < source.dim(); i++) {
                int more = source.size(i) - whole.size(i);
                if (more > 0) {
                    int[] sizes = whole.shape().sizes().clone();
                    sizes[i] = more;
                    Tensor zeros = Creation.zeros(Shape.of(sizes), part.dtype());
                    whole = Tensor.cat(java.util.List.of(whole, zeros), i);
                }
            }
            return whole;
        }

        /// A copy of `x` with `values` at the positions.
        Tensor copied(Tensor x, Tensor values) {
            Tensor y = Creation.empty(x.shape(), x.dtype());
            Elementwise.copy(y, x);
            Copy.indexCopy(
                    values.array(),
                    values.offset(),
                    1,
                    positions.length,
                    1,
                    positions,
                    0,
                    y.array(),
                    y.offset(),
                    y.numel());
            return y;
        }

        /// A copy of `x` to which `values` are added at the positions.
        Tensor added(Tensor x, Tensor values) {
            DType in = Elementwise.working(x.dtype());
            Tensor old = Elementwise.converted(x, in);
            Tensor added = Elementwise.converted(values, in);
            Tensor y = Creation.empty(x.shape(), in);
            IndexAdd.indexAdd(
                    old.array(),
                    old.offset(),
                    added.array(),
                    added.offset(),
                    1,
                    positions.length,
                    1,
                    positions,
                    0,
                    y.array(),
                    y.offset(),
                    y.numel());
            return Elementwise.convert(y, x.dtype());
        }
    }
}
