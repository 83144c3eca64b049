package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Scratch;

/// Long short-term memories going through a sequence, all moments in one call.
///
/// At each moment the gates are `x + h·wᵀ`, of H columns each: in, forget, new and out, `c :=
/// σ(f)·c
/// + σ(i)·tanh(g)` and `h := σ(o)·tanh(c)`. The weight is packed once.
public final class Lstm {
    /// Elements of the state in one chunk of parallel work.
    private static final int GRAIN = 1 << 11;

    private Lstm() {}

    /// Goes through `moments` moments of `batch` sequences, from the last one on if `backwards`.
    ///
    /// @param hidden H
    /// @param width columns of w and of h0: H if there is more than one moment
    /// @param x what the weights make of the input, `[moments, batch, 4H]`
    /// @param w `[4H, width]`, element `[i, j]` at `wo + i·wrs + j·wcs`
    /// @param h0 hidden state to start from, `[batch, width]`
    /// @param c0 cells to start from, `[batch, H]`
    /// @param gates becomes the activated gates, `[batch, 4H]` for each moment, `gateStep` apart; 0
    ///   overwrites them
    /// @param cells becomes the cells, `[batch, H]` for each moment, `cellStep` apart; 0 overwrites
    ///   them
    /// @param y becomes h, `[moments, batch, H]`
    public static void forward(
            int moments,
            int batch,
            int hidden,
            int width,
            boolean backwards,
            float[] x,
            int xo,
            float[] w,
            int wo,
            int wrs,
            int wcs,
            float[] h0,
            int ho,
            float[] c0,
            int co,
            float[] gates,
            int gateStep,
            float[] cells,
            int cellStep,
            float[] y) {
        int four = 4 * hidden;
        PackedFactor factor = PackedFactor.of(four, width, w, wo, wcs, wrs);
        float[] h = h0;
        int hAt = ho;
        float[] c = c0;
        int cAt = co;
        for (int s = 0; s < moments; s++) {
            int t = backwards ? moments - 1 - s : s;
            int g = t * gateStep;
            int xt = xo + t * batch * four;
            factor.multiply(batch, h, hAt, width, 1, x, xt, four, gates, g, four);
            float[] before = c;
            int beforeAt = cAt;
            int next = t * cellStep;
            int out = t * batch * hidden;
            Parallel.run(
                    batch,
                    Math.max(1, GRAIN / hidden),
                    (from, to) -> {
                        for (int i = from; i < to; i++) {
                            int j = i * hidden;
                            cell(
                                    hidden,
                                    gates,
                                    g + i * four,
                                    before,
                                    beforeAt + j,
                                    cells,
                                    next + j);
                            output(hidden, gates, g + i * four, cells, next + j, y, out + j);
                        }
                    });
            h = y;
            hAt = out;
            c = cells;
            cAt = next;
        }
        factor.release();
    }

    /// Activates gates, `next := f·c + i·g`.
    private static void cell(int n, float[] g, int go, float[] c, int co, float[] next, int no) {
        DenseRows.sigmoid(2 * n, g, go, g, go);
        DenseRows.tanh(n, g, go + 2 * n, g, go + 2 * n);
        DenseRows.sigmoid(n, g, go + 3 * n, g, go + 3 * n);
        DenseRows.mul(n, g, go + n, c, co, next, no);
        DenseRows.addMul(n, next, no, g, go, g, go + 2 * n, next, no);
    }

    /// `y := o·tanh(c)`
    private static void output(int n, float[] g, int go, float[] c, int co, float[] y, int yo) {
        DenseRows.tanh(n, c, co, y, yo);
        DenseRows.mul(n, y, yo, g, go + 3 * n, y, yo);
    }

    /// The gradients of x, of the hidden state and of the cells that [#forward] started from, from
    /// those of its output.
    ///
    /// @param c0 cells that it started from
    /// @param gates all that it left there
    /// @param cells all that it left there
    /// @param gy gradient of y, `[moments, batch, H]`
    /// @param gx becomes the gradient of x, `[moments, batch, 4H]`
    /// @param gh becomes the gradient of h0, `[batch, width]`
    /// @param gc the gradient of the last cells, becomes that of c0, `[batch, H]`
    public static void backward(
            int moments,
            int batch,
            int hidden,
            int width,
            boolean backwards,
            float[] w,
            int wo,
            int wrs,
            int wcs,
            float[] c0,
            int co,
            float[] gates,
            float[] cells,
            float[] gy,
            int gyo,
            float[] gx,
            float[] gh,
            float[] gc) {
        int four = 4 * hidden;
        int state = batch * hidden;
        PackedFactor factor = PackedFactor.of(width, four, w, wo, wrs, wcs);
        for (int s = moments - 1; s >= 0; s--) {
            int t = backwards ? moments - 1 - s : s;
            float[] before = s == 0 ? c0 : cells;
            int beforeAt = s == 0 ? co : (backwards ? t + 1 : t - 1) * state;
            boolean last = s == moments - 1;
            int at = t * state;
            Parallel.run(
                    batch,
                    Math.max(1, GRAIN / hidden),
                    (from, to) -> {
                        float[] strip = Scratch.floats(3 * hidden);
                        for (int i = from; i < to; i++) {
                            int j = i * hidden;
                            int g = 4 * (at + j);
                            DenseRows.tanh(hidden, cells, at + j, strip, 0);
                            if (last) {
                                System.arraycopy(gy, gyo + at + j, strip, hidden, hidden);
                            } else {
                                DenseRows.add(hidden, gy, gyo + at + j, gh, j, strip, hidden);
                            }
                            gradient(hidden, gates, g, before, beforeAt + j, strip, gc, j, gx, g);
                        }
                        Scratch.release(strip);
                    });
            factor.multiply(batch, gx, 4 * at, four, 1, null, 0, 0, gh, 0, width);
        }
        factor.release();
    }

    /// @param strip tanh(c), then the gradient of h, then room for that of c
    private static void gradient(
            int n,
            float[] g,
            int go,
            float[] c,
            int co,
            float[] strip,
            float[] gc,
            int gco,
            float[] gx,
            int gxo) {
        int dh = n;
        int dc = 2 * n;
        int forget = n;
        int fresh = 2 * n;
        int out = 3 * n;
        DenseRows.mul(n, strip, dh, strip, 0, gx, gxo + out);
        DenseRows.sigmoidBackward(n, gx, gxo + out, g, go + out);
        DenseRows.mul(n, strip, dh, g, go + out, strip, dc);
        DenseRows.tanhBackward(n, strip, dc, strip, 0);
        DenseRows.add(n, strip, dc, gc, gco, strip, dc);
        DenseRows.mul(n, strip, dc, g, go + fresh, gx, gxo);
        DenseRows.sigmoidBackward(n, gx, gxo, g, go);
        DenseRows.mul(n, strip, dc, c, co, gx, gxo + forget);
        DenseRows.sigmoidBackward(n, gx, gxo + forget, g, go + forget);
        DenseRows.mul(n, strip, dc, g, go, gx, gxo + fresh);
        DenseRows.tanhBackward(n, gx, gxo + fresh, g, go + fresh);
        DenseRows.mul(n, strip, dc, g, go + forget, gc, gco);
    }
}
