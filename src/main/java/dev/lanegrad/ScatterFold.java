package dev.lanegrad;

import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/// Values combined at the positions that an index names, and the gradients of that in tensor
/// operations.
record ScatterFold(int axis, Tensor index, IndexReduction reduction, boolean includeSelf) {
    // ------------------------------------------------------------ values

    static Tensor of(
            Tensor x,
            Gathering.Positions p,
            Tensor values,
            IndexReduction reduction,
            boolean includeSelf) {
        long[] at = p.positions();
        int[] counts = new int[x.numel()];
        Tensor y;
        if (x.dtype().isFloatingPoint()) {
            double[] sums = x.toDoubleArray();
            double[] more = values.toDoubleArray();
            boolean single = x.dtype() != DType.FLOAT64;
            DoubleBinaryOperator f = floating(reduction);
            for (int i = 0; i < at.length; i++) {
                int k = (int) at[i];
                boolean first = counts[k]++ == 0 && !includeSelf;
                double sum = first ? more[i] : f.applyAsDouble(sums[k], more[i]);
                sums[k] = single ? (float) sum : sum;
            }
            for (int k = 0; k < sums.length && reduction == IndexReduction.MEAN; k++) {
                sums[k] /= Math.max(1, counts[k] + (includeSelf ? 1 : 0));
            }
            y = Creation.wrap(sums, x.shape());
        } else {
            long[] sums = x.toLongArray();
            long[] more = values.toLongArray();
            LongBinaryOperator f = whole(reduction);
            for (int i = 0; i < at.length; i++) {
                int k = (int) at[i];
                boolean first = counts[k]++ == 0 && !includeSelf;
                sums[k] = first ? more[i] : f.applyAsLong(sums[k], more[i]);
            }
            for (int k = 0; k < sums.length && reduction == IndexReduction.MEAN; k++) {
                sums[k] = Math.floorDiv(sums[k], Math.max(1, counts[k] + (includeSelf ? 1 : 0)));
            }
            y = Creation.wrap(sums, x.shape());
        }
        return Elementwise.convert(y, x.dtype());
    }

    private static DoubleBinaryOperator floating(IndexReduction reduction) {
        return switch (reduction) {
            case SUM, MEAN -> Double::sum;
            case PROD -> (a, b) -> a * b;
            case AMAX -> Math::max;
            case AMIN -> Math::min;
        };
    }

    private static LongBinaryOperator whole(IndexReduction reduction) {
        return switch (reduction) {
            case SUM, MEAN -> Long::sum;
            case PROD -> (a, b) -> a * b;
            case AMAX -> Math::max;
            case AMIN -> Math::min;
        };
    }

    // ------------------------------------------------------------ gradients

    /// The gradients of this tensor and of the part of the source that the index covers, for sums
    /// and means.
    static Tensor[] linearGradients(
            Tensor gy, int axis, Tensor index, IndexReduction reduction, boolean includeSelf) {
        Tensor each = gy;
        if (reduction == IndexReduction.MEAN) {
            Tensor none = Creation.full(gy.shape(), includeSelf ? 1 : 0, gy.dtype());
            Tensor ones = Creation.full(index.shape(), 1, gy.dtype());
            each = gy.div(none.scatterAdd(axis, index, ones).clampMin(1));
        }
        return new Tensor[] {each, each.gather(axis, index)};
    }

    Tensor[] gradients(Tensor gy, Tensor x, Tensor source) {
        Tensor part = source;
        for (int i = 0; i < index.dim(); i++) {
            part = part.narrow(i, 0, index.size(i));
        }
        return reduction == IndexReduction.PROD ? ofProducts(gy, x, part) : ofExtremes(gy, x, part);
    }

    private Tensor fold(Tensor x, Tensor source) {
        return x.scatterReduce(axis, index, source, reduction, includeSelf);
    }

    /// A factor's gradient is the product of the others: of the one zero at a position, the product
    /// with 1 in its place.
    private Tensor[] ofProducts(Tensor gy, Tensor x, Tensor source) {
        Tensor ownZero = x.detach().eq(0);
        Tensor own = x.maskedFill(ownZero, 1);
        Tensor gx = gy.mul(fold(own, source)).div(own);
        Tensor zero = source.detach().eq(0);
        Tensor none = Creation.zeros(x.shape(), x.dtype());
        Tensor zeros = none.scatterAdd(axis, index, zero.to(x.dtype())).gather(axis, index);
        Tensor only = zero.logicalAnd(zeros.eq(1));
        Tensor others = gy.mul(fold(x, source.maskedFill(only, 1))).gather(axis, index);
        Tensor quotient =
                gy.mul(fold(x, source)).gather(axis, index).div(source.maskedFill(zero, 1));
        return new Tensor[] {gx, others.where(only, quotient)};
    }

    private Tensor[] ofExtremes(Tensor gy, Tensor x, Tensor source) {
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            y = fold(x, source);
        }
        Tensor own = x.detach().eq(y).to(gy.dtype());
        Tensor theirs = source.detach().eq(y.gather(axis, index)).to(gy.dtype());
        Tensor share = gy.div(own.scatterAdd(axis, index, theirs));
        return new Tensor[] {share.mul(own), share.gather(axis, index).mul(theirs)};
    }
}
