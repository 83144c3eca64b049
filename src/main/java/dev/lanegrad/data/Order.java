package dev.lanegrad.data;

import dev.lanegrad.Philox;
import java.util.stream.LongStream;

/// The order in which images are taken.
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
}
