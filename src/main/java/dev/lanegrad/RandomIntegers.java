package dev.lanegrad;

/// Fills arrays from a [Generator] with integers, as PyTorch's CPU functions of the same names do:
/// same seed, same calls, same values. They hold for tensors of every element type; the caller
/// converts.
///
/// Every method fills `y[at] .. y[at + n - 1]` in one piece, under the generator's lock.
final class RandomIntegers {
    /// From this width of the range on a value takes 64 bits of the stream instead of 32, since it
    /// is a remainder and would favour small values too much.
    private static final long WIDE = 1L << 28;

    /// From this many elements on a permutation takes 64 bits an element.
    private static final int LONG_PERMUTATION = (int) (0xffffffffL / 20);

    private RandomIntegers() {}

    /// Uniform in [low, high). A floating element type that does not hold every integer of the
    /// range rounds, perhaps up to `high`.
    static void randint(Generator g, long[] y, int at, int n, long low, long high) {
        if (low >= high) {
            throw new IllegalArgumentException(
                    "randint: low %d is not below high %d".formatted(low, high));
        }
        long width = high - low; // unsigned
        boolean wide = Long.compareUnsigned(width, WIDE) >= 0;
        g.lock();
        try {
            for (int i = at; i < at + n; i++) {
                long bits = wide ? g.next64() : Integer.toUnsignedLong(g.next32());
                y[i] = Long.remainderUnsigned(bits, width) + low;
            }
        } finally {
            g.unlock();
        }
    }

    /// Uniform over all integers that an element of `dtype` holds exactly, from 0 up.
    static void random(Generator g, DType dtype, long[] y, int at, int n) {
        long count = // how many there are; 2^63 is negative, unsigned it is meant
                switch (dtype) {
                    case INT64 -> Long.MIN_VALUE;
                    case INT32 -> 1L << 31;
                    case INT16 -> 1L << 15;
                    case INT8 -> 1L << 7;
                    case UINT8 -> 1L << 8;
                    case BOOL -> 2;
                    case FLOAT64, FLOAT32, FLOAT16, BFLOAT16 -> (1L << digits(dtype)) + 1;
                };
        boolean wide = dtype == DType.INT64 || dtype == DType.FLOAT64;
        g.lock();
        try {
            for (int i = at; i < at + n; i++) {
                long bits = wide ? g.next64() : Integer.toUnsignedLong(g.next32());
                y[i] = Long.remainderUnsigned(bits, count);
            }
        } finally {
            g.unlock();
        }
    }

    /// The integers from 0 to n - 1 in random order.
    static void randperm(Generator g, long[] y, int at, int n) {
        g.lock();
        try {
            if (n < LONG_PERMUTATION) {
                shuffle(g, y, at, n);
            } else {
                insideOut(g, y, at, n);
            }
        } finally {
            g.unlock();
        }
    }

    /// Bits of the significand: all integers up to 2 to this power are exact.
    static int digits(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> 53;
            case FLOAT32 -> 24;
            case FLOAT16 -> 11;
            case BFLOAT16 -> 8;
            case INT64, INT32, INT16, INT8, UINT8, BOOL ->
                    throw new IllegalArgumentException(dtype + " has no significand");
        };
    }

    private static void shuffle(Generator g, long[] y, int at, int n) {
        for (int i = 0; i < n; i++) {
            y[at + i] = i;
        }
        for (int i = 0; i < n - 1; i++) {
            int j = at + i + Integer.remainderUnsigned(g.next32(), n - i);
            long kept = y[at + i];
            y[at + i] = y[j];
            y[j] = kept;
        }
    }

    /// As [#randperm], with the draws of a long permutation. The caller holds the lock.
    static void insideOut(Generator g, long[] y, int at, int n) {
        for (int i = 0; i < n; i++) {
            int j = at + (int) Long.remainderUnsigned(g.next64(), i + 1);
            y[at + i] = i;
            y[at + i] = y[j];
            y[j] = i;
        }
    }
}
