package dev.lanegrad;

/// The 32-bit generator mt19937 of Matsumoto and Nishimura (ACM TOMACS 8, 1998), seeded by their
/// `init_genrand` of 2002. Its state is a block of 624 words, renewed at once when all are used,
/// and the position of the next word.
///
/// Not thread-safe: [Generator] holds its lock around it.
final class MersenneTwister {
    static final int WORDS = 624;

    private static final int SHIFT = 397;
    private static final int MATRIX = 0x9908b0df;

    private final int[] words = new int[WORDS];
    private int next;
    private int left;

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
        next = 0;
        left = 1;
    }

    /// 32 uniform bits.
    int next() {
        if (--left == 0) {
            renew();
        }
        int y = words[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    /// Where in the block [#next()] reads: 0 after seeding, when the block is renewed first, else 1
    /// to [#WORDS].
    int position() {
        return next;
    }

    /// The call of [#next()] that renews the block, counted from here: 1 is the coming one.
    int left() {
        return left;
    }

    int word(int j) {
        return words[j];
    }

    /// Goes to a state read earlier through [#word(int)], [#position()] and [#left()].
    ///
    /// @throws IllegalArgumentException if no stream has such a position
    void restore(int[] words, long position, int left) {
        boolean spent = left == 1 && position >= 0 && position <= WORDS;
        boolean within = left > 1 && left <= WORDS && position == WORDS + 1 - left;
        if (!spent && !within) {
            throw new IllegalArgumentException(
                    "state: position %d with %d words left of %d".formatted(position, left, WORDS));
        }
        System.arraycopy(words, 0, this.words, 0, WORDS);
        this.next = (int) position;
        this.left = left;
    }

    private void renew() {
        int j = 0;
        for (; j < WORDS - SHIFT; j++) {
            words[j] = words[j + SHIFT] ^ twist(words[j], words[j + 1]);
        }
        for (; j < WORDS - 1; j++) {
            words[j] = words[j + SHIFT - WORDS] ^ twist(words[j], words[j + 1]);
        }
        words[j] = words[j + SHIFT - WORDS] ^ twist(words[j], words[0]);
        next = 0;
        left = WORDS;
    }

    private static int twist(int u, int v) {
        int mixed = (u & 0x80000000) | (v & 0x7fffffff);
        return (mixed >>> 1) ^ (-(v & 1) & MATRIX);
    }
}
