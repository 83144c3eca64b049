package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// Writes over the elements of this tensor that a mask or positions name; all return this tensor.
/// The rules of writing are those of [InPlace].
public sealed interface IndexedWrites permits Tensor {
    // ------------------------------------------------------------ slices by number

    /// As [Indexing#indexAdd], over this tensor, as `Tensor.index_add_`.
    default Tensor indexAdd_(int axis, Tensor index, Tensor source) {
        return Write.result(
                "indexAdd_", false, (Tensor) this, t -> t.indexAdd(axis, index, source), source);
    }

    /// As [Indexing#indexCopy], over this tensor, as `Tensor.index_copy_`.
    default Tensor indexCopy_(int axis, Tensor index, Tensor source) {
        return Write.result(
                "indexCopy_", false, (Tensor) this, t -> t.indexCopy(axis, index, source), source);
    }

    /// As [Indexing#indexFill(int, Tensor, double)], over this tensor, as `Tensor.index_fill_`.
    default Tensor indexFill_(int axis, Tensor index, double value) {
        return Write.result(
                "indexFill_", false, (Tensor) this, t -> t.indexFill(axis, index, value));
    }

    // ------------------------------------------------------------ positions

    /// As [AdvancedIndexing#indexPut], over this tensor: Python's `x[i, j] = values`, or `+=` if
    /// `accumulate`.
    default Tensor indexPut_(@Nullable Tensor[] indices, Tensor values, boolean accumulate) {
        return Write.result(
                "indexPut_",
                false,
                (Tensor) this,
                t -> t.indexPut(indices, values, accumulate),
                values);
    }

    /// `value` at positions or where masks hold: Python's `x[i, j] = value`.
    default Tensor indexPut_(@Nullable Tensor[] indices, double value) {
        Tensor x = (Tensor) this;
        return x.indexPut_(indices, Tensor.full(Shape.of(), value, x.dtype()), false);
    }

    /// As [AdvancedIndexing#put], over this tensor, as `Tensor.put_`.
    default Tensor put_(Tensor index, Tensor source, boolean accumulate) {
        return Write.result(
                "put_", false, (Tensor) this, t -> t.put(index, source, accumulate), source);
    }

    /// As [Gathering#scatter(int, Tensor, Tensor)], over this tensor, as `Tensor.scatter_`.
    default Tensor scatter_(int axis, Tensor index, Tensor source) {
        return Write.result(
                "scatter_", false, (Tensor) this, t -> t.scatter(axis, index, source), source);
    }

    /// As [Gathering#scatter(int, Tensor, double)], over this tensor, as `Tensor.scatter_`.
    default Tensor scatter_(int axis, Tensor index, double value) {
        return Write.result("scatter_", false, (Tensor) this, t -> t.scatter(axis, index, value));
    }

    /// As [Gathering#scatterAdd], over this tensor, as `Tensor.scatter_add_`.
    default Tensor scatterAdd_(int axis, Tensor index, Tensor source) {
        return Write.result(
                "scatterAdd_",
                false,
                (Tensor) this,
                t -> t.scatterAdd(axis, index, source),
                source);
    }

    /// As [Gathering#scatterReduce], over this tensor, as `Tensor.scatter_reduce_`.
    default Tensor scatterReduce_(
            int axis, Tensor index, Tensor source, IndexReduction reduction, boolean includeSelf) {
        return Write.result(
                "scatterReduce_",
                true,
                (Tensor) this,
                t -> t.scatterReduce(axis, index, source, reduction, includeSelf),
                source);
    }

    // ------------------------------------------------------------ masks

    /// As [Selection#maskedFill(Tensor, double)], over this tensor, as `Tensor.masked_fill_`.
    default Tensor maskedFill_(Tensor mask, double value) {
        return Write.result("maskedFill_", false, (Tensor) this, t -> t.maskedFill(mask, value));
    }

    /// As [AdvancedIndexing#maskedScatter], over this tensor, as `Tensor.masked_scatter_`.
    default Tensor maskedScatter_(Tensor mask, Tensor source) {
        return Write.result(
                "maskedScatter_", false, (Tensor) this, t -> t.maskedScatter(mask, source), source);
    }
}
