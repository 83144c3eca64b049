package dev.lanegrad;

/// Elements in order along an axis, and what is chosen by rank. NaN counts as the largest.
/// Gradients go to the places that the elements came from.
public sealed interface Sorting permits Tensor {
    // ------------------------------------------------------------ sort

    /// The elements in ascending order along an axis and the positions they came from, as
    /// `torch.sort`; equal ones keep their order.
    default ValuesAndIndices sort(int axis) {
        return sort(axis, false);
    }

    /// The elements in order along an axis and the positions they came from; equal ones keep their
    /// order.
    default ValuesAndIndices sort(int axis, boolean descending) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "sort");
        Tensor indices = Ranking.order(x, at, descending);
        return chosen(x, at, indices, new SortBackward0(x.shape(), at, Saved.of(indices)));
    }

    record SortBackward0(Shape shape, int axis, Saved indices) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, placed(g.gy(), shape, axis, indices.get()));
        }
    }

    /// The positions along an axis in the order of the elements, as `torch.argsort`.
    default Tensor argsort(int axis, boolean descending) {
        Tensor x = (Tensor) this;
        return Ranking.order(x, x.shape().axis(axis, "argsort"), descending);
    }

    // ------------------------------------------------------------ topk, kthvalue

    /// The k largest elements along an axis in descending order, or the smallest in ascending
    /// order, and the positions they came from, as `torch.topk`.
    ///
    /// @throws IllegalArgumentException if there are less than k
    default ValuesAndIndices topk(int k, int axis, boolean largest) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "topk");
        int size = x.dim() == 0 ? 1 : x.size(at);
        if (k < 0 || k > size) {
            throw new IllegalArgumentException(
                    "topk: k = %d is out of range for axis %d with size %d (input %s)"
                            .formatted(k, at, size, x.shape()));
        }
        Tensor indices = Ranking.first(x, at, k, largest);
        return chosen(x, at, indices, new TopkBackward0(x.shape(), at, Saved.of(indices)));
    }

    /// The k largest elements along the last axis.
    default ValuesAndIndices topk(int k) {
        return topk(k, -1, true);
    }

    record TopkBackward0(Shape shape, int axis, Saved indices) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, placed(g.gy(), shape, axis, indices.get()));
        }
    }

    /// The k-th smallest elements along an axis, counted from 1, as `torch.kthvalue`.
    ///
    /// @throws IllegalArgumentException if there are less than k
    default ValuesAndIndices kthvalue(int k, int axis, boolean keepdim) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "kthvalue");
        int size = x.dim() == 0 ? 1 : x.size(at);
        if (k < 1 || k > size) {
            throw new IllegalArgumentException(
                    "kthvalue: k = %d is out of range for axis %d with size %d (input %s)"
                            .formatted(k, at, size, x.shape()));
        }
        Tensor indices = Ranking.kth(x, at, k - 1);
        Backward rule = new KthvalueBackward0(x.shape(), at, Saved.of(indices), keepdim);
        return single(x, at, indices, keepdim, rule);
    }

    record KthvalueBackward0(Shape shape, int axis, Saved indices, boolean keepdim)
            implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, placed(widened(g.gy(), axis, keepdim, shape), shape, axis, indices.get()));
        }
    }

    // ------------------------------------------------------------ median, mode

    /// The median of all elements, the lower one of two, as `torch.median`; NaN if there is one.
    /// Elements equal to it share its gradient.
    ///
    /// @throws IllegalArgumentException if there is no element
    default Tensor median() {
        Tensor x = (Tensor) this;
        if (x.numel() == 0) {
            throw new IllegalArgumentException(
                    "median: no element to choose from (input " + x.shape() + ")");
        }
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            y = x.reshape(-1).median(0, false).values();
        }
        return Tape.records(x)
                ? Tape.record(y, new MedianBackward0(Saved.of(x), Saved.of(y)), x)
                : y;
    }

    record MedianBackward0(Saved x, Saved y) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, Extreme.share(g.gy(), x.get(), y.get()));
        }
    }

    /// The medians along an axis, the lower one of two, and where they are, as `torch.median` with
    /// `dim`; NaN where there is one.
    ///
    /// @throws IllegalArgumentException if the elements are bools
    default ValuesAndIndices median(int axis, boolean keepdim) {
        Tensor x = (Tensor) this;
        if (x.dtype() == DType.BOOL) {
            throw new IllegalArgumentException(
                    "median: not defined for bool (input " + x.shape() + ")");
        }
        int at = x.shape().axis(axis, "median");
        Tensor indices = Ranking.medians(x, at);
        Backward rule = new MedianBackward1(x.shape(), at, Saved.of(indices), keepdim);
        return single(x, at, indices, keepdim, rule);
    }

    record MedianBackward1(Shape shape, int axis, Saved indices, boolean keepdim)
            implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, placed(widened(g.gy(), axis, keepdim, shape), shape, axis, indices.get()));
        }
    }

    /// The most frequent elements along an axis, the smallest of equally frequent ones, and their
    /// last positions, as `torch.mode`.
    default ValuesAndIndices mode(int axis, boolean keepdim) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "mode");
        Tensor indices = Ranking.modes(x, at);
        Backward rule = new ModeBackward0(x.shape(), at, Saved.of(indices), keepdim);
        return single(x, at, indices, keepdim, rule);
    }

    record ModeBackward0(Shape shape, int axis, Saved indices, boolean keepdim)
            implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, placed(widened(g.gy(), axis, keepdim, shape), shape, axis, indices.get()));
        }
    }

    // ------------------------------------------------------------ inside

    private static ValuesAndIndices chosen(Tensor x, int axis, Tensor indices, Backward rule) {
        Tensor values = x.dim() == 0 ? x.detach().clone() : x.detach().gather(axis, indices);
        if (Tape.records(x)) {
            Tape.recordAll(new Tensor[] {values, indices}, rule, x);
        }
        return new ValuesAndIndices(values, indices);
    }

    /// Of one element along the axis, which disappears unless it is to be kept.
    private static ValuesAndIndices single(
            Tensor x, int axis, Tensor indices, boolean keepdim, Backward rule) {
        Tensor values = x.dim() == 0 ? x.detach().clone() : x.detach().gather(axis, indices);
        boolean drop = !keepdim && x.dim() > 0;
        Tensor y = drop ? values.squeeze(axis) : values;
        Tensor places = drop ? indices.squeeze(axis) : indices;
        if (Tape.records(x)) {
            Tape.recordAll(new Tensor[] {y, places}, rule, x);
        }
        return new ValuesAndIndices(y, places);
    }

    private static Tensor widened(Tensor gy, int axis, boolean keepdim, Shape shape) {
        return keepdim || shape.dim() == 0 ? gy : gy.unsqueeze(axis);
    }

    private static Tensor placed(Tensor gy, Shape shape, int axis, Tensor indices) {
        return shape.dim() == 0
                ? gy
                : Creation.zeros(shape, gy.dtype()).scatterAdd(axis, indices, gy);
    }
}
