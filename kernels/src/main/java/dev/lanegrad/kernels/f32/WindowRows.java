package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Window;
import java.util.Arrays;

/// The matrix that turns a convolution into a matrix product, one block at a time: its row p holds
/// what target pixel p sees, tap row by tap row, tap column by tap column, channel by channel.
///
/// Only blocks of it ever exist, in place of the copies that a matrix product makes of its left
/// factor anyway.
final class WindowRows {
    private final Window window;
    private final float[] x;
    private final int xo;
    private final int pitch;
    private final int channels;
    private final int run;
    private final int runColumns;

    /// Channels `xo` to `xo + channels` of channels-last images of `pitch` channels.
    WindowRows(Window window, float[] x, int xo, int pitch, int channels) {
        this.window = window;
        this.x = x;
        this.xo = xo;
        this.pitch = pitch;
        this.channels = channels;
        boolean merged = pitch == channels && window.contiguous();
        runColumns = merged ? window.columns().length : 1;
        run = runColumns * channels;
    }

    /// Copies elements `k0` to `k1` of rows `p0` to `p1` to rows that begin `ldy` apart from `yo`.
    void pack(int p0, int p1, int k0, int k1, float[] y, int yo, int ldy) {
        int runsARow = window.columns().length / runColumns;
        for (int r = k0 / run; r * run < k1; r++) {
            int lo = Math.max(k0 - r * run, 0);
            int hi = Math.min(k1 - r * run, run);
            int tapRow = window.rows()[r / runsARow];
            int column = window.columns()[r % runsARow * runColumns];
            packRun(p0, p1, tapRow, column, lo, hi, y, yo + r * run + lo - k0, ldy);
        }
    }

    /// One run of elements of every row, image row by image row.
    private void packRun(
            int p0, int p1, int tapRow, int column, int lo, int hi, float[] y, int yo, int ldy) {
        int targetW = window.targetW();
        int targetH = window.targetH();
        for (int p = p0; p < p1; ) {
            int j = p % targetW;
            int i = p / targetW % targetH;
            int image = p / targetW / targetH;
            int count = Math.min(targetW - j, p1 - p);
            int h = i * window.stepH() + tapRow;
            int at = yo + (p - p0) * ldy;
            if (h < 0 || h >= window.sourceH()) {
                for (int q = 0; q < count; q++) {
                    Arrays.fill(y, at + q * ldy, at + q * ldy + hi - lo, 0);
                }
            } else {
                int row = xo + (image * window.sourceH() + h) * window.sourceW() * pitch;
                packPixels(row, j * window.stepW() + column, count, lo, hi, y, at, ldy);
            }
            p += count;
        }
    }

    /// `count` pixels of one image row, the first of which sees source column `first`.
    private void packPixels(
            int row, int first, int count, int lo, int hi, float[] y, int yo, int ldy) {
        int step = window.stepW();
        int end = (window.sourceW() - runColumns) * pitch;
        int q = 0;
        while (q < count) {
            int at = (first + q * step) * pitch;
            if (at < 0 || at > end) {
                packAtBorder(row, at, lo, hi, y, yo + q * ldy);
                q++;
            } else {
                int inside = Math.min(count - q, (end - at) / (step * pitch) + 1);
                Pack.copyRows(
                        inside, hi - lo, x, row + at + lo, step * pitch, y, yo + q * ldy, ldy);
                q += inside;
            }
        }
    }

    /// A run of which a part, or all, lies outside the image row.
    private void packAtBorder(int row, int at, int lo, int hi, float[] y, int yo) {
        int from = Math.clamp(-at, lo, hi);
        int length = (window.sourceW() - 1) * pitch + channels;
        int to = Math.clamp(length - at, from, hi);
        Arrays.fill(y, yo, yo + from - lo, 0);
        if (from < to) {
            System.arraycopy(x, row + at + from, y, yo + from - lo, to - from);
        }
        Arrays.fill(y, yo + to - lo, yo + hi - lo, 0);
    }
}
