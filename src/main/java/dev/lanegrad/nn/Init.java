package dev.lanegrad.nn;

import dev.lanegrad.Autograd;
import dev.lanegrad.Initialization;
import dev.lanegrad.Initialization.Fans;
import dev.lanegrad.Tensor;

/// Starting values of parameters, as `torch.nn.init`: each method writes over the tensor it is
/// given and returns it, and a seed gives the values it gives there.
///
/// Values are drawn in row-major order of the shape, wherever the elements lie in memory, so that a
/// weight kept in a layout of our own starts as PyTorch's does.
public final class Init {
    private Init() {}

    /// Values drawn evenly from [low, high).
    public static Tensor uniform_(Tensor w, double low, double high) {
        return write(w, rowMajor(w).uniform_(low, high));
    }

    /// Normal values.
    public static Tensor normal_(Tensor w, double mean, double std) {
        return write(w, rowMajor(w).normal_(mean, std));
    }

    /// The default of linear and convolution layers' weights.
    static Tensor weight_(Tensor w) {
        double bound = Initialization.weightBound(Fans.of(w.shape().toArray()));
        return uniform_(w, -bound, bound);
    }

    /// The default of the bias that goes with `weight`.
    static Tensor bias_(Tensor b, Tensor weight) {
        double bound = Initialization.biasBound(Fans.of(weight.shape().toArray()).in());
        return uniform_(b, -bound, bound);
    }

    /// A row-major tensor to draw values in.
    private static Tensor rowMajor(Tensor w) {
        return Tensor.empty(w.shape(), w.dtype());
    }

    private static Tensor write(Tensor w, Tensor values) {
        try (var _ = Autograd.noGrad()) {
            return w.copy_(values);
        }
    }
}
