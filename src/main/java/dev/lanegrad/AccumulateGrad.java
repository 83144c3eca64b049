package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// The end of a path: adds the gradient to the leaf's.
record AccumulateGrad(Tensor leaf) implements Backward {
    @Override
    public boolean keepsTensors() {
        return false;
    }

    @Override
    public void backward(Gradients g) {
        throw new AssertionError("a leaf has no inputs");
    }

    /// Adds `gradient`, taking its memory over if `mine` says that nobody else holds it.
    void accumulate(Tensor gradient, boolean mine, boolean recording) {
        synchronized (leaf) {
            Tensor before = leaf.grad;
            if (before == null) {
                Tensor g = mine && gradient.isDense() ? gradient : gradient.clone();
                keep(g);
                leaf.ownGrad(g);
                if (recording) {
                    leaf.shareGrad();
                }
            } else if (recording) {
                leaf.grad = before.add(gradient);
                leaf.shareGrad();
            } else {
                Elementwise.accumulate(before, gradient);
            }
        }
    }

    private static void keep(Tensor g) {
        g.storage().escape();
        @Nullable Scope scope = Modes.current().scope;
        if (scope != null) {
            scope.keep(g.storage());
        }
    }
}
