package dev.lanegrad.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Calls of kernels that a thread made, kept so that they can be made again over the same memory:
/// what a program without branches does, without the program.
///
/// Kept are the calls of `dev.lanegrad.kernels.any` that return nothing, of [StridedLoop] and of
/// [Parallel]; what else the program does is not done again. Arrays are kept by reference: the
/// program may not write to those that say how a kernel runs (offsets, strides, sizes) after the
/// call.
public final class Launches {
    /// How many threads keep their calls. A thread that does has counted itself, so it sees a
    /// number above 0 without any ordering; others ask only a bit more.
    private static int recorders;

    private static final ThreadLocal<@Nullable Launches> CURRENT = new ThreadLocal<>();

    /// @param arrays null if they are not known: it may be any
    private record Launch(Runnable call, @Nullable Object @Nullable [] arrays) {
        @SuppressWarnings("ReferenceEquality") // it is about the memory
        boolean mayUse(Object array) {
            if (arrays == null) {
                return true;
            }
            for (Object used : arrays) {
                if (used == array) {
                    return true;
                }
            }
            return false;
        }
    }

    private final List<Launch> made = new ArrayList<>();

    private Launches() {}

    /// The calls that `program` makes on this thread, in their order; it runs once.
    public static Launches of(Runnable program) {
        Launches outer = CURRENT.get();
        Launches launches = new Launches();
        count(1);
        CURRENT.set(launches);
        try {
            program.run();
        } finally {
            CURRENT.set(outer);
            count(-1);
        }
        return launches;
    }

    private static synchronized void count(int change) {
        recorders += change;
    }

    /// Whether calls of this thread are kept.
    public static boolean areKept() {
        return recorders != 0 && CURRENT.get() != null;
    }

    /// Makes a call, and keeps it if this thread's calls are kept, but not those within it.
    ///
    /// @param arrays all that it reads or writes, and whatever else it was given; null if they are
    ///   not known
    public static void make(Runnable call, @Nullable Object @Nullable [] arrays) {
        if (!areKept()) {
            call.run();
            return;
        }
        Launches launches = Objects.requireNonNull(CURRENT.get());
        launches.made.add(new Launch(call, arrays));
        CURRENT.set(null);
        try {
            call.run();
        } finally {
            CURRENT.set(launches);
        }
    }

    /// Those that this thread has kept so far, if it keeps its calls.
    public static @Nullable Launches soFar() {
        return areKept() ? CURRENT.get() : null;
    }

    /// The number of calls.
    public int size() {
        return made.size();
    }

    /// The last call that may have used `array`; −1 if none did.
    public int lastUse(Object array) {
        for (int i = made.size() - 1; i >= 0; i--) {
            if (made.get(i).mayUse(array)) {
                return i;
            }
        }
        return -1;
    }

    /// The calls, to be made again in this order.
    public Runnable[] calls() {
        return made.stream().map(Launch::call).toArray(Runnable[]::new);
    }
}
