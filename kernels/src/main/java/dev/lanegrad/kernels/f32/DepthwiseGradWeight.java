package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.Scratch;
import dev.lanegrad.kernels.WeightStrides;
import dev.lanegrad.kernels.Window;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The gradient of [Depthwise#forward] with respect to its weight. Arguments are those of [Conv2d].
///
/// Blocks of target rows have sums of their own, which are added up in their order.
final class DepthwiseGradWeight {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int W = S.length();

    private DepthwiseGradWeight() {}

    static void run(
            float[] x,
            int xo,
            float[] gy,
            int gyo,
            float[] gw,
            int gwo,
            WeightStrides ws,
            ConvShape s) {
        Window window = Window.forward(s);
        int strips = Blocking.parts(s.c(), W);
        int length = window.taps() * strips * W;
        int rows = window.n() * window.targetH();
        int blocks = Math.clamp(rows, 1, Blocking.CHUNKS);
        float[] sums = Scratch.floats(blocks * length);
        Arrays.fill(sums, 0, blocks * length, 0);
        Parallel.run(
                blocks,
                1,
                (from, to) -> {
                    for (int b = from; b < to; b++) {
                        int next = Blocking.start(b + 1, rows, blocks);
                        for (int row = Blocking.start(b, rows, blocks); row < next; row++) {
                            addRow(x, xo, gy, gyo, sums, b * length, window, row, s.c());
                        }
                    }
                });
        for (int b = 1; b < blocks; b++) {
            for (int i = 0; i < length; i++) {
                sums[i] += sums[b * length + i];
            }
        }
        for (int i = 0; i < window.taps() * strips; i++) {
            int tap = i / strips;
            int c = i % strips * W;
            int at = gwo + tap / s.kw() * ws.kh() + tap % s.kw() * ws.kw() + c * ws.o();
            Copy.strided(sums, i * W, 1, gw, at, ws.o(), Math.min(W, s.c() - c));
        }
        Scratch.release(sums);
    }

    /// `sums := sums + Σ x·gy` over a row of target pixels, for all taps: of few channels at a
    /// time, which stay in the first-level cache meanwhile.
    private static void addRow(
            float[] x,
            int xo,
            float[] gy,
            int gyo,
            float[] sums,
            int so,
            Window v,
            int row,
            int channels) {
        int image = row / v.targetH();
        int i = row % v.targetH() * v.stepH();
        int taps = v.columns().length;
        int lds = Blocking.parts(channels, W) * W;
        int c = 0;
        if (DepthwiseRow.serves(v) && DepthwiseRow.isInside(v, row)) {
            c = S.loopBound(channels);
            int at = gyo + row * v.targetW() * channels;
            DepthwiseRow.gradient(v, row, x, xo, gy, at, sums, so, lds, channels, c);
        }
        for (; c < channels; c += W) {
            int n = Math.min(W, channels - c);
            for (int tap = 0; tap < v.taps(); tap++) {
                int h = i + v.rows()[tap / taps];
                int column = v.columns()[tap % taps];
                int j0 = v.firstTarget(column);
                int count = v.endOfTargets(column) - j0;
                if (h < 0 || h >= v.sourceH() || count <= 0) {
                    continue;
                }
                int source = (image * v.sourceH() + h) * v.sourceW() + j0 * v.stepW() + column;
                int xi = xo + source * channels + c;
                int yi = gyo + (row * v.targetW() + j0) * channels + c;
                int at = so + tap * lds + c;
                addProducts(count, x, xi, v.stepW() * channels, gy, yi, channels, sums, at, n);
            }
        }
    }

    /// Sums along one image row, in four partial sums.
    private static void addProducts(
            int count,
            float[] x,
            int xo,
            int ldx,
            float[] gy,
            int gyo,
            int ldy,
            float[] sums,
            int so,
            int n) {
        VectorMask<Float> m = S.indexInRange(0, n);
        FloatVector s0 = FloatVector.fromArray(S, sums, so);
        FloatVector s1 = FloatVector.zero(S);
        FloatVector s2 = FloatVector.zero(S);
        FloatVector s3 = FloatVector.zero(S);
        int j = 0;
        for (; j + 4 <= count; j += 4) {
            int xj = xo + j * ldx;
            int yj = gyo + j * ldy;
            FloatVector y0 = FloatVector.fromArray(S, gy, yj, m);
            s0 = FloatVector.fromArray(S, x, xj, m).fma(y0, s0);
            FloatVector y1 = FloatVector.fromArray(S, gy, yj + ldy, m);
            s1 = FloatVector.fromArray(S, x, xj + ldx, m).fma(y1, s1);
            FloatVector y2 = FloatVector.fromArray(S, gy, yj + 2 * ldy, m);
            s2 = FloatVector.fromArray(S, x, xj + 2 * ldx, m).fma(y2, s2);
            FloatVector y3 = FloatVector.fromArray(S, gy, yj + 3 * ldy, m);
            s3 = FloatVector.fromArray(S, x, xj + 3 * ldx, m).fma(y3, s3);
        }
        for (; j < count; j++) {
            FloatVector y0 = FloatVector.fromArray(S, gy, gyo + j * ldy, m);
            s0 = FloatVector.fromArray(S, x, xo + j * ldx, m).fma(y0, s0);
        }
        s0.add(s1).add(s2.add(s3)).intoArray(sums, so);
    }
}
