package dev.lanegrad;

import dev.lanegrad.kernels.Launches;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The memory of a [Plan]: what every tensor of its program gets, in the order in which the program
/// asks.
///
/// A first arena gives a new array to each and so finds out, from the calls of kernels, how long
/// each is needed; the next one, for the same program, gives an array again once it no longer is.
@SuppressWarnings("ReferenceEquality") // it is about the memory
final class Arena {
    /// Shorter arrays are not given again: some hold numbers that were written when the program
    /// ran.
    private static final int SMALLEST_BYTES = 8 << 10;

    /// How much longer an array may be than what it is used for.
    private static final int WASTE = 2;

    private record Block(Object array, DType dtype, int lastUse) {
        boolean serves(DType type, int n) {
            int length = Array.getLength(array);
            return dtype == type && length >= n && length <= (long) WASTE * n;
        }
    }

    private final int @Nullable [] lastUses;
    private final List<Object> given = new ArrayList<>();
    private final List<Block> inUse = new ArrayList<>();
    private final List<Block> free = new ArrayList<>();

    /// An arena that gives nothing twice.
    Arena() {
        lastUses = null;
    }

    /// An arena for the program that got its memory of `first` and made these calls; what it got
    /// first, its input, and the result are needed to the end.
    Arena(Arena first, Launches launches, Object result) {
        Object input = first.given.getFirst();
        lastUses =
                first.given.stream()
                        .mapToInt(array ->
                                array == result || array == input
                                        ? Integer.MAX_VALUE
                                        : launches.lastUse(array))
                        .toArray();
    }

    /// Refuses to let a program that is being planned see values, except those that it wrote
    /// itself.
    void look(Object array) {
        Launches launches = Launches.soFar();
        if (launches != null && (array == given.getFirst() || launches.lastUse(array) >= 0)) {
            throw new IllegalArgumentException(
                    "compile: the program looks at values while it is planned (an item, a list, an"
                            + " array, or positions that depend on values)");
        }
    }

    /// An array of at least `n` elements of undefined value.
    Object acquire(DType dtype, int n) {
        int lastUse =
                lastUses == null || given.size() >= lastUses.length
                        ? Integer.MAX_VALUE
                        : lastUses[given.size()];
        Object array = reused(dtype, n);
        if (array == null) {
            array = Pool.fresh(dtype, n);
        }
        given.add(array);
        inUse.add(new Block(array, dtype, lastUse));
        return array;
    }

    /// A free array of the fitting length, of several the one that was needed last.
    private @Nullable Object reused(DType dtype, int n) {
        Launches launches = Launches.soFar();
        int now = launches == null ? 0 : launches.size();
        for (int i = 0; i < inUse.size(); ) {
            if (inUse.get(i).lastUse() < now) {
                free.add(inUse.remove(i));
            } else {
                i++;
            }
        }
        Block best = null;
        for (Block b : free) {
            if (b.serves(dtype, n)
                    && (best == null || Array.getLength(b.array) <= Array.getLength(best.array))) {
                best = b;
            }
        }
        if (best == null || (long) n * dtype.bytes() < SMALLEST_BYTES) {
            return null;
        }
        free.remove(best);
        return best.array;
    }
}
