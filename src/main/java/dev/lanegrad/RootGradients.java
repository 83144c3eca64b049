package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// What a backward pass starts from, and the rules for it in PyTorch's words.
final class RootGradients {
    private RootGradients() {}

    static Tensor[] of(Tensor[] roots, @Nullable Tensor @Nullable [] gradients) {
        if (gradients != null && gradients.length != roots.length) {
            throw new IllegalArgumentException(
                    "backward: got %d tensors and %d gradients"
                            .formatted(roots.length, gradients.length));
        }
        Tensor[] seeds = new Tensor[roots.length];
        for (int i = 0; i < seeds.length; i++) {
            seeds[i] = of(roots[i], gradients == null ? null : gradients[i], i);
        }
        return seeds;
    }

    /// The gradient of root i: `gradient`, or 1 for a single value.
    static Tensor of(Tensor root, @Nullable Tensor gradient, int i) {
        if (!root.requiresGrad()) {
            throw new IllegalStateException(
                    "element "
                            + i
                            + " of tensors does not require grad and does not have a grad_fn");
        }
        if (gradient == null) {
            if (root.numel() != 1) {
                throw new IllegalStateException(
                        "backward: needs a scalar or an explicit gradient, but the shape is "
                                + root.shape()
                                + " (grad can be implicitly created only for scalar outputs)");
            }
            return Creation.fullLike(root, 1);
        }
        if (!gradient.shape().equals(root.shape())) {
            throw new IllegalArgumentException(
                    "Mismatch in shape: grad_output["
                            + i
                            + "] has a shape of "
                            + TensorText.size(gradient.shape().toArray())
                            + " and output["
                            + i
                            + "] has a shape of "
                            + TensorText.size(root.shape().toArray())
                            + ".");
        }
        if (!gradient.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    "backward: the gradient must be floating point, but is " + gradient.dtype());
        }
        return gradient;
    }

    static void checkAssignable(Tensor t, Tensor gradient) {
        if (gradient == t) {
            throw new IllegalArgumentException("can't assign Variable as its own grad");
        }
        if (gradient.dtype() != t.dtype()) {
            throw new IllegalArgumentException(
                    "attempting to assign a gradient with dtype '%s' to a tensor with dtype '%s'. The gradient must match the tensor's dtype"
                            .formatted(gradient.dtype(), t.dtype()));
        }
        if (!gradient.shape().equals(t.shape())) {
            throw new IllegalArgumentException(
                    "attempting to assign a gradient of size '%s' to a tensor of size '%s'. Please ensure that the gradient and the tensor are the same size"
                            .formatted(gradient.shape(), t.shape()));
        }
    }
}
