// derive: f64 i64 i32 i16
package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
            float[] old = values(outer * size * inner);
            float[] written = new float[old.length];
            float[] added = new float[old.length];
            float[] wantWritten = new float[old.length];
            System.arraycopy(old, GUARD, wantWritten, GUARD, outer * size * inner);
            float[] wantAdded = wantWritten.clone();
            for (int i = 0; i < outer * count * inner; i++) {
                int o = i / (count * inner);
                int to = GUARD + (o * size + (int) index[GUARD + i]) * inner + i % inner;
                wantWritten[to] = x[GUARD + i];
                wantAdded[to] += x[GUARD + i];
            }
            Gather.scatter(
                    old, GUARD, x, GUARD, outer, count, inner, index, GUARD, written, GUARD, size);
            IndexAdd.scatterAdd(
                    old, GUARD, x, GUARD, outer, count, inner, index, GUARD, added, GUARD, size);
            for (int i = 0; i < written.length; i++) {
                assertEquals(wantWritten[i], written[i]);
                assertEquals(wantAdded[i], added[i]);
            }
        }
    }

    @Test
    void positionsOutsideAreRefused() {
        for (int[] s : shapes()) {
            int outer = s[0];
            int size = s[1];
            int inner = s[2];
            int count = s[3];
            float[] x = values(outer * size * inner);
            float[] w = values(outer * count * inner);
            float[] y = values(outer * Math.max(count, size) * inner);
            for (long bad : new long[] {-1, size, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE}) {
                long[] index = index(outer * count * inner, size);
                index[GUARD + random.nextInt(outer * count * inner)] = bad;
                assertThrows(
                        IndexOutOfBoundsException.class,
                        () -> Gather.gather(x, 0, outer, size, inner, index, GUARD, count, y, 0));
                assertThrows(
                        IndexOutOfBoundsException.class,
                        () ->
                                Gather.scatter(
                                        x, 0, w, 0, outer, count, inner, index, GUARD, y, 0, size));
                assertThrows(
                        IndexOutOfBoundsException.class,
                        () ->
                                IndexAdd.scatterAdd(
                                        x, 0, w, 0, outer, count, inner, index, GUARD, y, 0, size));
            }
        }
    }

    /// Outer size, size of the axis, inner size, size of the index along the axis.
    private static int[][] shapes() {
        return new int[][] {
            {1, 1, 1, 1},
            {1, 7, 1, 20},
            {5, 7, 1, 3},
            {1, 9, 17, 4},
            {3, 4, 33, 6},
            {700, 9, 1, 60},
            {3, 40, 1, 2500},
            {2, 5, 2100, 3}
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
