package dev.lanegrad.data;

import dev.lanegrad.Philox;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.LongStream;

/// Decides which examples an epoch takes, and in which order, as `torch.utils.data.Sampler`.
public interface Sampler {
    /// How many examples an epoch takes.
    int size();

    /// The numbers of the examples of an epoch.
    ///
    /// @param random differs from epoch to epoch
    long[] order(Philox random);

    /// The first `n` examples, in order.
    static Sampler sequential(int n) {
        return of(n, _ -> LongStream.range(0, n).toArray());
    }

    /// The first `n` examples, each once, in random order.
    static Sampler shuffled(int n) {
        return of(n, random -> Order.shuffled(n, random));
    }

    /// These examples, in random order.
    static Sampler subset(long... numbers) {
        long[] own = numbers.clone();
        return of(
                own.length,
                random ->
                        Arrays.stream(Order.shuffled(own.length, random))
                                .map(i -> own[(int) i])
                                .toArray());
    }

    /// Draws `count` examples with replacement, each with a probability proportional to its weight:
    /// rare classes may so be seen as often as common ones.
    ///
    /// @param weights one for each example
    /// @throws IllegalArgumentException if a weight is negative or no number, or none is positive
    static Sampler weighted(double[] weights, int count) {
        double[] sums = weights.clone();
        for (int i = 0; i < sums.length; i++) {
            if (!(sums[i] >= 0) || sums[i] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "weighted: weight %s at %d is not a number from 0 on"
                                .formatted(sums[i], i));
            }
            sums[i] += i == 0 ? 0 : sums[i - 1];
        }
        if (sums.length == 0 || sums[sums.length - 1] <= 0) {
            throw new IllegalArgumentException(
                    "weighted: none of %d weights is positive".formatted(sums.length));
        }
        return of(count, random -> Order.drawn(sums, count, random));
    }

    private static Sampler of(int size, Function<Philox, long[]> order) {
        return new Sampler() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public long[] order(Philox random) {
                return order.apply(random);
            }
        };
    }
}
