package dev.lanegrad.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.lang.reflect.Array;

/// Checks that a kernel's results do not depend on the number of threads.
public final class SameBits {
    private SameBits() {}

    /// Runs `kernel` with 1, 2, 3 and 8 threads on `outputs` that hold the same values before.
    public static void forAnyThreads(Runnable kernel, Object... outputs) {
        int threads = Parallel.numThreads();
        Object[] before = copies(outputs);
        Object[] expected = null;
        try {
            for (int n : new int[] {1, 2, 3, 8}) {
                Parallel.setNumThreads(n);
                for (int k = 0; k < outputs.length; k++) {
                    System.arraycopy(before[k], 0, outputs[k], 0, Array.getLength(before[k]));
                }
                kernel.run();
                if (expected == null) {
                    expected = copies(outputs);
                }
                assertArrayEquals(expected, outputs, n + " threads");
            }
        } finally {
            Parallel.setNumThreads(threads);
        }
    }

    private static Object[] copies(Object[] arrays) {
        Object[] copies = new Object[arrays.length];
        for (int k = 0; k < arrays.length; k++) {
            int n = Array.getLength(arrays[k]);
            copies[k] = Array.newInstance(arrays[k].getClass().getComponentType(), n);
            System.arraycopy(arrays[k], 0, copies[k], 0, n);
        }
        return copies;
    }
}
