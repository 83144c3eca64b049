package dev.lanegrad;

/// The margin that the scores of a row's labels keep from those of all other classes.
final class MultilabelMargin {
    private static final String OP = "multilabelMarginLoss";

    private MultilabelMargin() {}

    static Tensor apply(Tensor x, Tensor target, LossReduction reduction) {
        check(x, target);
        Problem problem = Problem.of(x.shape(), x.dtype(), target);
        Shape losses = x.dim() == 1 ? Shape.of() : Shape.of(x.size(0));
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            y = reduction.of(problem.losses(x).reshape(losses));
        }
        Backward rule =
                new MultilabelMarginLossBackward0(Saved.of(x), problem, reduction.divisor(losses));
        return Tape.records(x) ? Tape.record(y, rule, x) : y;
    }

    private static void check(Tensor x, Tensor target) {
        if (x.dim() < 1 || x.dim() > 2 || x.size(-1) == 0 || !x.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    "%s: expected non-empty vector or matrix of floating point elements (input %s %s)"
                            .formatted(OP, x.dtype(), x.shape()));
        }
        if (!target.shape().equals(x.shape()) || target.dtype() != DType.INT64) {
            throw new IllegalArgumentException(
                    "%s: inconsistent target, int64 of the input's shape expected (input %s, target %s %s)"
                            .formatted(OP, x.shape(), target.dtype(), target.shape()));
        }
    }

    /// @param labels `[N, K]` for the greatest number K of labels of a row, 0 where there are fewer
    /// @param counted `[N, K]`, 1 for a label, else 0
    /// @param others `[N, C]`, 0 at the labels of the row, else 1
    record Problem(Saved labels, Saved counted, Saved others) {
        static Problem of(Shape shape, DType dtype, Tensor target) {
            int classes = shape.sizes()[shape.dim() - 1];
            int rows = shape.numel() / classes;
            long[] numbers = target.toLongArray();
            int[] count = new int[rows];
            int most = 0;
            for (int row = 0; row < rows; row++) {
                count[row] = labels(numbers, row * classes, classes, shape);
                most = Math.max(most, count[row]);
            }
            long[] labels = new long[rows * most];
            Tensor counted = filled(Shape.of(rows, most), dtype, 0);
            Tensor others = filled(Shape.of(rows, classes), dtype, 1);
            for (int row = 0; row < rows; row++) {
                for (int k = 0; k < count[row]; k++) {
                    long label = numbers[row * classes + k];
                    labels[row * most + k] = label;
                    counted.storage().setDouble(row * most + k, 1);
                    others.storage().setDouble(row * classes + (int) label, 0);
                }
            }
            return new Problem(
                    Saved.of(Tensor.of(labels).reshape(rows, most)),
                    Saved.of(counted),
                    Saved.of(others));
        }

        private static Tensor filled(Shape shape, DType dtype, double value) {
            Tensor t = Creation.empty(shape, dtype);
            Elementwise.fill(t, value);
            return t;
        }

        /// How many labels a row has before its first −1.
        private static int labels(long[] numbers, int first, int classes, Shape shape) {
            for (int k = 0; k < classes; k++) {
                long label = numbers[first + k];
                if (label < -1 || label >= classes) {
                    throw new IndexOutOfBoundsException(
                            "%s: target %d is out of range (%d classes, input %s)"
                                    .formatted(OP, label, classes, shape));
                }
                if (label == -1) {
                    return k;
                }
            }
            return classes;
        }

        private int most() {
            return labels.get().size(1);
        }

        /// What the other classes lack to the margin below the row's label of number k.
        private Tensor shortfall(Tensor rows, int k) {
            Tensor own = rows.gather(1, labels.get().narrow(1, k, 1));
            Tensor wide = others.get().mul(counted.get().narrow(1, k, 1));
            return rows.sub(own).add(1).clampMin(0).mul(wide);
        }

        Tensor losses(Tensor x) {
            Tensor rows = x.reshape(-1, x.size(-1));
            Tensor sum = filled(Shape.of(rows.size(0)), x.dtype(), 0);
            for (int k = 0; k < most(); k++) {
                sum = sum.add(shortfall(rows, k).sum(1));
            }
            return sum.div(x.size(-1));
        }

        /// The derivative of each row's loss.
        Tensor slope(Tensor x) {
            Tensor rows = x.reshape(-1, x.size(-1));
            Tensor slope = filled(rows.shape(), x.dtype(), 0);
            for (int k = 0; k < most(); k++) {
                Tensor lacking = shortfall(rows, k).gt(0).to(x.dtype());
                Tensor label = labels.get().narrow(1, k, 1);
                slope = slope.add(lacking).scatterAdd(1, label, lacking.sum(1, true).neg());
            }
            return slope.div(x.size(-1));
        }
    }

    record MultilabelMarginLossBackward0(Saved x, Problem problem, int divisor)
            implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor in = x.get();
            Tensor slope = problem.slope(in.detach()).reshape(in.shape());
            Tensor gy = g.gy().div(divisor);
            g.put(0, slope.mul(gy.dim() == 0 ? gy : gy.unsqueeze(-1)));
        }
    }
}
