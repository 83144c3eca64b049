package dev.lanegrad;

/// Elements of one geometry read in another of the same storage, as if the tensor had the storage
/// to itself: positions that it does not fill are zeros, of those that it fills more than once the
/// result is the mean.
///
/// As a linear map, its transpose goes from the other geometry to the one, with the counts of the
/// same tensor; so one operation is its own derivative of any order.
final class Restrided {
    private Restrided() {}

    /// `gx := Aᵀ gy`, where A reads a tensor at `base` as `view`.
    static Tensor transposed(Tensor gy, Geometry base, Geometry view) {
        return map(gy, view, base, base);
    }

    private static Tensor map(Tensor x, Geometry from, Geometry to, Geometry counted) {
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            y = compute(x.detach(), from, to, counted);
        }
        return Tape.records(x) ? Tape.record(y, new RestrideBackward0(from, to, counted), x) : y;
    }

    record RestrideBackward0(Geometry from, Geometry to, Geometry counted) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, map(g.gy(), to, from, counted));
        }
    }

    private static Tensor compute(Tensor x, Geometry from, Geometry to, Geometry counted) {
        if (x.numel() == 0 || to.shape().numel() == 0) {
            return Creation.zeros(to.shape(), x.dtype());
        }
        long first = Math.min(from.first(), to.first());
        int n = Math.toIntExact(Math.max(from.last(), to.last()) - first + 1);
        Tensor memory = Creation.zeros(Shape.of(n), x.dtype());
        if (from.overlaps()) {
            memory = memory.indexAdd(0, positions(from, first), x.reshape(-1));
        } else {
            Elementwise.copy(at(memory, from, first), x);
        }
        if (counted.overlaps()) {
            Tensor ones = Creation.full(Shape.of(counted.shape().numel()), 1, x.dtype());
            Tensor none = Creation.zeros(Shape.of(n), x.dtype());
            Tensor counts = none.indexAdd(0, positions(counted, first), ones);
            memory = memory.div(counts.clamp(1, Double.POSITIVE_INFINITY));
        }
        Tensor y = at(memory, to, first);
        return y.isDense() && y.numel() == n ? y : y.clone();
    }

    private static Tensor positions(Geometry g, long first) {
        return Tensor.of(g.positions(first));
    }

    /// A geometry's elements in `memory`, whose first element has this position.
    private static Tensor at(Tensor memory, Geometry g, long first) {
        int offset = Math.toIntExact(g.offset() - first);
        return new Tensor(
                memory.storage(), offset, g.shape(), g.strides(), memory.version(), false);
    }
}
