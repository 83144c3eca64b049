package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Layout;
import dev.lanegrad.kernels.any.BatchNorm;
import dev.lanegrad.kernels.any.RectifiedNorm;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// What normalizations of rows `[rows, channels]` read, and their kernels on it.
///
/// @param s the inverse standard deviation of each channel
/// @param z the summand before the limit of a rectified one
record NormOperands(
        int rows,
        int channels,
        Operand x,
        Operand gy,
        Operand mean,
        Operand s,
        @Nullable Operand w,
        @Nullable Operand b,
        @Nullable Operand z) {
    /// What they write.
    record Results(Operand y, Operand gx, Operand gw, Operand gb) {
        void assertGuards() {
            y.assertGuards();
            gx.assertGuards();
            gw.assertGuards();
            gb.assertGuards();
        }
    }

    static NormOperands normal(Random random, int rows, int channels) {
        Layout all = Layout.dense(rows, channels);
        Layout each = Layout.dense(channels);
        return new NormOperands(
                rows,
                channels,
                Operand.normal(random, all),
                Operand.normal(random, all),
                Operand.normal(random, each),
                Operand.normal(random, each),
                Operand.normal(random, each),
                Operand.normal(random, each),
                Operand.normal(random, all));
    }

    /// Only those of the optional ones that are asked for.
    NormOperands with(boolean w, boolean b, boolean z) {
        Operand w1 = w ? this.w : null;
        Operand b1 = b ? this.b : null;
        return new NormOperands(rows, channels, x, gy, mean, s, w1, b1, z ? this.z : null);
    }

    NormOperands with(Operand gy) {
        return new NormOperands(rows, channels, x, gy, mean, s, w, b, z);
    }

    /// An output of the sizes of x.
    static Operand like(Operand x) {
        return Operand.output(Layout.dense(x.sizes()));
    }

    Results results() {
        return new Results(like(x), like(x), like(mean), like(mean));
    }

    /// Overwrites mean and s with those of x.
    ///
    /// @param v becomes the variance
    void statistics(double epsilon, Operand v) {
        BatchNorm.statistics(x.data, at(x), rows, channels, mean.data, at(mean), v.data, at(v));
        BatchNorm.invStd(v.data, at(v), channels, epsilon, s.data, at(s));
    }

    void normalize(Operand y) {
        BatchNorm.normalize(
                x.data, at(x), rows, channels, mean.data, at(mean), s.data, at(s), of(w), at(w),
                of(b), at(b), y.data, at(y));
    }

    void rectify(double high, Operand y) {
        RectifiedNorm.normalize(
                x.data, at(x), rows, channels, mean.data, at(mean), s.data, at(s), of(w), at(w),
                of(b), at(b), of(z), at(z), high, y.data, at(y));
    }

    void backward(Operand gx, @Nullable Operand gw, @Nullable Operand gb) {
        BatchNorm.backward(
                gy.data, at(gy), x.data, at(x), rows, channels, mean.data, at(mean), s.data, at(s),
                of(w), at(w), gx.data, at(gx), of(gw), at(gw), of(gb), at(gb));
    }

    void evalBackward(Operand gx, @Nullable Operand gw, @Nullable Operand gb) {
        BatchNorm.evalBackward(
                gy.data, at(gy), x.data, at(x), rows, channels, mean.data, at(mean), s.data, at(s),
                of(w), at(w), gx.data, at(gx), of(gw), at(gw), of(gb), at(gb));
    }

    void rectifiedBackward(double high, Operand gx, @Nullable Operand gw, @Nullable Operand gb) {
        RectifiedNorm.backward(
                gy.data, at(gy), x.data, at(x), rows, channels, mean.data, at(mean), s.data, at(s),
                of(w), at(w), of(b), at(b), high, gx.data, at(gx), of(gw), at(gw), of(gb), at(gb));
    }

    private static @Nullable Object of(@Nullable Operand x) {
        return x == null ? null : x.data;
    }

    private static int at(@Nullable Operand x) {
        return x == null ? 0 : x.offset();
    }
}
