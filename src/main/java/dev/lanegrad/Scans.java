package dev.lanegrad;

import dev.lanegrad.kernels.any.RunningExtreme;
import dev.lanegrad.kernels.any.RunningLogSum;
import dev.lanegrad.kernels.any.Scan;
import java.util.ArrayList;
import java.util.List;

/// Running folds along an axis: each element of the result folds all elements up to its place.
public sealed interface Scans permits Tensor {
    // ------------------------------------------------------------ cumsum

    /// The running sum along an axis, as `torch.cumsum`; of integers and bools in int64.
    default Tensor cumsum(int axis) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "cumsum");
        Tensor y = Reduction.running(x, at, Scan::cumsum);
        return Tape.records(x) ? Tape.record(y, new CumsumBackward0(at), x) : y;
    }

    record CumsumBackward0(int axis) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().dim() == 0 ? g.gy() : g.gy().flip(axis).cumsum(axis).flip(axis));
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

    // ------------------------------------------------------------ cummax, cummin

    /// The largest elements so far along an axis and their latest positions, as `torch.cummax`;
    /// from a NaN on it is that.
    default ValuesAndIndices cummax(int axis) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "cummax");
        Tensor indices = Extreme.soFar(x, at, RunningExtreme::argmax);
        return chosen(x, at, indices, new CummaxBackward0(x.shape(), at, Saved.of(indices)));
    }

    record CummaxBackward0(Shape shape, int axis, Saved indices) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, placed(g.gy(), shape, axis, indices.get()));
        }
    }

    /// The smallest elements so far along an axis and their latest positions, as `torch.cummin`;
    /// from a NaN on it is that.
    default ValuesAndIndices cummin(int axis) {
        Tensor x = (Tensor) this;
        int at = x.shape().axis(axis, "cummin");
        Tensor indices = Extreme.soFar(x, at, RunningExtreme::argmin);
        return chosen(x, at, indices, new CumminBackward0(x.shape(), at, Saved.of(indices)));
    }

    record CumminBackward0(Shape shape, int axis, Saved indices) implements Backward {
        @Override
        public void backward(Gradients g) {
            g.put(0, placed(g.gy(), shape, axis, indices.get()));
        }
    }

    private static ValuesAndIndices chosen(Tensor x, int axis, Tensor indices, Backward rule) {
        Tensor values = x.dim() == 0 ? x.detach().clone() : x.detach().gather(axis, indices);
        if (Tape.records(x)) {
            Tape.recordAll(new Tensor[] {values, indices}, rule, x);
        }
        return new ValuesAndIndices(values, indices);
    }

    private static Tensor placed(Tensor gy, Shape shape, int axis, Tensor indices) {
        return shape.dim() == 0
                ? gy
                : Creation.zeros(shape, gy.dtype()).scatterAdd(axis, indices, gy);
    }

    // ------------------------------------------------------------ logcumsumexp

    /// The logarithm of the running sum of exponentials along an axis, as `torch.logcumsumexp`.
    ///
    /// @throws IllegalArgumentException if the elements are not floating point
    default Tensor logcumsumexp(int axis) {
        Tensor x = Reduction.floating("logcumsumexp", (Tensor) this);
        int at = x.shape().axis(axis, "logcumsumexp");
        DType working = Elementwise.working(x.dtype());
        Tensor in = Elementwise.convert(x.detach(), working);
        Tensor y =
                Elementwise.convert(
                        Reduction.running(in, at, RunningLogSum::logcumsumexp), x.dtype());
        return Tape.records(x)
                ? Tape.record(y, new LogcumsumexpBackward0(at, Saved.of(x), Saved.of(y)), x)
                : y;
    }

    /// In one pass as PyTorch, with the positive and the negative gradients apart, which have
    /// logarithms; recorded, by the shares of all pairs.
    record LogcumsumexpBackward0(int axis, Saved x, Saved y) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor gy = g.gy();
            if (gy.dim() == 0 || gy.numel() == 0) {
                g.put(0, gy);
                return;
            }
            if (g.recording()) {
                g.put(0, gy.unsqueeze(axis + 1).mul(shares()).sum(axis));
                return;
            }
            Tensor rising = part(gy, gy.detach().gt(0));
            Tensor falling = part(gy, gy.detach().lt(0));
            g.put(0, rising.sub(falling));
        }

        /// What each element contributes to each sum from its place on, `e^(xⱼ - yᵢ)`: with these
        /// the gradient is linear in that of the output, which its own derivative needs.
        private Tensor shares() {
            Tensor in = x.get();
            int n = in.size(axis);
            long[] sizes = new long[in.dim() - axis + 1];
            java.util.Arrays.fill(sizes, 1);
            sizes[0] = n;
            sizes[1] = n;
            Tensor place = Tensor.arange(n);
            Tensor later = place.view(n, 1).lt(place).view(sizes);
            return in.unsqueeze(axis)
                    .sub(y.get().unsqueeze(axis + 1))
                    .maskedFill(later, Double.NEGATIVE_INFINITY)
                    .exp();
        }

        private Tensor part(Tensor gy, Tensor chosen) {
            Tensor share =
                    gy.abs()
                            .where(chosen, 1)
                            .log()
                            .sub(y.get())
                            .maskedFill(chosen.logicalNot(), Double.NEGATIVE_INFINITY);
            Tensor behind = share.flip(axis).logcumsumexp(axis).flip(axis);
            return behind.add(x.get()).exp();
        }
    }
}
