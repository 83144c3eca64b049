// derive: f64 i64 i32 i16 i8
package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.kernels.Layout;
import dev.lanegrad.kernels.SameBits;
import dev.lanegrad.kernels.any.Copy;
import dev.lanegrad.kernels.any.IndexAdd;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CopyTest {
    private static final float GUARD = (float) 99;

    private final Random random = new Random(2);

    @Test
    void anyLayoutToAnyLayout() {
        int[][] cases = {
            {}, {1}, {70}, {0, 3}, {5, 7}, {33, 31}, {4, 1, 9}, {2, 3, 65, 40}, {2, 40, 3, 5, 4}
        };
        for (int[] sizes : cases) {
            for (int round = 0; round < 8; round++) {
                Layout from =
                        round < 4 ? Layout.random(random, sizes) : Layout.expanded(random, sizes);
                check(from, round == 0 ? Layout.dense(sizes) : Layout.random(random, sizes));
            }
        }
    }

    @Test
    void rowsFromTheLastElementToTheFirst() {
        for (int n : new int[] {1, 7, 16, 33, 100}) {
            float[] x = new float[3 * n];
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) (i % 90);
            }
            float[] y = new float[3 * n + 1];
            y[3 * n] = GUARD;
            Copy.copyStrided(new int[] {3, n}, x, n - 1, new int[] {n, -1}, y, 0, new int[] {n, 1});
            for (int i = 0; i < 3 * n; i++) {
                assertEquals(x[i / n * n + n - 1 - i % n], y[i]);
            }
            assertEquals(GUARD, y[3 * n]);
        }
    }

    @Test
    void rowsOfAnyLengthWithGapsBetweenThem() {
        for (int n = 2; n < 300; n += n < 40 ? 1 : 7) {
            float[] x = new float[5 * (n + 3)];
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) (i % 90);
            }
            float[] y = new float[5 * (n + 5)];
            java.util.Arrays.fill(y, GUARD);
            float[] expected = y.clone();
            for (int i = 0; i < 5 * n; i++) {
                expected[1 + i / n * (n + 5) + i % n] = x[2 + i / n * (n + 3) + i % n];
            }
            int[] sizes = {5, n};
            Copy.copyStrided(sizes, x, 2, new int[] {n + 3, 1}, y, 1, new int[] {n + 5, 1});
            assertArrayEquals(expected, y);
        }
    }

    @Test
    void everySecondElementUpToTheLast() {
        for (int n = 1; n < 80; n++) {
            float[] x = new float[2 * n];
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) (i % 90);
            }
            float[] y = new float[n + 2];
            y[0] = GUARD;
            y[n + 1] = GUARD;
            Copy.strided(x, 1, 2, y, 1, 1, n);
            for (int i = 0; i < n; i++) {
                assertEquals(x[1 + 2 * i], y[1 + i]);
            }
            assertEquals(GUARD, y[0]);
            assertEquals(GUARD, y[n + 1]);
        }
    }

    @Test
    void columnsAreSelectedByNumber() {
        for (int[] s : new int[][] {{1, 3, 5}, {5, 33, 17}, {3, 40, 2500}, {700, 9, 60}}) {
            int outer = s[0];
            int rows = s[1];
            int count = s[2];
            long[] index = new long[count + 1];
            for (int i = 0; i < index.length; i++) {
                index[i] = random.nextInt(rows);
            }
            float[] x = new float[outer * rows + 1];
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) random.nextInt(100);
            }
            float[] y = new float[outer * count + 2];
            y[0] = GUARD;
            y[y.length - 1] = GUARD;
            Copy.indexSelect(x, 1, outer, rows, 1, index, 1, count, y, 1);
            for (int i = 0; i < outer * count; i++) {
                assertEquals(x[1 + i / count * rows + (int) index[1 + i % count]], y[1 + i]);
            }
            assertEquals(GUARD, y[0]);
            assertEquals(GUARD, y[y.length - 1]);
        }
    }

    @Test
    void imagesBetweenChannelsFirstAndChannelsLast() {
        for (int channels : new int[] {1, 2, 3, 4, 7, 8, 16, 33, 64}) {
            for (int size : new int[] {1, 3, 5, 8, 13}) {
                Layout first = Layout.dense(2, channels, size, size + 1);
                Layout last = Layout.inOrder(new int[] {0, 2, 3, 1}, first.sizes());
                check(first, last);
                check(last, first);
            }
        }
    }

    @Test
    void resultsDoNotDependOnThreads() {
        int[] sizes = {3, 40, 30, 50};
        Layout from = Layout.dense(sizes);
        float[] x = new float[from.length()];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) i;
        }
        for (int[] order : new int[][] {{0, 1, 2, 3}, {0, 2, 3, 1}, {3, 2, 1, 0}}) {
            Layout to = Layout.inOrder(order, sizes);
            float[] y = new float[to.length()];
            SameBits.forAnyThreads(
                    () ->
                            Copy.copyStrided(
                                    sizes,
                                    x,
                                    from.offset(),
                                    from.strides(),
                                    y,
                                    to.offset(),
                                    to.strides()),
                    y);
        }
    }

    private static void check(Layout from, Layout to) {
        float[] x = new float[from.length()];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (i % 97);
        }
        float[] y = new float[to.length()];
        java.util.Arrays.fill(y, GUARD);
        float[] expected = y.clone();
        for (int i = 0; i < from.count(); i++) {
            expected[to.position(i)] = x[from.position(i)];
        }
        Copy.copyStrided(
                from.sizes(), x, from.offset(), from.strides(), y, to.offset(), to.strides());
        assertArrayEquals(expected, y, () -> from + " to " + to);
    }

    @Test
    void slicesAreSelectedAndAddedByNumber() {
        for (int inner : new int[] {1, 2, 16, 65, 130, 200}) {
            int outer = 3;
            int rows = 7;
            long[] index = {0, 6, 2, 2, 5, 0, 2, 6, 6};
            int count = index.length - 1;
            float[] x = new float[outer * rows * inner + 1];
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) (i % 11);
            }
            float[] y = new float[outer * count * inner + 2];
            java.util.Arrays.fill(y, GUARD);
            Copy.indexSelect(x, 1, outer, rows, inner, index, 1, count, y, 1);
            float[] sums = new float[outer * rows * inner];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = x[i + 1];
            }
            for (int o = 0; o < outer; o++) {
                for (int i = 0; i < count; i++) {
                    for (int k = 0; k < inner; k++) {
                        int row = o * rows + (int) index[1 + i];
                        float v = x[1 + row * inner + k];
                        assertEquals(v, y[1 + (o * count + i) * inner + k]);
                        sums[row * inner + k] += v;
                    }
                }
            }
            assertEquals(GUARD, y[0]);
            assertEquals(GUARD, y[y.length - 1]);
            float[] added = new float[sums.length];
            IndexAdd.indexAdd(x, 1, y, 1, outer, count, inner, index, 1, added, 0, rows);
            assertArrayEquals(sums, added);
        }
    }

    @Test
    void sumsAtOnePlaceDoNotDependOnThreads() {
        int count = 3000;
        long[] index = new long[count];
        float[] x = new float[2 * count * 100];
        for (int i = 0; i < count; i++) {
            index[i] = random.nextInt(5);
        }
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (random.nextGaussian() * 50);
        }
        float[] old = new float[2 * 5 * 100];
        float[] y = new float[old.length];
        SameBits.forAnyThreads(
                () -> IndexAdd.indexAdd(old, 0, x, 0, 2, count, 100, index, 0, y, 0, 5), y);
    }
}
