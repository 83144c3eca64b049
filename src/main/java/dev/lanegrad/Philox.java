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
/// Blocks are made 64 at a time: parts that begin at multiples of 256 floats or 128 doubles waste
/// nothing. Immutable. These are not the values of PyTorch's CPU generator; for those see
/// [Generator].
public final class Philox {
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;
    private static final long WORD = 0xFFFFFFFFL;

    private static final int BLOCKS = 64;
    private static final int FLOATS = 4 * BLOCKS;
    private static final int DOUBLES = 2 * BLOCKS;

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
        check(y.length, at, n, from);
        float width = high - low;
        float[] chunk = new float[FLOATS];
        long[] words = new long[4 * BLOCKS];
        for (int i = 0; i < n; ) {
            long position = from + i;
            int offset = (int) (position % FLOATS);
            int count = Math.min(FLOATS - offset, n - i);
            floats(position / FLOATS, words, chunk);
            for (int k = 0; k < count; k++) {
                float x = Math.fma(chunk[offset + k], width, low);
                y[at + i + k] = x == high ? low : x;
            }
            i += count;
        }
    }

    /// As the float form, on a grid of `2^-53·(high - low)`.
    public void uniform(double[] y, int at, int n, long from, double low, double high) {
        check(y.length, at, n, from);
        double width = high - low;
        double[] chunk = new double[DOUBLES];
        long[] words = new long[4 * BLOCKS];
        for (int i = 0; i < n; ) {
            long position = from + i;
            int offset = (int) (position % DOUBLES);
            int count = Math.min(DOUBLES - offset, n - i);
            doubles(position / DOUBLES, words, chunk);
            for (int k = 0; k < count; k++) {
                double x = Math.fma(chunk[offset + k], width, low);
                y[at + i + k] = x == high ? low : x;
            }
            i += count;
        }
    }

    /// Fills `y[at] .. y[at + n - 1]` with the values at the positions `from .. from + n - 1`,
    /// normal with `mean` and `std`.
    ///
    /// @throws IndexOutOfBoundsException if the range leaves the array or `from` is negative
    public void normal(float[] y, int at, int n, long from, float mean, float std) {
        check(y.length, at, n, from);
        float[] chunk = new float[FLOATS];
        long[] words = new long[4 * BLOCKS];
        for (int i = 0; i < n; ) {
            long position = from + i;
            int offset = (int) (position % FLOATS);
            int count = Math.min(FLOATS - offset, n - i);
            floats(position / FLOATS, words, chunk);
            BoxMuller.turn(chunk, 0, FLOATS, mean, std);
            System.arraycopy(chunk, offset, y, at + i, count);
            i += count;
        }
    }

    /// As the float form.
    public void normal(double[] y, int at, int n, long from, double mean, double std) {
        check(y.length, at, n, from);
        double[] chunk = new double[DOUBLES];
        long[] words = new long[4 * BLOCKS];
        for (int i = 0; i < n; ) {
            long position = from + i;
            int offset = (int) (position % DOUBLES);
            int count = Math.min(DOUBLES - offset, n - i);
            doubles(position / DOUBLES, words, chunk);
            BoxMuller.turn(chunk, 0, DOUBLES, mean, std);
            System.arraycopy(chunk, offset, y, at + i, count);
            i += count;
        }
    }

    /// Replaces 64 counters with their four random words each under the 64-bit `key`. Words are
    /// longs without sign; `words` holds the lowest of all counters, then the next, and so on. One
    /// array, as the compiler vectorizes the loop only when it sees that nothing overlaps.
    static void scramble(long[] words, long key) {
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            scramble(words, k0 & WORD, k1 & WORD);
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
    }

    private static void scramble(long[] words, long k0, long k1) {
        for (int j = 0; j < BLOCKS; j++) {
            // The masks tell the compiler that these are products of words.
            long p0 = (words[j] & WORD) * MULTIPLIER_0;
            long p1 = (words[j + 2 * BLOCKS] & WORD) * MULTIPLIER_1;
            words[j] = (p1 >>> 32) ^ words[j + BLOCKS] ^ k0;
            words[j + BLOCKS] = p1 & WORD;
            words[j + 2 * BLOCKS] = (p0 >>> 32) ^ words[j + 3 * BLOCKS] ^ k1;
            words[j + 3 * BLOCKS] = p0 & WORD;
        }
    }

    private void chunk(long number, long[] words) {
        long first = number * BLOCKS;
        for (int j = 0; j < BLOCKS; j++) {
            words[j] = (first + j) & WORD;
            words[j + BLOCKS] = (first + j) >>> 32;
            words[j + 2 * BLOCKS] = stream & WORD;
            words[j + 3 * BLOCKS] = stream >>> 32;
        }
        scramble(words, seed);
    }

    private void floats(long number, long[] words, float[] chunk) {
        chunk(number, words);
        for (int j = 0; j < FLOATS; j++) {
            chunk[j] = (int) (words[j] >>> 8) * 0x1p-24f;
        }
    }

    private void doubles(long number, long[] words, double[] chunk) {
        chunk(number, words);
        for (int j = 0; j < DOUBLES; j++) {
            chunk[j] = ((words[j] << 32 | words[j + DOUBLES]) >>> 11) * 0x1p-53;
        }
    }

    private static void check(int length, int at, int n, long from) {
        Objects.checkFromIndexSize(at, n, length);
        Objects.checkFromIndexSize(from, n, Long.MAX_VALUE);
    }
}
