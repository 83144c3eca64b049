package dev.lanegrad;

import static dev.lanegrad.OptionalOperand.array;
import static dev.lanegrad.OptionalOperand.offset;

import dev.lanegrad.kernels.any.BatchNorm;
import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.RectifiedNorm;
import org.jspecify.annotations.Nullable;

/// Batch normalization by the batch's own statistics and what mostly follows it in a network that
/// learns, in as few passes over memory: `clamp(batchNorm(x) + residual, 0, high)`, the same bits
/// as one by one, the gradient of a channel with NaN apart. `dev.lanegrad.nn.Fusion` runs it.
///
/// @param runningMean `[C]` or null; written to
/// @param runningVar `[C]` or null; written to
/// @param weight `[C]`, or null for ones
/// @param bias `[C]`, or null for zeros
/// @param eps added to the variance
/// @param high the largest value of the result; infinity for a rectifier
public record RectifiedNormalization(
        @Nullable Tensor runningMean,
        @Nullable Tensor runningVar,
        @Nullable Tensor weight,
        @Nullable Tensor bias,
        double eps,
        double high) {
    /// Whether all is of one type that the kernels compute in and of one shape.
    public boolean serves(Tensor x, @Nullable Tensor residual) {
        DType dtype = x.dtype();
        if (dtype != DType.FLOAT32 && dtype != DType.FLOAT64) {
            return false;
        }
        for (Tensor t : new Tensor[] {weight, bias, residual}) {
            if (t != null && t.dtype() != dtype) {
                return false;
            }
        }
        return residual == null || residual.shape().equals(x.shape());
    }

    /// The result.
    ///
    /// @param x `[N, C]`, `[N, C, L]` or `[N, C, H, W]`
    /// @param residual of the same shape, added before the limit is applied, or null
    /// @param momentum how far running statistics move
    /// @throws IllegalArgumentException as [Normalization#batchNorm] in training
    public Tensor apply(Tensor x, @Nullable Tensor residual, double momentum) {
        BatchNormalization.check(x, runningMean, runningVar, weight, bias, true);
        Tensor in = Images.dense(x);
        BatchNormalization.Statistics is =
                BatchNormalization.statistics(in, runningMean, runningVar, true, momentum, eps);
        Tensor z = residual == null ? null : Images.dense(residual);
        Tensor w = BatchNormalization.dense(weight);
        Tensor b = BatchNormalization.dense(bias);
        Tensor y = Images.empty(in.shape(), in.dtype());
        RectifiedNorm.normalize(
                in.array(),
                in.offset(),
                BatchNormalization.rows(in),
                in.size(1),
                is.mean().array(),
                0,
                is.invStd().array(),
                0,
                array(w),
                offset(w),
                array(b),
                offset(b),
                array(z),
                offset(z),
                high,
                y.array(),
                0);
        if (!Tape.records(x, weight, bias, residual)) {
            return y;
        }
        Backward rule =
                new NativeBatchNormReluBackward0(
                        Saved.of(x),
                        kept(weight),
                        residual == null ? kept(bias) : null,
                        Saved.of(is.mean()),
                        Saved.of(is.invStd()),
                        residual == null ? null : Saved.of(y),
                        eps,
                        high);
        return Tape.record(y, rule, x, weight, bias, residual);
    }

    private static @Nullable Saved kept(@Nullable Tensor t) {
        return t == null ? null : Saved.of(t);
    }

    private static @Nullable Tensor got(@Nullable Saved kept) {
        return kept == null ? null : kept.get();
    }

    /// PyTorch records a normalization, a sum and a rectifier.
    ///
    /// @param bias null where y is kept, too
    /// @param y the result where a residual was added; else x and the constants tell what passed
    record NativeBatchNormReluBackward0(
            Saved x,
            @Nullable Saved weight,
            @Nullable Saved bias,
            Saved mean,
            Saved invStd,
            @Nullable Saved y,
            double eps,
            double high)
            implements Backward {
        @Override
        public void backward(Gradients g) {
            if (g.recording()) {
                inOperations(g);
            } else {
                fused(g);
            }
        }

        private void fused(Gradients g) {
            Tensor gy = Images.dense(g.gy());
            BatchNormalization.Kernel kernel = BatchNorm::backward;
            if (y == null) {
                kernel = rectified(BatchNormalization.dense(got(bias)), high);
            } else {
                Tensor passed = Images.empty(gy.shape(), gy.dtype());
                Binary limited = unlimited() ? Binary.RELU_BACKWARD : Binary.HARDTANH_BACKWARD;
                Elementwise.into(limited, passed, 0, high, gy, y.get());
                gy = passed;
                putResidual(g, passed);
            }
            BatchNormalization.fused(g, gy, x.get(), mean.get(), invStd.get(), got(weight), kernel);
        }

        private static BatchNormalization.Kernel rectified(@Nullable Tensor b, double high) {
            return (gy, gyo, x, xo, rows, n, m, mo, s, so, w, wo, gx, gxo, gw, gwo, gb, gbo) ->
                    RectifiedNorm.backward(
                            gy, gyo, x, xo, rows, n, m, mo, s, so, w, wo, array(b), offset(b), high,
                            gx, gxo, gw, gwo, gb, gbo);
        }

        private static void putResidual(Gradients g, Tensor residual) {
            if (g.needs(3)) {
                g.put(3, residual);
            }
        }

        private void inOperations(Gradients g) {
            Tensor in = x.get();
            int[] axes = Images.allButChannels(in.dim());
            Shape row = Images.perChannel(in.dim(), in.size(1));
            Standardized normal = Standardized.of(in, axes, eps);
            Tensor w = got(weight);
            Tensor v = result(normal, w, row);
            Tensor passed = g.gy().maskedFill(v.le(0), 0);
            passed = unlimited() ? passed : passed.maskedFill(v.ge(high), 0);
            BatchNormalization.slopes(g, passed, w, normal, true, axes, row);
            putResidual(g, passed);
        }

        private boolean unlimited() {
            return high == Double.POSITIVE_INFINITY;
        }

        /// What was limited, as a constant.
        private Tensor result(Standardized normal, @Nullable Tensor w, Shape row) {
            if (y != null) {
                return y.get().detach();
            }
            Tensor b = got(bias);
            Tensor v = normal.values().detach();
            v = w == null ? v : v.mul(w.detach().reshape(row));
            return b == null ? v : v.add(b.detach().reshape(row));
        }
    }
}
