package dev.lanegrad;

import dev.lanegrad.kernels.any.Reduce;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// What [Statistics] is made of.
final class Moments {
    private Moments() {}

    /// The variance in two passes; not recorded.
    static Tensor variance(Tensor x, int[] axes, double correction, boolean keepdim) {
        try (var _ = Autograd.noGrad()) {
            int[] over = all(x, axes);
            Tensor centred = x.sub(x.mean(over, true));
            Tensor squares = centred.mul(centred).sum(over, keepdim);
            return squares.div(Math.max(0, count(x, over) - correction));
        }
    }

    static Tensor varianceSlope(Tensor gy, Tensor x, int[] axes, double correction) {
        int[] over = all(x, axes);
        Reduction.Broadcast back = Reduction.over(x, "var", over).broadcast();
        Tensor centred = x.sub(x.mean(over, true));
        return back.apply(gy).mul(centred).mul(2 / Math.max(0, count(x, over) - correction));
    }

    /// The slope of a standard deviation, 0 where that is 0.
    static Tensor deviationSlope(Tensor gy, Tensor x, Tensor y, int[] axes, double correction) {
        Tensor ofVariance = gy.div(y.mul(2)).maskedFill(y.eq(0), 0);
        return varianceSlope(ofVariance, x, axes, correction);
    }

    /// The mean; not recorded.
    static Tensor mean(Tensor x, int[] axes, boolean keepdim) {
        return x.detach().mean(all(x, axes), keepdim);
    }

    static Tensor meanSlope(Tensor gy, Tensor x, int[] axes) {
        int[] over = all(x, axes);
        Reduction.Broadcast back = Reduction.over(x, "mean", over).broadcast();
        return back.apply(gy.div(count(x, over)));
    }

    private static int count(Tensor x, int[] axes) {
        return Reduction.over(x, "count", axes).count();
    }

    private static int[] all(Tensor x, int[] axes) {
        return axes.length > 0 ? axes : IntStream.range(0, x.dim()).toArray();
    }

    /// The p-norm; not recorded.
    static Tensor norm(Tensor tensor, double p, int[] axes, boolean keepdim) {
        Tensor x = tensor.detach();
        int[] over = all(x, axes);
        if (p == 2) {
            return folded(x, over, keepdim, Reduce::sumOfSquares, Tensor::sqrt);
        }
        if (p == 1) {
            return folded(x, over, keepdim, Reduce::sumOfMagnitudes, y -> y);
        }
        if (p == 0) {
            return x.ne(0).sum(over, keepdim).to(x.dtype());
        }
        if (Double.isInfinite(p)) {
            return p > 0 ? x.abs().amax(over, keepdim) : x.abs().amin(over, keepdim);
        }
        return x.abs().pow(p).sum(over, keepdim).pow(1 / p);
    }

    /// A fold and what is made of it, both in the type that kernels compute in.
    private static Tensor folded(
            Tensor x,
            int[] axes,
            boolean keepdim,
            Reduction.Kernel kernel,
            UnaryOperator<Tensor> last) {
        DType working = Elementwise.working(x.dtype());
        Tensor y = Reduction.over(x, "norm", axes).keeping(keepdim).run(kernel, working);
        return last.apply(y).to(x.dtype());
    }

    /// As `norm_backward` in PyTorch's FunctionsManual.
    static Tensor normSlope(Tensor gy, Tensor x, Tensor y, double p, int[] axes) {
        int[] over = all(x, axes);
        Reduction.Broadcast back = Reduction.over(x, "norm", over).broadcast();
        Tensor g = back.apply(gy);
        Tensor n = back.apply(y);
        if (p == 1) {
            return x.sign().mul(g);
        }
        if (p == 2) {
            return g.mul(x.div(n).maskedFill(n.eq(0), 0));
        }
        if (Double.isInfinite(p)) {
            Tensor chosen = x.abs().eq(n);
            Tensor shares = chosen.sum(over, true).to(g.dtype());
            return x.sign().mul(g.div(shares)).maskedFill(chosen.logicalNot(), 0);
        }
        Tensor slope =
                p < 1
                        ? x.sign().mul(x.abs().pow(p - 1)).maskedFill(x.eq(0), 0)
                        : p < 2 ? x.sign().mul(x.abs().pow(p - 1)) : x.mul(x.abs().pow(p - 2));
        return slope.mul(g.div(n.pow(p - 1))).maskedFill(n.eq(0), 0);
    }

    /// At each place along an axis the product of all other elements. Where a zero is among them
    /// the quotient `product / x` has no value, so there it is multiplied out.
    static Tensor productOfOthers(Tensor x, Tensor product, int axis) {
        if (x.dim() == 0) {
            return Tensor.onesLike(x);
        }
        if (!x.eq(0).any().isTrue()) {
            return product.div(x);
        }
        Tensor[] slices = x.unbind(axis);
        Tensor[] others = new Tensor[slices.length];
        Tensor before = Tensor.onesLike(slices[0]);
        for (int i = 0; i < others.length; i++) {
            others[i] = before;
            before = before.mul(slices[i]);
        }
        Tensor behind = Tensor.onesLike(slices[0]);
        for (int i = others.length - 1; i >= 0; i--) {
            others[i] = others[i].mul(behind);
            behind = behind.mul(slices[i]);
        }
        return Tensor.stack(java.util.List.of(others), axis);
    }
}
