// derive: f64 i64 i32 i16
package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.kernels.any.Gather;
import dev.lanegrad.kernels.any.IndexAdd;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GatherTest {
    private static final int GUARD = 3;

    private final Random random = new Random(4);

    @Test
    void elementsAreTakenAlongAnAxis() {
        for (int[] s : shapes()) {
            int outer = s[0];
            int size = s[1];
            int inner = s[2];
            int count = s[3];
            float[] x = values(outer * size * inner);
            long[] index = index(outer * count * inner, size);
            float[] y = new float[outer * count * inner + 2 * GUARD];
            Gather.gather(x, GUARD, outer, size, inner, index, GUARD, count, y, GUARD);
            for (int i = 0; i < y.length; i++) {
                float want = 0;
                int at = i - GUARD;
                if (at >= 0 && at < outer * count * inner) {
                    int o = at / (count * inner);
                    int from = (o * size + (int) index[GUARD + at]) * inner + at % inner;
                    want = x[GUARD + from];
                }
                assertEquals(want, y[i]);
            }
        }
    }

    @Test
    void elementsAreWrittenAndAddedInOrder() {
        for (int[] s : shapes()) {
            int outer = s[0];
            int size = s[1];
            int inner = s[2];
            int count = s[3];
            float[] x = values(outer * count * inner);
            long[] index = index(outer * count * inner, size);
            float[] written = values(outer * size * inner);
            float[] added = written.clone();
            float[] wantWritten = written.clone();
            float[] wantAdded = written.clone();
            for (int i = 0; i < outer * count * inner; i++) {
                int o = i / (count * inner);
                int to = GUARD + (o * size + (int) index[GUARD + i]) * inner + i % inner;
                wantWritten[to] = x[GUARD + i];
                wantAdded[to] += x[GUARD + i];
            }
            Gather.scatter(x, GUARD, outer, count, inner, index, GUARD, written, GUARD, size);
            IndexAdd.scatterAdd(x, GUARD, outer, count, inner, index, GUARD, added, GUARD, size);
            for (int i = 0; i < written.length; i++) {
                assertEquals(wantWritten[i], written[i]);
                assertEquals(wantAdded[i], added[i]);
            }
        }
    }

    /// Outer size, size of the axis, inner size, size of the index along the axis.
    private static int[][] shapes() {
        return new int[][] {
            {1, 1, 1, 1}, {1, 7, 1, 20}, {5, 7, 1, 3}, {1, 9, 17, 4}, {3, 4, 33, 6}, {700, 9, 1, 60}
        };
    }

    private float[] values(int n) {
        float[] x = new float[n + 2 * GUARD];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextInt(100);
        }
        return x;
    }

    private long[] index(int n, int size) {
        long[] index = new long[n + 2 * GUARD];
        for (int i = 0; i < index.length; i++) {
            index[i] = random.nextInt(size);
        }
        return index;
    }
}
