package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.kernels.AttentionShape;
import dev.lanegrad.kernels.HeadStrides;
import dev.lanegrad.kernels.SameBits;
import dev.lanegrad.kernels.any.Attention;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttentionTest {
    private static final double EPSILON = Math.ulp(1f);

    private final Random random = new Random(8);

    @Test
    void blocksOfQueriesAndWhatIsLeft() {
        for (boolean causal : new boolean[] {false, true}) {
            check(2, 1, 1, 1, 1, causal);
            check(3, 5, 7, 3, 2, causal);
            check(1, 64, 64, 16, 16, causal);
            check(2, 65, 33, 17, 9, causal);
            check(1, 130, 200, 8, 5, causal);
        }
    }

    @Test
    void resultsDoNotDependOnThreads() {
        float[] x = values(4 * 200 * 16);
        float[] y = new float[x.length];
        AttentionShape z = new AttentionShape(2, 2, 200, 200, 16, 16);
        HeadStrides h = new HeadStrides(2 * 3200, 3200, 16);
        float[] sums = new float[800];
        SameBits.forAnyThreads(
                () -> Attention.forward(z, x, 0, h, x, 0, h, x, 0, h, true, 0.25, sums, y, 0, h),
                y);
        float[] gq = new float[x.length];
        float[] gk = new float[x.length];
        float[] gv = new float[x.length];
        SameBits.forAnyThreads(
                () ->
                        Attention.backward(
                                z, x, 0, h, x, 0, h, x, 0, h, true, 0.25, sums, y, h, x, 0, h, gq,
                                h, gk, h, gv, h),
                gk);
    }

    private void check(int batch, int l, int s, int d, int e, boolean causal) {
        float[] q = values(batch * l * d);
        float[] k = values(batch * s * d);
        float[] v = values(batch * s * e);
        float[] y = new float[batch * l * e];
        AttentionShape z = new AttentionShape(batch, 1, l, s, d, e);
        HeadStrides qs = new HeadStrides(l * d, 0, d);
        HeadStrides ks = new HeadStrides(s * d, 0, d);
        HeadStrides vs = new HeadStrides(s * e, 0, e);
        HeadStrides ys = new HeadStrides(l * e, 0, e);
        Attention.forward(z, q, 0, qs, k, 0, ks, v, 0, vs, causal, 0.5, null, y, 0, ys);
        for (int t = 0; t < batch; t++) {
            for (int i = 0; i < l; i++) {
                int seen = causal ? Math.min(s, i + 1) : s;
                double[] share = new double[seen];
                double sum = 0;
                for (int j = 0; j < seen; j++) {
                    double score = 0;
                    for (int c = 0; c < d; c++) {
                        score += (double) q[(t * l + i) * d + c] * k[(t * s + j) * d + c];
                    }
                    share[j] = Math.exp(0.5 * score);
                    sum += share[j];
                }
                for (int c = 0; c < e; c++) {
                    double want = 0;
                    for (int j = 0; j < seen; j++) {
                        want += share[j] / sum * v[(t * s + j) * e + c];
                    }
                    assertEquals(want, y[(t * l + i) * e + c], 200 * EPSILON);
                }
            }
        }
    }

    private float[] values(int n) {
        float[] x = new float[n];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }
}
