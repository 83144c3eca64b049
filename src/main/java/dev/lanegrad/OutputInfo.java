package dev.lanegrad;

/// What a node remembers of one of its outputs: enough to check, shape and make up its gradient.
record OutputInfo(Shape shape, DType dtype) {
    static OutputInfo of(Tensor t) {
        return new OutputInfo(t.shape(), t.dtype());
    }

    Tensor zeros() {
        return Creation.zeros(shape, dtype);
    }

    /// The gradient in the output's shape and type: what was broadcast is summed.
    Tensor fit(Tensor gradient, String from, int index) {
        Tensor g = gradient;
        if (!g.shape().equals(shape)) {
            if (!shape.expandsTo(g.shape())) {
                throw new IllegalStateException(
                        "Function "
                                + from
                                + " returned an invalid gradient at index "
                                + index
                                + " - got "
                                + g.shape()
                                + " but expected shape compatible with "
                                + shape);
            }
            g = g.sumToSize(shape);
        }
        return g.dtype() == dtype ? g : g.to(dtype);
    }
}
