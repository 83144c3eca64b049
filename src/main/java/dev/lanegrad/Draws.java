package dev.lanegrad;

/// Makes the tensors of random values that the factories of [Tensor] and [RandomFills] return.
final class Draws {
    private Draws() {}

    static Tensor randperm(long n, Generator g) {
        if (n < 0) {
            throw new IllegalArgumentException("randperm: no permutation of " + n + " numbers");
        }
        long[] y = new long[Shape.of(n).numel()];
        RandomIntegers.randperm(g, y, 0, y.length);
        return Creation.wrap(y, Shape.of(n));
    }

    static Tensor randint(long low, long high, Shape shape, Generator g) {
        long[] y = new long[shape.numel()];
        RandomIntegers.randint(g, y, 0, y.length, low, high);
        return Creation.wrap(y, shape);
    }

    static Tensor normal(double mean, double std, Shape shape, Generator g) {
        return Creation.empty(shape, DType.FLOAT32).normal_(mean, std, g);
    }

    /// Normal values whose gradients by mean and deviation are, as PyTorch's, zeros.
    static Tensor normal(Tensor mean, Tensor std, Generator g) {
        for (Tensor t : new Tensor[] {mean, std}) {
            if (!t.dtype().isFloatingPoint()) {
                throw new IllegalArgumentException(
                        "normal: needs floating point numbers, but got mean %s %s and std %s %s"
                                .formatted(mean.dtype(), mean.shape(), std.dtype(), std.shape()));
            }
        }
        if (std.numel() > 0 && std.detach().lt(0).any().isTrue()) {
            throw new IllegalArgumentException(
                    "normal: every std must be at least 0, but the least is %s (std %s)"
                            .formatted(std.detach().min().item(), std.shape()));
        }
        Shape shape = Shape.broadcast("normal", mean.shape(), std.shape());
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            Tensor drawn = Creation.empty(shape, Promotion.of(mean, std)).normal_(0, 1, g);
            y = drawn.mul_(std).add_(mean);
        }
        return Tape.records(mean, std)
                ? Tape.record(y, new Constant("NormalBackward3"), mean, std)
                : y;
    }

    static Tensor bernoulli(Tensor p, Generator g) {
        if (!p.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    "bernoulli: needs floating point probabilities, but they are %s %s"
                            .formatted(p.dtype(), p.shape()));
        }
        boolean[] drawn = new boolean[p.numel()];
        if (p.dtype() == DType.FLOAT64) {
            Distributions.bernoulli(g, drawn, 0, drawn.length, p.toDoubleArray());
        } else {
            Distributions.bernoulli(g, drawn, 0, drawn.length, p.toFloatArray());
        }
        Tensor y = Elementwise.convert(Creation.wrap(drawn, p.shape()), p.dtype());
        return Tape.records(p) ? Tape.record(y, new Constant("BernoulliBackward0"), p) : y;
    }

    static Tensor multinomial(Tensor weights, int count, boolean replacement, Generator g) {
        if (!weights.dtype().isFloatingPoint()
                || weights.dim() < 1
                || weights.dim() > 2
                || weights.numel() == 0) {
            throw new IllegalArgumentException(
                    "multinomial: needs floating point weights [categories] or [rows, categories], but got %s %s"
                            .formatted(weights.dtype(), weights.shape()));
        }
        int categories = weights.size(-1);
        int rows = weights.numel() / categories;
        long[] y = new long[rows * Math.max(0, count)];
        Multinomial.draw(
                g,
                weights.toDoubleArray(),
                weights.dtype() != DType.FLOAT64,
                rows,
                categories,
                count,
                replacement,
                y);
        Shape shape = weights.dim() == 1 ? Shape.of(count) : Shape.of(rows, count);
        return Creation.wrap(y, shape);
    }

    /// A result that changes by jumps only: its gradients are zeros.
    record Constant(String name) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            for (int i = 0; i < g.inputs().length; i++) {
                if (g.needs(i)) {
                    g.put(i, Tensor.zerosLike(g.gy()));
                }
            }
        }
    }
}
