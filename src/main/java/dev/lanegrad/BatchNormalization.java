package dev.lanegrad;

import static dev.lanegrad.OptionalOperand.array;
import static dev.lanegrad.OptionalOperand.offset;

import dev.lanegrad.kernels.any.BatchNorm;
import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.Unary;
import org.jspecify.annotations.Nullable;

/// Batch normalization: what is checked, the forward, and both readings of the derivative.
final class BatchNormalization {
    private BatchNormalization() {}

    static Tensor apply(
            Tensor x,
            @Nullable Tensor runningMean,
            @Nullable Tensor runningVar,
            @Nullable Tensor weight,
            @Nullable Tensor bias,
            boolean training,
            double momentum,
            double eps) {
        check(x, runningMean, runningVar, weight, bias, training);
        boolean fixed = !training && runningMean != null && runningVar != null;
        boolean planes = fixed && inPlanes(x);
        Tensor in = planes ? x.detach() : Images.dense(x);
        Statistics is = statistics(in, runningMean, runningVar, training, momentum, eps);
        Tensor y =
                planes
                        ? planes(in, is.mean, is.invStd, dense(weight), dense(bias))
                        : pixels(in, is.mean, is.invStd, dense(weight), dense(bias));
        if (!Tape.records(x, weight, bias)) {
            return y;
        }
        Saved kept = weight == null ? null : Saved.of(weight);
        Backward rule =
                new NativeBatchNormBackward0(
                        Saved.of(x), kept, Saved.of(is.mean), Saved.of(is.invStd), is.own, eps);
        return Tape.record(y, rule, x, weight, bias);
    }

    /// What each channel is normalized by.
    ///
    /// @param own whether it is the batch's own, and so depends on it
    record Statistics(Tensor mean, Tensor invStd, boolean own) {}

    /// Moves running statistics in training.
    static Statistics statistics(
            Tensor in,
            @Nullable Tensor runningMean,
            @Nullable Tensor runningVar,
            boolean training,
            double momentum,
            double eps) {
        int channels = in.size(1);
        Tensor mean = Creation.empty(Shape.of(channels), in.dtype());
        Tensor variance = Creation.emptyLike(mean);
        Tensor invStd = Creation.emptyLike(mean);
        boolean own = true;
        if (training || runningMean == null || runningVar == null) {
            int rows = rows(in);
            BatchNorm.statistics(
                    in.array(), in.offset(), rows, channels, mean.array(), 0, variance.array(), 0);
            if (training) {
                move(runningMean, mean, momentum, 1);
                move(runningVar, variance, momentum, rows / (rows - 1.0));
            }
        } else {
            Elementwise.copy(mean, runningMean);
            Elementwise.copy(variance, runningVar);
            own = false;
        }
        BatchNorm.invStd(variance.array(), 0, channels, eps, invStd.array(), 0);
        return new Statistics(mean, invStd, own);
    }

    /// `(in − mean)·invStd·w + b` of dense images, channels innermost.
    private static Tensor pixels(
            Tensor in, Tensor mean, Tensor invStd, @Nullable Tensor w, @Nullable Tensor b) {
        Tensor y = Images.empty(in.shape(), in.dtype());
        BatchNorm.normalize(
                in.array(),
                in.offset(),
                rows(in),
                in.size(1),
                mean.array(),
                0,
                invStd.array(),
                0,
                array(w),
                offset(w),
                array(b),
                offset(b),
                y.array(),
                0);
        return y;
    }

    /// The same of images whose channels are planes, as is the result.
    private static Tensor planes(
            Tensor in, Tensor mean, Tensor invStd, @Nullable Tensor w, @Nullable Tensor b) {
        Tensor y = Creation.empty(in.shape(), in.dtype());
        BatchNorm.normalizePlanes(
                in.array(),
                in.offset(),
                in.size(0),
                in.size(1),
                rows(in) / in.size(0),
                mean.array(),
                0,
                invStd.array(),
                0,
                array(w),
                offset(w),
                array(b),
                offset(b),
                y.array(),
                0);
        return y;
    }

    /// Whether channels are planes in memory. Fixed statistics are applied to them where they lie;
    /// those of a batch are sums of pixels.
    private static boolean inPlanes(Tensor x) {
        return x.dim() > 2
                && x.numel() > 0
                && x.isContiguous()
                && !Layout.isChannelsLast(x.shape(), x.strides());
    }

    /// Elements of each channel.
    static int rows(Tensor x) {
        return x.size(1) == 0 ? 0 : x.numel() / x.size(1);
    }

    /// `running := (1 − momentum)·running + momentum·factor·batch`
    private static void move(
            @Nullable Tensor running, Tensor batch, double momentum, double factor) {
        if (running != null) {
            Tensor stat = Elementwise.convert(batch, running.dtype());
            Elementwise.into(Unary.AFFINE, running, 1 - momentum, 0, running);
            Elementwise.into(Binary.ADD_SCALED, running, momentum * factor, 0, running, stat);
            running.written();
        }
    }

    /// @param own whether mean and invStd are the batch's own, and so depend on x
    record NativeBatchNormBackward0(
            Saved x, @Nullable Saved weight, Saved mean, Saved invStd, boolean own, double eps)
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
            Tensor w = weight == null ? null : weight.get();
            Kernel kernel = own ? BatchNorm::backward : BatchNorm::evalBackward;
            BatchNormalization.fused(g, gy, x.get(), mean.get(), invStd.get(), w, kernel);
        }

        private void inOperations(Gradients g) {
            Tensor in = x.get();
            int[] axes = Images.allButChannels(in.dim());
            Shape row = Images.perChannel(in.dim(), in.size(1));
            Standardized normal = own ? Standardized.of(in, axes, eps) : byConstants(in, row);
            slopes(g, g.gy(), weight == null ? null : weight.get(), normal, own, axes, row);
        }

        private Standardized byConstants(Tensor in, Shape row) {
            Tensor scale = invStd.get().reshape(row);
            Tensor values = in.sub(mean.get().reshape(row)).mul(scale);
            return new Standardized(values, scale, new int[0]);
        }
    }

    /// The gradients of input, weight and bias in one pass.
    ///
    /// @param gy dense images
    static void fused(
            Gradients g,
            Tensor gy,
            Tensor x,
            Tensor mean,
            Tensor invStd,
            @Nullable Tensor weight,
            Kernel kernel) {
        Tensor in = Images.dense(x);
        Tensor w = dense(weight);
        Tensor gx = g.needs(0) ? Images.empty(in.shape(), in.dtype()) : null;
        Tensor gw = g.needs(1) ? Creation.empty(mean.shape(), in.dtype()) : null;
        Tensor gb = g.needs(2) ? Creation.empty(mean.shape(), in.dtype()) : null;
        kernel.run(
                gy.array(),
                gy.offset(),
                in.array(),
                in.offset(),
                rows(in),
                in.size(1),
                mean.array(),
                0,
                invStd.array(),
                0,
                array(w),
                offset(w),
                array(gx),
                0,
                array(gw),
                0,
                array(gb),
                0);
        Tensor[] results = {gx, gw, gb};
        for (int i = 0; i < 3; i++) {
            if (results[i] != null) {
                g.put(i, results[i]);
            }
        }
    }

    /// The gradients of input, weight and bias in tensor operations.
    static void slopes(
            Gradients g,
            Tensor gy,
            @Nullable Tensor weight,
            Standardized normal,
            boolean own,
            int[] axes,
            Shape row) {
        if (g.needs(0)) {
            Tensor gv = weight == null ? gy : gy.mul(weight.reshape(row));
            g.put(0, own ? normal.slope(gv) : gv.mul(normal.scale()));
        }
        if (g.needs(1)) {
            g.put(1, gy.mul(normal.values()).sum(axes, false));
        }
        if (g.needs(2)) {
            g.put(2, gy.sum(axes, false));
        }
    }

    /// [BatchNorm#backward] and its like.
    interface Kernel {
        void run(
                Object gy,
                int gyo,
                Object x,
                int xo,
                int rows,
                int channels,
                Object mean,
                int mo,
                Object invStd,
                int so,
                @Nullable Object w,
                int wo,
                @Nullable Object gx,
                int gxo,
                @Nullable Object gw,
                int gwo,
                @Nullable Object gb,
                int gbo);
    }

    static @Nullable Tensor dense(@Nullable Tensor t) {
        return t == null ? null : Elementwise.converted(t, t.dtype());
    }

    static void check(
            Tensor x,
            @Nullable Tensor runningMean,
            @Nullable Tensor runningVar,
            @Nullable Tensor weight,
            @Nullable Tensor bias,
            boolean training) {
        if (x.dim() < 2) {
            throw new IllegalArgumentException(
                    "batchNorm: input needs at least 2 axes but has "
                            + x.dim()
                            + " (input "
                            + x.shape()
                            + ")");
        }
        if (!x.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    "batchNorm: not defined for " + x.dtype() + " (input " + x.shape() + ")");
        }
        if (training && x.numel() == x.size(1)) {
            throw new IllegalArgumentException(
                    "Expected more than 1 value per channel when training, got input size "
                            + x.shape());
        }
        checkChannels("running_mean", runningMean, x);
        checkChannels("running_var", runningVar, x);
        checkChannels("weight", weight, x);
        checkChannels("bias", bias, x);
    }

    private static void checkChannels(String what, @Nullable Tensor t, Tensor x) {
        if (t == null) {
            return;
        }
        if (t.dim() != 1 || t.numel() != x.size(1)) {
            throw new IllegalArgumentException(
                    "batchNorm: "
                            + what
                            + " should contain "
                            + x.size(1)
                            + " elements not "
                            + t.numel()
                            + " (input "
                            + x.shape()
                            + ", "
                            + what
                            + " "
                            + t.shape()
                            + ")");
        }
        boolean running = what.startsWith("running");
        if (!running && t.dtype() != x.dtype()) {
            throw new IllegalArgumentException(
                    "batchNorm: types "
                            + x.dtype()
                            + " and "
                            + t.dtype()
                            + " differ (input "
                            + x.shape()
                            + ", "
                            + what
                            + " "
                            + t.shape()
                            + ")");
        }
    }
}
