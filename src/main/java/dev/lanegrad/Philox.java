package dev.lanegrad;

import java.util.Objects;

/// Random numbers by position: the value at a position is a function of the seed, the stream and
/// the position alone. Threads that fill parts of an array, in any order and any number, therefore
/// make the same bits as one thread that fills the whole.
///
/// The function is Philox4x32-10 of Salmon, Moraes, Dror and Shaw (Parallel random numbers: as easy
/// as 1, 2, 3; SC 2011): ten rounds over a 128-bit counter, here the number of a block of four
/// words below the number of the stream, with the seed as the key.
///
/// Immutable. These are not the values of PyTorch's CPU generator; for those see [Generator].
public final class Philox {
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;

    private final long seed;
    private final long stream;

    /// The stream 0 of `seed`.
    public Philox(long seed) {
        this(seed, 0);
    }

    private Philox(long seed, long stream) {
        this.seed = seed;
        this.stream = stream;
    }

    /// The stream of this number and the same seed, independent of all others: one for each tensor,
    /// layer or step.
    public Philox stream(long number) {
        return new Philox(seed, number);
    }

    /// Fills `y[at] .. y[at + n - 1]` with the values at the positions `from .. from + n - 1`,
    /// uniform in [low, high) on a grid of `2^-24·(high - low)`.
    ///
    /// @throws IndexOutOfBoundsException if the range leaves the array or `from` is negative
    public void uniform(float[] y, int at, int n, long from, float low, float high) {
        float width = high - low;
        fill(y, at, n, from, this::floats);
        for (int i = at; i < at + n; i++) {
            y[i] = Math.fma(y[i], width, low);
        }
    }

    /// As the float form, on a grid of `2^-53·(high - low)`.
    public void uniform(double[] y, int at, int n, long from, double low, double high) {
        double width = high - low;
        fill(y, at, n, from, this::doubles);
        for (int i = at; i < at + n; i++) {
            y[i] = Math.fma(y[i], width, low);
        }
    }

    /// Fills `y[at] .. y[at + n - 1]` with the values at the positions `from .. from + n - 1`,
    /// normal with `mean` and `std`.
    ///
    /// @throws IndexOutOfBoundsException if the range leaves the array or `from` is negative
    public void normal(float[] y, int at, int n, long from, float mean, float std) {
        fill(
                y,
                at,
                n,
                from,
                (block, four) -> {
                    floats(block, four);
                    BoxMuller.turn(four, 0, four.length, mean, std);
                });
    }

    /// As the float form.
    public void normal(double[] y, int at, int n, long from, double mean, double std) {
        fill(
                y,
                at,
                n,
                from,
                (block, two) -> {
                    doubles(block, two);
                    BoxMuller.turn(two, 0, two.length, mean, std);
                });
    }

    /// The four words of the counter `words` under the 64-bit `key`, in their place.
    static void scramble(int[] words, long key) {
        int c0 = words[0];
        int c1 = words[1];
        int c2 = words[2];
        int c3 = words[3];
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = Integer.toUnsignedLong(c0) * MULTIPLIER_0;
            long p1 = Integer.toUnsignedLong(c2) * MULTIPLIER_1;
            c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            c1 = (int) p1;
            c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c3 = (int) p0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        words[0] = c0;
        words[1] = c1;
        words[2] = c2;
        words[3] = c3;
    }

    private int[] words(long block) {
        int[] words = {(int) block, (int) (block >>> 32), (int) stream, (int) (stream >>> 32)};
        scramble(words, seed);
        return words;
    }

    private void floats(long block, float[] four) {
        int[] words = words(block);
        for (int k = 0; k < four.length; k++) {
            four[k] = (words[k] >>> 8) * 0x1p-24f;
        }
    }

    private void doubles(long block, double[] two) {
        int[] words = words(block);
        for (int k = 0; k < two.length; k++) {
            long bits = (long) words[2 * k] << 32 | Integer.toUnsignedLong(words[2 * k + 1]);
            two[k] = (bits >>> 11) * 0x1p-53;
        }
    }

    @FunctionalInterface
    private interface FloatBlock {
        void write(long block, float[] four);
    }

    @FunctionalInterface
    private interface DoubleBlock {
        void write(long block, double[] two);
    }

    private static void fill(float[] y, int at, int n, long from, FloatBlock source) {
        check(y.length, at, n, from);
        float[] four = new float[4];
        for (int i = 0; i < n; ) {
            long position = from + i;
            source.write(position / four.length, four);
            for (int k = (int) (position % four.length); k < four.length && i < n; k++) {
                y[at + i++] = four[k];
            }
        }
    }

    private static void fill(double[] y, int at, int n, long from, DoubleBlock source) {
        check(y.length, at, n, from);
        double[] two = new double[2];
        for (int i = 0; i < n; ) {
            long position = from + i;
            source.write(position / two.length, two);
            for (int k = (int) (position % two.length); k < two.length && i < n; k++) {
                y[at + i++] = two[k];
            }
        }
    }

    private static void check(int length, int at, int n, long from) {
        Objects.checkFromIndexSize(at, n, length);
        Objects.checkFromIndexSize(from, n, Long.MAX_VALUE);
    }
}
