package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Scratch;
import org.jspecify.annotations.Nullable;

/// Gated recurrent units going through a sequence, all moments in one call.
///
/// At each moment `q := h·wᵀ + bias` has H columns each for reset, update and new; `r := σ(xr +
/// qr)`, `z := σ(xz + qz)`, `n := tanh(xn + r·qn)` and `h := n + z·(h − n)`. The weight is packed
/// once.
public final class Gru {
    /// Elements of the state in one chunk of parallel work.
    private static final int GRAIN = 1 << 11;

    private Gru() {}

    /// Goes through `moments` moments of `batch` sequences, from the last one on if `backwards`.
    ///
    /// @param hidden H
    /// @param x what the weights make of the input, `[moments, batch, 3H]`
    /// @param w `[3H, H]`, element `[i, j]` at `wo + i·wrs + j·wcs`
    /// @param bias `[3H]`, or null for zeros
    /// @param h0 state to start from, `[batch, H]`
    /// @param gates becomes r, z, qn and n side by side, `[batch, 4H]` for each moment, `gateStep`
    ///   apart; 0 overwrites them
    /// @param y becomes h, `[moments, batch, H]`
    public static void forward(
            int moments,
            int batch,
            int hidden,
            boolean backwards,
            float[] x,
            int xo,
            float[] w,
            int wo,
            int wrs,
            int wcs,
            float @Nullable [] bias,
            int bo,
            float[] h0,
            int ho,
            float[] gates,
            int gateStep,
            float[] y) {
        int three = 3 * hidden;
        int four = 4 * hidden;
        PackedFactor factor = PackedFactor.of(three, hidden, w, wo, wcs, wrs);
        float[] h = h0;
        int hAt = ho;
        for (int s = 0; s < moments; s++) {
            int t = backwards ? moments - 1 - s : s;
            int g = t * gateStep;
            factor.multiply(batch, h, hAt, hidden, 1, bias, bo, 0, gates, g, four);
            float[] before = h;
            int beforeAt = hAt;
            int xt = xo + t * batch * three;
            int out = t * batch * hidden;
            Parallel.run(
                    batch,
                    Math.max(1, GRAIN / hidden),
                    (from, to) -> {
                        for (int i = from; i < to; i++) {
                            int j = i * hidden;
                            activate(hidden, x, xt + i * three, gates, g + i * four);
                            mix(hidden, gates, g + i * four, before, beforeAt + j, y, out + j);
                        }
                    });
            h = y;
            hAt = out;
        }
        factor.release();
    }

    private static void activate(int n, float[] x, int xo, float[] g, int go) {
        int product = go + 2 * n;
        int fresh = go + 3 * n;
        DenseRows.add(2 * n, g, go, x, xo, g, go);
        DenseRows.sigmoid(2 * n, g, go, g, go);
        DenseRows.addMul(n, x, xo + 2 * n, g, go, g, product, g, fresh);
        DenseRows.tanh(n, g, fresh, g, fresh);
    }

    /// `y := n + z·(h − n)`
    private static void mix(int n, float[] g, int go, float[] h, int ho, float[] y, int yo) {
        int fresh = go + 3 * n;
        DenseRows.sub(n, h, ho, g, fresh, y, yo);
        DenseRows.addMul(n, g, fresh, g, go + n, y, yo, y, yo);
    }

    /// The gradients of x, of what is added to it and of the state that [#forward] started from,
    /// from that of its output.
    ///
    /// @param h0 state that it started from
    /// @param gates all that it left there
    /// @param y its output
    /// @param gy gradient of y, `[moments, batch, H]`
    /// @param gx becomes the gradient of x, `[moments, batch, 3H]`
    /// @param gq becomes the gradient of q at each moment, `[moments, batch, 3H]`
    /// @param gh becomes the gradient of h0, `[batch, H]`
    public static void backward(
            int moments,
            int batch,
            int hidden,
            boolean backwards,
            float[] w,
            int wo,
            int wrs,
            int wcs,
            float[] h0,
            int ho,
            float[] gates,
            float[] y,
            float[] gy,
            int gyo,
            float[] gx,
            float[] gq,
            float[] gh) {
        int three = 3 * hidden;
        int state = batch * hidden;
        PackedFactor factor = PackedFactor.of(hidden, three, w, wo, wrs, wcs);
        for (int s = moments - 1; s >= 0; s--) {
            int t = backwards ? moments - 1 - s : s;
            float[] before = s == 0 ? h0 : y;
            int beforeAt = s == 0 ? ho : (backwards ? t + 1 : t - 1) * state;
            boolean last = s == moments - 1;
            int at = t * state;
            Parallel.run(
                    batch,
                    Math.max(1, GRAIN / hidden),
                    (from, to) -> {
                        float[] strip = Scratch.floats(2 * hidden);
                        for (int i = from; i < to; i++) {
                            int j = i * hidden;
                            if (last) {
                                System.arraycopy(gy, gyo + at + j, strip, 0, hidden);
                            } else {
                                DenseRows.add(hidden, gy, gyo + at + j, gh, j, strip, 0);
                            }
                            gradient(
                                    hidden,
                                    gates,
                                    4 * (at + j),
                                    before,
                                    beforeAt + j,
                                    strip,
                                    gx,
                                    gq,
                                    3 * (at + j),
                                    gh,
                                    j);
                        }
                        Scratch.release(strip);
                    });
            factor.multiply(batch, gq, 3 * at, three, 1, gh, 0, hidden, gh, 0, hidden);
        }
        factor.release();
    }

    /// @param strip the gradient of the state after the moment, then room for another row
    private static void gradient(
            int n,
            float[] g,
            int go,
            float[] h,
            int ho,
            float[] strip,
            float[] gx,
            float[] gq,
            int to,
            float[] gh,
            int gho) {
        int update = n;
        int product = 2 * n;
        int fresh = 3 * n;
        DenseRows.mul(n, strip, 0, g, go + update, gh, gho);
        DenseRows.sub(n, strip, 0, gh, gho, gx, to + product);
        DenseRows.tanhBackward(n, gx, to + product, g, go + fresh);
        DenseRows.mul(n, gx, to + product, g, go, gq, to + product);
        DenseRows.mul(n, gx, to + product, g, go + product, gx, to);
        DenseRows.sigmoidBackward(n, gx, to, g, go);
        DenseRows.sub(n, h, ho, g, go + fresh, strip, n);
        DenseRows.mul(n, strip, 0, strip, n, gx, to + update);
        DenseRows.sigmoidBackward(n, gx, to + update, g, go + update);
        System.arraycopy(gx, to, gq, to, 2 * n);
    }
}
