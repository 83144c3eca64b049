package dev.lanegrad.regress;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Many tests at once: Holm, A simple sequentially rejective multiple test procedure, Scandinavian
/// Journal of Statistics 6 (1979).
final class Holm {
    private Holm() {}

    /// Adjusted p values in the order of `p`: with those of at most `a` rejected, the chance of any
    /// false rejection is at most `a`.
    static double[] adjust(double... p) {
        int[] ascending =
                IntStream.range(0, p.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> p[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        double[] adjusted = new double[p.length];
        double largest = 0;
        for (int rank = 0; rank < p.length; rank++) {
            int i = ascending[rank];
            largest = Math.max(largest, Math.min(1, (p.length - rank) * p[i]));
            adjusted[i] = largest;
        }
        return adjusted;
    }
}
