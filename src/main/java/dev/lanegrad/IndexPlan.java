package dev.lanegrad;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which elements an index of several tensors means: rows of the tensor whose indexed axes are
/// moved to the front and made one.
///
/// @param order the axes, indexed ones first
/// @param indexed how many of them are indexed
/// @param shape the tensor's shape
/// @param rows the numbers of the rows, in the order of the indices' common shape
/// @param common the indices' common shape
/// @param place the axis of the result at which the common shape begins
record IndexPlan(int[] order, int indexed, Shape shape, Tensor rows, Shape common, int place) {
    static IndexPlan of(String op, Shape shape, @Nullable Tensor... indices) {
        List<Integer> axes = new ArrayList<>();
        List<Tensor> positions = new ArrayList<>();
        int axis = 0;
        for (Tensor index : indices) {
            int width = index != null && index.dtype() == DType.BOOL ? index.dim() : 1;
            if (axis + width > shape.dim()) {
                throw new IllegalArgumentException(
                        op + ": too many indices for a tensor of " + shape.dim() + " axes");
            }
            if (index != null) {
                for (int i = 0; i < width; i++) {
                    axes.add(axis + i);
                }
                enter(op, shape, axis, index, positions);
            }
            axis += width;
        }
        if (axes.isEmpty()) {
            throw new IllegalArgumentException(op + ": needs at least one tensor of positions");
        }
        return joined(op, shape, axes, positions);
    }

    private static void enter(
            String op, Shape shape, int axis, Tensor index, List<Tensor> positions) {
        if (index.dtype() == DType.BOOL) {
            for (int i = 0; i < index.dim(); i++) {
                if (index.size(i) != shape.size(axis + i)) {
                    throw new IndexOutOfBoundsException(
                            op
                                    + ": mask "
                                    + index.shape()
                                    + " does not fit axis "
                                    + axis
                                    + " of shape "
                                    + shape);
                }
            }
            positions.addAll(List.of(index.nonzero().unbind(1)));
        } else if (index.dtype() == DType.INT64 || index.dtype() == DType.INT32) {
            positions.add(index);
        } else {
            throw new IllegalArgumentException(
                    op + ": an index must be int64, int32 or bool, but is " + index.dtype());
        }
    }

    private static IndexPlan joined(
            String op, Shape shape, List<Integer> axes, List<Tensor> positions) {
        Shape common = positions.getFirst().shape();
        for (Tensor p : positions) {
            common = Shape.broadcast(op, common, p.shape());
        }
        long[] rows = new long[common.numel()];
        for (int k = 0; k < axes.size(); k++) {
            int size = shape.size(axes.get(k));
            long[] at = positions.get(k).expand(common).toLongArray();
            for (int i = 0; i < rows.length; i++) {
                if (at[i] < -size || at[i] >= size) {
                    throw new IndexOutOfBoundsException(
                            "%s: index %d is out of bounds for axis %d with size %d (shape %s)"
                                    .formatted(op, at[i], axes.get(k), size, shape));
                }
                rows[i] = rows[i] * size + (at[i] < 0 ? at[i] + size : at[i]);
            }
        }
        int[] order = new int[shape.dim()];
        int next = 0;
        for (int axis : axes) {
            order[next++] = axis;
        }
        for (int axis = 0; axis < shape.dim(); axis++) {
            if (!axes.contains(axis)) {
                order[next++] = axis;
            }
        }
        boolean adjacent = axes.getLast() - axes.getFirst() == axes.size() - 1;
        int place = adjacent ? axes.getFirst() : 0;
        return new IndexPlan(order, axes.size(), shape, Tensor.of(rows), common, place);
    }

    /// The shape of what is read.
    Shape result() {
        int rest = order.length - indexed;
        int[] sizes = new int[rest + common.dim()];
        for (int i = 0; i < sizes.length; i++) {
            if (i < place) {
                sizes[i] = shape.size(order[indexed + i]);
            } else if (i < place + common.dim()) {
                sizes[i] = common.size(i - place);
            } else {
                sizes[i] = shape.size(order[indexed + i - common.dim()]);
            }
        }
        return Shape.of(sizes);
    }

    /// `[rows, others]` of a tensor of the shape.
    private Tensor asRows(Tensor x) {
        long rowCount = 1;
        for (int i = 0; i < indexed; i++) {
            rowCount *= shape.size(order[i]);
        }
        long width = 1;
        for (int i = indexed; i < order.length; i++) {
            width *= shape.size(order[i]);
        }
        return x.permute(order).reshape(rowCount, width);
    }

    /// The tensor whose rows these are.
    private Tensor ofRows(Tensor rows) {
        long[] sizes = new long[order.length];
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            sizes[i] = shape.size(order[i]);
            inverse[order[i]] = i;
        }
        return rows.reshape(sizes).permute(inverse);
    }

    /// From `[picked rows, others]` to the result's shape.
    private Tensor toResult(Tensor picked) {
        Shape result = result();
        int c = common.dim();
        long[] front = new long[result.dim()];
        int[] axes = new int[result.dim()];
        for (int i = 0; i < axes.length; i++) {
            boolean ofCommon = i >= place && i < place + c;
            axes[i] = ofCommon ? i - place : i < place ? c + i : i;
            front[axes[i]] = result.size(i);
        }
        return picked.reshape(front).permute(axes);
    }

    private Tensor fromResult(Tensor y) {
        int c = common.dim();
        int[] axes = new int[y.dim()];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = i < c ? place + i : i < c + place ? i - c : i;
        }
        long width = rows.numel() == 0 ? 1 : y.numel() / rows.numel();
        return y.permute(axes).reshape(rows.numel(), width);
    }

    Tensor read(Tensor x) {
        return toResult(asRows(x).indexSelect(0, rows)).contiguous();
    }

    /// As [#read], for a gradient.
    Tensor picked(Tensor gy) {
        return toResult(asRows(gy).indexSelect(0, rows));
    }

    /// Zeros of the shape to which `gy` is added where it was read.
    Tensor transposed(Tensor gy) {
        Tensor zeros = asRows(Creation.zeros(shape, gy.dtype()));
        return rows.numel() == 0 || gy.numel() == 0
                ? Creation.zeros(shape, gy.dtype())
                : ofRows(zeros.indexAdd(0, rows, fromResult(gy)));
    }

    Tensor write(Tensor x, Tensor values, boolean accumulate) {
        Tensor source = fromResult(values.expand(result()));
        Tensor whole = asRows(x);
        if (rows.numel() == 0 || source.numel() == 0) {
            return x.clone();
        }
        Tensor written =
                accumulate ? whole.indexAdd(0, rows, source) : whole.indexCopy(0, rows, source);
        return ofRows(written).contiguous();
    }

    /// `gy` with zeros where something was written.
    Tensor cleared(Tensor gy) {
        if (rows.numel() == 0) {
            return gy;
        }
        Tensor whole = asRows(gy);
        Tensor zeros = Creation.zeros(Shape.of(rows.numel(), whole.size(1)), gy.dtype());
        return ofRows(whole.indexCopy(0, rows, zeros));
    }
}
