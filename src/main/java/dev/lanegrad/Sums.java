package dev.lanegrad;

import dev.lanegrad.kernels.any.Reduce;
import dev.lanegrad.kernels.any.Scan;
import dev.lanegrad.kernels.any.Unary;
import java.util.ArrayList;
import java.util.List;

/// Sums that skip NaN, and running products.
public sealed interface Sums permits Tensor {
    // ------------------------------------------------------------ nansum

    /// The sum over some axes (over all if none is named) of what is a number, as `torch.nansum`.
    default Tensor nansum(int[] axes, boolean keepdim) {
        Tensor x = (Tensor) this;
        Tensor numbers =
                x.dtype().isFloatingPoint()
                        ? Elementwise.unary(Unary.NAN_TO, x.detach(), 0, 0)
                        : x.detach();
        Reduction r = Reduction.over(numbers, "nansum", axes).keeping(keepdim);
        Tensor y = r.run(Reduce::sum, Reduction.sumType(x));
        return Tape.records(x)
                ? Tape.record(y, new NansumBackward0(Saved.of(x), r.broadcast()), x)
                : y;
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

    // ------------------------------------------------------------ cumprod

    /// The running product along an axis, as `torch.cumprod`; of integers and bools in int64.
    default Tensor cumprod(int axis) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "cumprod");
        Tensor y = Reduction.running(x, at, Scan::cumprod);
        return Tape.records(x)
                ? Tape.record(y, new CumprodBackward0(at, Saved.of(x), Saved.of(y)), x)
                : y;
    }

    record CumprodBackward0(int axis, Saved x, Saved y) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor in = x.get();
            if (in.dim() == 0) {
                g.put(0, g.gy());
            } else if (in.eq(0).any().isTrue()) {
                g.put(0, besideZeros(g.gy(), in, axis));
            } else {
                Tensor weighted = g.gy().mul(y.get());
                g.put(0, weighted.flip(axis).cumsum(axis).flip(axis).div(in));
            }
        }

        /// For each element the products without it, multiplied out.
        private static Tensor besideZeros(Tensor gy, Tensor x, int axis) {
            int n = x.size(axis);
            Tensor before = Tensor.onesLike(x.detach().narrow(axis, 0, 1));
            List<Tensor> slopes = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                Tensor ones = Tensor.onesLike(before.detach());
                Tensor rest = Tensor.cat(List.of(ones, x.narrow(axis, i + 1L, n - i - 1L)), axis);
                Tensor products = before.mul(rest.cumprod(axis));
                slopes.add(gy.narrow(axis, i, (long) n - i).mul(products).sum(axis, true));
                before = before.mul(x.narrow(axis, i, 1));
            }
            return Tensor.cat(slopes, axis);
        }
    }
}
