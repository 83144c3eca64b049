package dev.lanegrad.data;

import dev.lanegrad.Philox;
import java.util.stream.LongStream;

/// Orders in which examples are taken.
final class Order {
    private Order() {}

    /// The numbers 0 to n − 1 in an order that depends on `random` alone, all as likely (up to
    /// n·2⁻⁵³).
    static long[] shuffled(int n, Philox random) {
        long[] order = LongStream.range(0, n).toArray();
        double[] u = new double[n];
        random.uniform(u, 0, n, 0, 0, 1);
        for (int i = n - 1; i > 0; i--) {
            int j = (int) (u[i] * (i + 1));
            long taken = order[j];
            order[j] = order[i];
            order[i] = taken;
        }
        return order;
    }

    /// Positions in `sums`, each as likely as its share in the last sum: that by which it is larger
    /// than the one before.
    static long[] drawn(double[] sums, int count, Philox random) {
        double[] u = new double[count];
        random.uniform(u, 0, count, 0, 0, sums[sums.length - 1]);
        long[] drawn = new long[count];
        for (int i = 0; i < count; i++) {
            int low = 0;
            int high = sums.length - 1;
            while (low < high) { // the first sum above u
                int middle = (low + high) >>> 1;
                if (sums[middle] > u[i]) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            drawn[i] = low;
        }
        return drawn;
    }
}
