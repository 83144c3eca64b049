package dev.lanegrad.data;

import java.util.random.RandomGenerator;

/// Random numbers that seed, epoch and number of an example decide, whatever happens to others:
/// SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014).
final class ExampleRandom implements RandomGenerator {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    ExampleRandom(long seed, int epoch, long number) {
        state = mix(mix(mix(seed) + epoch) + number);
    }

    private static long mix(long x) {
        long z = x + GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    @Override
    public long nextLong() {
        long x = mix(state);
        state += GOLDEN;
        return x;
    }
}
