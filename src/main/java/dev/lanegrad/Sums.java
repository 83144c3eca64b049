package dev.lanegrad;

import dev.lanegrad.kernels.any.Reduce;
import dev.lanegrad.kernels.any.Unary;

/// Sums and means that skip NaN.
public sealed interface Sums permits Tensor {
    // ------------------------------------------------------------ nansum

    /// The sum over some axes (over all if none is named) of what is a number, as `torch.nansum`.
    default Tensor nansum(int[] axes, boolean keepdim) {
        Tensor x = (Tensor) this;
        Reduction r = Reduction.over(x.detach(), "nansum", axes).keeping(keepdim);
        Tensor y = r.run(Reduce::sum, Reduction.sumType(x));
        if (y.isnan().any().isTrue()) {
            Tensor numbers = Elementwise.unary(Unary.NAN_TO, x.detach(), 0, 0);
            r = Reduction.over(numbers, "nansum", axes).keeping(keepdim);
            y = r.run(Reduce::sum, Reduction.sumType(x));
        }
        Reduction.Broadcast back = r.broadcast();
        return Tape.records(x) ? Tape.record(y, new NansumBackward0(Saved.of(x), back), x) : y;
    }

    /// The sum of all elements that are numbers.
    default Tensor nansum() {
        return nansum(new int[0], false);
    }

    record NansumBackward0(Saved x, Reduction.Broadcast broadcast) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, broadcast.apply(g.gy()).maskedFill(x.get().isnan(), 0));
        }
    }

    // ------------------------------------------------------------ nanmean

    /// The mean over some axes (over all if none is named) of what is a number, as `torch.nanmean`;
    /// NaN where nothing is.
    ///
    /// @throws IllegalArgumentException if the elements are not floating point
    default Tensor nanmean(int[] axes, boolean keepdim) {
        Tensor x = Reduction.floating("nanmean", (Tensor) this);
        int[] over = Reduction.over(x, "nanmean", axes).axes();
        Tensor count = x.detach().isnan().logicalNot().sum(over, keepdim);
        return x.nansum(axes, keepdim).div(count);
    }

    /// The mean of all elements that are numbers.
    default Tensor nanmean() {
        return nanmean(new int[0], false);
    }
}
