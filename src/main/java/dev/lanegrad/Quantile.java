package dev.lanegrad;

import java.util.Arrays;

/// What [Quantiles] is made of: sorted rows, from which elements are chosen by rank.
///
/// @param skipsNan whether NaNs do not count
record Quantile(String op, Tensor x, boolean skipsNan) {
    Quantile {
        if (x.dtype() != DType.FLOAT32 && x.dtype() != DType.FLOAT64) {
            throw new IllegalArgumentException(
                    "%s: input must be float32 or float64, but is %s (input %s)"
                            .formatted(op, x.dtype(), x.shape()));
        }
        if (x.numel() == 0) {
            throw new IllegalArgumentException(
                    op + ": no element to choose from (input " + x.shape() + ")");
        }
    }

    Tensor overall(double q) {
        return overall(Tensor.full(Shape.of(), q, x.dtype()));
    }

    Tensor overall(Tensor q) {
        check(q);
        return of(x.flatten(), new int[0], q, QuantileInterpolation.LINEAR);
    }

    Tensor along(int axis, double q, boolean keepdim, QuantileInterpolation interpolation) {
        return along(axis, Tensor.full(Shape.of(), q, x.dtype()), keepdim, interpolation);
    }

    Tensor along(int axis, Tensor q, boolean keepdim, QuantileInterpolation interpolation) {
        check(q);
        int at = x.shape().axis(axis, op);
        if (x.dim() == 0) {
            return of(x.flatten(), new int[0], q, interpolation);
        }
        int[] kept = Reduction.over(x, op, at).keeping(keepdim).shape().sizes();
        Tensor rows = at == x.dim() - 1 ? x : x.unsqueeze(-1).transpose(at, -1);
        return of(rows, kept, q, interpolation);
    }

    private void check(Tensor q) {
        if (q.dim() > 1 || q.dtype() != x.dtype()) {
            throw new IllegalArgumentException(
                    "%s: q must be one number or a vector of the input's type, but is %s %s (input %s %s)"
                            .formatted(op, q.dtype(), q.shape(), x.dtype(), x.shape()));
        }
        if (!q.ge(0).logicalAnd(q.le(1)).all().isTrue()) {
            throw new IllegalArgumentException(
                    "%s: q must be in [0, 1], but is %s"
                            .formatted(op, Arrays.toString(q.toDoubleArray())));
        }
    }

    /// @param rows x with the elements to choose from along the last axis
    /// @param kept the sizes of the result, without those of q
    private Tensor of(Tensor rows, int[] kept, Tensor q, QuantileInterpolation interpolation) {
        int n = rows.size(-1);
        int[] sizes = Arrays.copyOf(kept, kept.length + 1);
        sizes[kept.length] = n;
        Tensor sorted = rows.sort(-1).values().view(Shape.of(sizes).toArray());
        Tensor ranks = ranks(sorted.detach(), q.detach(), n);
        Tensor chosen =
                switch (interpolation) {
                    case LOWER -> at(sorted, ranks.floor());
                    case HIGHER -> at(sorted, ranks.ceil());
                    case NEAREST -> at(sorted, ranks.round());
                    case LINEAR -> between(sorted, ranks, ranks.sub(ranks.floor()));
                    case MIDPOINT -> between(sorted, ranks, Creation.fullLike(ranks, 0.5));
                };
        return q.dim() == 0 ? withoutLast(chosen) : chosen.movedim(-1, 0);
    }

    /// The place of each quantile among the sorted elements; the last one, NaN, where NaNs count.
    private Tensor ranks(Tensor sorted, Tensor q, int n) {
        if (skipsNan) {
            Tensor numbers = sorted.isnan().logicalNot().sum(new int[] {-1}, true);
            return q.mul(numbers.sub(1)).clampMin(0);
        }
        Tensor nan = sorted.isnan().to(DType.INT8).amax(new int[] {-1}, true).ne(0);
        return Tensor.where(nan, Creation.number(n - 1.0), q.mul(n - 1L));
    }

    private static Tensor at(Tensor sorted, Tensor ranks) {
        return sorted.gather(-1, ranks.to(DType.INT64));
    }

    private static Tensor between(Tensor sorted, Tensor ranks, Tensor weights) {
        return at(sorted, ranks.floor()).lerp(at(sorted, ranks.ceil()), weights);
    }

    /// PyTorch drops the last axis in place, which has a node of its own.
    private static Tensor withoutLast(Tensor y) {
        int last = y.dim() - 1;
        Shape shape = Shape.of(Arrays.copyOf(y.shape().sizes(), last));
        Tensor z = y.alias(y.offset(), shape, Arrays.copyOf(y.strides(), last));
        return Tape.records(y) ? Tape.record(z, new SqueezeBackward4(y.shape()), y) : z;
    }

    record SqueezeBackward4(Shape shape) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().reshape(shape));
        }
    }
}
