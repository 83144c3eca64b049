package dev.lanegrad;

import dev.lanegrad.kernels.ReduceBoolean;
import java.util.Arrays;

/// How often something occurs. Counts have no gradient.
public sealed interface Counting permits Tensor {
    /// How many elements over some axes (over all if none is named) are not zero, in int64, as
    /// `torch.count_nonzero`.
    default Tensor countNonzero(int... axes) {
        Tensor x = ((Tensor) this).detach();
        Reduction r = Reduction.over(x, "countNonzero", axes);
        Tensor counted = x.dtype() == DType.BOOL ? x : x.ne(0);
        Tensor y = Creation.empty(r.shape(false), DType.INT64);
        ReduceBoolean.count(
                (boolean[]) counted.array(),
                counted.offset(),
                counted.shape().sizes(),
                counted.strides(),
                r.reduced(),
                (long[]) y.array(),
                y.offset());
        return y;
    }

    /// How often each of the numbers 0, 1, ... occurs in a vector of integers, in int64, as
    /// `torch.bincount`.
    ///
    /// @param minlength the least length of the result
    /// @throws IllegalArgumentException if this is no vector of non-negative integers, or
    ///   `minlength` is negative
    default Tensor bincount(int minlength) {
        long[] counts = new long[bins((Tensor) this, minlength)];
        for (long bin : ((Tensor) this).toLongArray()) {
            counts[(int) bin]++;
        }
        return Creation.wrap(counts, Shape.of(counts.length));
    }

    /// How often each of the numbers 0, 1, ... occurs.
    default Tensor bincount() {
        return bincount(0);
    }

    /// The sums of the weights of each of the numbers 0, 1, ..., as `torch.bincount` with
    /// `weights`: float32 if they are, else float64.
    ///
    /// @throws IllegalArgumentException also if there is not a weight for each number
    default Tensor bincount(Tensor weights, int minlength) {
        Tensor x = (Tensor) this;
        double[] sums = new double[bins(x, minlength)];
        if (!weights.shape().equals(x.shape())) {
            throw new IllegalArgumentException(
                    "bincount: weights %s for an input %s".formatted(weights.shape(), x.shape()));
        }
        long[] bins = x.toLongArray();
        double[] share = weights.toDoubleArray();
        for (int i = 0; i < bins.length; i++) {
            sums[(int) bins[i]] += share[i];
        }
        DType dtype = weights.dtype() == DType.FLOAT32 ? DType.FLOAT32 : DType.FLOAT64;
        return Creation.wrap(sums, Shape.of(sums.length)).to(dtype);
    }

    private static int bins(Tensor x, int minlength) {
        boolean integers = !x.dtype().isFloatingPoint() && x.dtype() != DType.BOOL;
        long[] values = integers ? x.toLongArray() : new long[0];
        long least = Arrays.stream(values).min().orElse(0);
        if (!integers || x.dim() != 1 || least < 0) {
            throw new IllegalArgumentException(
                    "bincount: only supports 1-d non-negative integers, but got %s %s%s"
                            .formatted(x.dtype(), x.shape(), least < 0 ? " with " + least : ""));
        }
        if (minlength < 0) {
            throw new IllegalArgumentException(
                    "bincount: minlength must not be negative, but is " + minlength);
        }
        long most = Arrays.stream(values).max().orElse(-1);
        return Math.max(minlength, Math.toIntExact(most + 1));
    }

    /// The different elements in ascending order, as `torch.unique`; NaNs are all different.
    default Tensor unique() {
        Tensor sorted = ((Tensor) this).detach().flatten().sort(0).values();
        int n = sorted.numel();
        if (n < 2) {
            return sorted;
        }
        Tensor first = Tensor.of(true);
        Tensor changes = sorted.narrow(0, 1, n - 1L).ne(sorted.narrow(0, 0, n - 1L));
        Tensor kept = Tensor.cat(java.util.List.of(first, changes), 0).nonzero();
        return sorted.gather(0, kept.flatten());
    }
}
