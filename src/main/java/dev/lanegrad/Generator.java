package dev.lanegrad;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.concurrent.locks.ReentrantLock;

/// A stream of random numbers, bit for bit that of PyTorch's CPU generator: the same seed and the
/// same calls give the same values.
///
/// Any thread may use it. A function that fills a tensor takes its values in one piece, so two
/// threads never interleave inside a tensor; which of them comes first is up to them. For values
/// that do not depend on threads at all see [Philox].
public final class Generator {
    /// The seed of a new generator.
    public static final long DEFAULT_SEED = 67280421310721L;

    /// Size of [#state()] in bytes.
    public static final int STATE_BYTES = 5056;

    // PyTorch's layout, little endian: seed, left (int), seeded (int), next, 624 words as 64 bits,
    // three doubles (unused, the waiting normal value, unused), whether it is valid (int), 4 bytes
    // of padding, the float twin of that value, whether it is valid (byte), 3 bytes of padding.
    private static final int WORDS_AT = 24;
    private static final int NORMAL_AT = WORDS_AT + 8 * MersenneTwister.WORDS + 8;
    private static final int NORMAL_VALID_AT = NORMAL_AT + 16;
    private static final int FLOAT_NORMAL_AT = NORMAL_VALID_AT + 8;
    private static final int FLOAT_NORMAL_VALID_AT = FLOAT_NORMAL_AT + 4;

    private static final class Default {
        static final Generator INSTANCE = new Generator().manualSeed(nonDeterministic());
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final MersenneTwister engine = new MersenneTwister(DEFAULT_SEED);
    private long seed = DEFAULT_SEED;

    // Box-Muller makes two values at a time; the second one waits here. No CPU function makes
    // float ones, but a state from elsewhere may carry one, and must come back unchanged.
    private boolean normalWaits;
    private double waitingNormal;
    private boolean floatNormalWaits;
    private float waitingFloatNormal;

    /// A generator with the seed [#DEFAULT_SEED].
    public Generator() {}

    /// The generator of every call that is given none. Its seed differs from run to run until
    /// [#manualSeed(long)] sets it.
    public static Generator defaultGenerator() {
        return Default.INSTANCE;
    }

    /// Restarts the stream at `seed` and returns this generator. Streams of seeds that agree in
    /// their low 32 bits are equal.
    public Generator manualSeed(long seed) {
        lock.lock();
        try {
            this.seed = seed;
            engine.seed(seed);
            normalWaits = false;
            floatNormalWaits = false;
            return this;
        } finally {
            lock.unlock();
        }
    }

    /// Restarts the stream at a seed that cannot be foreseen, and returns that seed (53 bits).
    public long seed() {
        long chosen = nonDeterministic();
        manualSeed(chosen);
        return chosen;
    }

    /// The seed that the stream started from; negative ones stand for unsigned values from 2^63.
    public long initialSeed() {
        lock.lock();
        try {
            return seed;
        } finally {
            lock.unlock();
        }
    }

    /// The next 32 bits of the stream.
    public int random() {
        lock.lock();
        try {
            return next32();
        } finally {
            lock.unlock();
        }
    }

    /// The next 64 bits of the stream, the earlier 32 of them on top.
    public long random64() {
        lock.lock();
        try {
            return next64();
        } finally {
            lock.unlock();
        }
    }

    /// The state as PyTorch's `get_rng_state` gives it, [#STATE_BYTES] bytes.
    public byte[] state() {
        lock.lock();
        try {
            ByteBuffer b = ByteBuffer.allocate(STATE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            b.putLong(seed).putInt(engine.left()).putInt(1).putLong(engine.position());
            for (int j = 0; j < MersenneTwister.WORDS; j++) {
                b.putLong(Integer.toUnsignedLong(engine.word(j)));
            }
            if (normalWaits) {
                b.putDouble(NORMAL_AT, waitingNormal);
                b.putInt(NORMAL_VALID_AT, 1);
            }
            if (floatNormalWaits) {
                b.putFloat(FLOAT_NORMAL_AT, waitingFloatNormal);
                b.put(FLOAT_NORMAL_VALID_AT, (byte) 1);
            }
            return b.array();
        } finally {
            lock.unlock();
        }
    }

    /// Goes to a state that [#state()] gave, here or in PyTorch, and returns this generator.
    ///
    /// @throws IllegalArgumentException if `state` is none; the generator is then as it was
    public Generator state(byte[] state) {
        if (state.length != STATE_BYTES) {
            throw new IllegalArgumentException(
                    "state: needs %d bytes, got %d".formatted(STATE_BYTES, state.length));
        }
        ByteBuffer b = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
        long newSeed = b.getLong();
        int left = b.getInt();
        if (b.getInt() != 1) {
            throw new IllegalArgumentException("state: of a generator without a seed");
        }
        long position = b.getLong();
        int[] words = new int[MersenneTwister.WORDS];
        for (int j = 0; j < words.length; j++) {
            words[j] = (int) b.getLong();
        }
        lock.lock();
        try {
            engine.restore(words, position, left);
            seed = newSeed;
            normalWaits = b.getInt(NORMAL_VALID_AT) != 0;
            waitingNormal = b.getDouble(NORMAL_AT);
            floatNormalWaits = b.get(FLOAT_NORMAL_VALID_AT) != 0;
            waitingFloatNormal = b.getFloat(FLOAT_NORMAL_AT);
            return this;
        } finally {
            lock.unlock();
        }
    }

    /// A generator of its own that goes on from here as this one does.
    public Generator cloneState() {
        return new Generator().state(state());
    }

    /// Passes over the next `n` words of 32 random bits: a float of a uniform distribution takes
    /// one, a double two.
    ///
    /// @throws IllegalArgumentException if `n` is negative
    public Generator skip(long n) {
        if (n < 0) {
            throw new IllegalArgumentException("skip: cannot go back (by " + n + " words)");
        }
        lock.lock();
        try {
            engine.skip(n);
            return this;
        } finally {
            lock.unlock();
        }
    }

    /// Keeps other threads out until [#unlock()]; the methods below need it.
    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /// The next 32 bits. The caller holds the lock, here and below.
    int next32() {
        assert lock.isHeldByCurrentThread();
        return engine.next();
    }

    long next64() {
        long high = next32();
        return high << 32 | Integer.toUnsignedLong(next32());
    }

    /// A float uniform in [0, 1) on a grid of 2^-24.
    float nextFloat() {
        return (next32() & 0xffffff) * 0x1p-24f;
    }

    /// As [#nextFloat()], into `y[at] .. y[at + n - 1]`.
    void nextFloats(float[] y, int at, int n) {
        assert lock.isHeldByCurrentThread();
        engine.fill(y, at, n);
    }

    /// A double uniform in [0, 1) on a grid of 2^-53.
    double nextDouble() {
        return (next64() & ((1L << 53) - 1)) * 0x1p-53;
    }

    /// A standard normal value: Box and Muller's first, or the second one that waits from the last
    /// call. Filling a contiguous tensor of 16 or more elements neither takes nor leaves one.
    double nextNormal() {
        if (normalWaits) {
            normalWaits = false;
            return waitingNormal;
        }
        double theta = 2 * Math.PI * nextDouble();
        double radius = Math.sqrt(-2 * StrictMath.log1p(-nextDouble()));
        normalWaits = true;
        waitingNormal = radius * PortableMath.sin(theta);
        return radius * PortableMath.cos(theta);
    }

    private static long nonDeterministic() {
        return new SecureRandom().nextLong() & ((1L << 53) - 1);
    }
}
