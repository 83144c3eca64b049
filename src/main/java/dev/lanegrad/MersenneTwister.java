package dev.lanegrad;

/// The 32-bit generator mt19937 of Matsumoto and Nishimura (ACM TOMACS 8, 1998), seeded by their
/// `init_genrand` of 2002. Its state is a block of 624 words, renewed at once when all are used,
/// and how many of them are.
///
/// Not thread-safe: [Generator] holds its lock around it.
final class MersenneTwister {
    static final int WORDS = 624;

    private static final int SHIFT = 397;
    private static final int MATRIX = 0x9908b0df;

    private final int[] words = new int[WORDS];
    private final int[] tempered = new int[WORDS]; // the words as they are handed out
    private int used;
    private boolean renewed; // since seeding

    /// Starts the stream of `seed`, of which the low 32 bits count.
    MersenneTwister(long seed) {
        seed(seed);
    }

    void seed(long seed) {
        words[0] = (int) seed;
        for (int j = 1; j < WORDS; j++) {
            int w = words[j - 1];
            words[j] = 1812433253 * (w ^ (w >>> 30)) + j;
        }
        used = WORDS;
        renewed = false;
    }

    /// 32 uniform bits.
    int next() {
        if (used == WORDS) {
            renew();
        }
        return tempered[used++];
    }

    /// Fills `y[at] .. y[at + n - 1]` with floats uniform in [0, 1) on a grid of 2^-24, of 32 bits
    /// each.
    void fill(float[] y, int at, int n) {
        int end = at + n;
        for (int i = at; i < end; ) {
            if (used == WORDS) {
                renew();
            }
            int count = Math.min(end - i, WORDS - used);
            for (int k = 0; k < count; k++) {
                y[i + k] = (tempered[used + k] & 0xffffff) * 0x1p-24f;
            }
            used += count;
            i += count;
        }
    }

    /// Passes over `n` calls of [#next()].
    void skip(long n) {
        long rest = n;
        while (rest > WORDS - used) {
            rest -= WORDS - used;
            twistAll();
        }
        used += (int) rest;
        temper();
    }

    /// Where in the block PyTorch's generator reads next: at 0 after seeding (and renews the block
    /// first), else 1 to [#WORDS].
    int position() {
        return renewed ? used : 0;
    }

    /// Which of the coming calls of [#next()] renews the block, as PyTorch's generator counts: 1 is
    /// the next one.
    int left() {
        return WORDS + 1 - used;
    }

    int word(int j) {
        return words[j];
    }

    /// Goes to a state read earlier through [#word(int)], [#position()] and [#left()].
    ///
    /// @throws IllegalArgumentException if no stream has such a position
    void restore(int[] words, long position, int left) {
        boolean fresh = left == 1 && position == 0;
        boolean within = left >= 1 && left <= WORDS && position == WORDS + 1 - left;
        if (!fresh && !within) {
            throw new IllegalArgumentException(
                    "state: position %d with %d words left of %d".formatted(position, left, WORDS));
        }
        System.arraycopy(words, 0, this.words, 0, WORDS);
        used = WORDS + 1 - left;
        renewed = !fresh;
        temper();
    }

    private void renew() {
        twistAll();
        temper();
    }

    private void twistAll() {
        int j = 0;
        for (; j < WORDS - SHIFT; j++) {
            words[j] = words[j + SHIFT] ^ twist(words[j], words[j + 1]);
        }
        for (; j < WORDS - 1; j++) {
            words[j] = words[j + SHIFT - WORDS] ^ twist(words[j], words[j + 1]);
        }
        words[j] = words[j + SHIFT - WORDS] ^ twist(words[j], words[0]);
        used = 0;
        renewed = true;
    }

    private void temper() {
        for (int j = 0; j < WORDS; j++) {
            int y = words[j];
            y ^= y >>> 11;
            y ^= (y << 7) & 0x9d2c5680;
            y ^= (y << 15) & 0xefc60000;
            tempered[j] = y ^ (y >>> 18);
        }
    }

    private static int twist(int u, int v) {
        int mixed = (u & 0x80000000) | (v & 0x7fffffff);
        return (mixed >>> 1) ^ (-(v & 1) & MATRIX);
    }
}
