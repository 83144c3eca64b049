package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SortingTest {
    @Test
    void everyRankIsThatOfASortedArray() {
        Random random = new Random(4);
        for (int n = 1; n < 40; n++) {
            double[] values = random.ints(n, 0, n).asDoubleStream().toArray();
            Tensor x = Tensor.of(values);
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            assertArrayEquals(sorted, x.sort(0).values().toDoubleArray());
            for (int k = 1; k <= n; k++) {
                ValuesAndIndices kth = x.kthvalue(k, 0, false);
                assertEquals(sorted[k - 1], kth.values().item());
                assertEquals(sorted[k - 1], values[(int) (long) kth.indices().item()]);
            }
            assertEquals(sorted[(n - 1) / 2], x.median().item());
        }
    }

    @Test
    void ranksOfLongRowsAreThoseOfASortedArray() {
        Random random = new Random(5);
        for (int n : new int[] {25, 64, 1000, 4097}) {
            for (int different : new int[] {3, n, Integer.MAX_VALUE}) {
                float[] values = new float[n];
                for (int i = 0; i < n; i++) {
                    values[i] = random.nextInt(different) - different / 2;
                }
                values[n / 3] = Float.NEGATIVE_INFINITY;
                Tensor x = Tensor.of(values);
                float[] sorted = values.clone();
                Arrays.sort(sorted);
                assertEquals(sorted[(n - 1) / 2], x.median().item());
                for (int k : new int[] {1, 2, n / 7, n / 2, n - 1, n}) {
                    ValuesAndIndices kth = x.kthvalue(k, 0, false);
                    assertEquals(sorted[k - 1], kth.values().item());
                    assertEquals(sorted[k - 1], values[(int) (long) kth.indices().item()]);
                }
                values[n / 2] = Float.NaN;
                assertEquals(Float.NaN, Tensor.of(values).median().item());
            }
        }
    }

    @Test
    void naNIsTheLargestAndBothZerosAreEqual() {
        Tensor x = Tensor.of(1, Double.NaN, -0.0, Double.POSITIVE_INFINITY, 0.0);
        assertArrayEquals(new long[] {2, 4, 0, 3, 1}, x.sort(0).indices().toLongArray());
        assertArrayEquals(new long[] {1, 3, 0, 2, 4}, x.sort(0, true).indices().toLongArray());
    }
}
