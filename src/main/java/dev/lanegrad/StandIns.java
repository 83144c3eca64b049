package dev.lanegrad;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tensors that stand in for others on one thread, for as long as a call takes: how modules compute
/// with parameters that are not theirs while theirs stay as they are.
///
/// Whoever computes with a tensor that others may stand in for asks [#of]; modules do so with
/// `now(weight)`. Calls nest, the innermost stand-in counting. A [Checkpoint] computes again with
/// the stand-ins that it was run with.
public final class StandIns {
    /// How many calls there are on all threads; reading it is all that [#of] costs otherwise.
    private static final AtomicInteger CALLS = new AtomicInteger();

    private final Map<Tensor, Tensor> others;
    private final Set<Tensor> asked = new HashSet<>();
    private final @Nullable StandIns outer;

    private StandIns(Map<Tensor, Tensor> others, @Nullable StandIns outer) {
        this.others = Map.copyOf(others);
        this.outer = outer;
    }

    /// Runs `call` with the values of `others` in the place of the keys.
    ///
    /// @param names of keys that a [warning][Lanegrad#onWarning] is to name if the call never asks
    ///   [#of] for them
    public static <T extends @Nullable Object> T run(
            Map<Tensor, Tensor> others, Supplier<T> call, Map<Tensor, String> names) {
        StandIns these = new StandIns(others, Modes.current().standIns);
        T result = within(these, call);
        for (Tensor own : others.keySet()) {
            String name = these.asked.contains(own) ? null : names.get(own);
            if (name != null) {
                Warnings.warn(
                        "functionalCall: "
                                + name
                                + " was not read through now(...): what was given in its place had"
                                + " no effect");
            }
        }
        return result;
    }

    /// Runs `call` with these stand-ins, whatever those of the thread are.
    static <T extends @Nullable Object> T within(@Nullable StandIns these, Supplier<T> call) {
        Modes modes = Modes.current();
        StandIns before = modes.standIns;
        modes.standIns = these;
        CALLS.incrementAndGet();
        try {
            return call.get();
        } finally {
            CALLS.decrementAndGet();
            modes.standIns = before;
        }
    }

    /// What stands in for a tensor, or that itself.
    public static <T extends @Nullable Tensor> T of(T own) {
        return own == null || CALLS.get() == 0 ? own : find(own);
    }

    @SuppressWarnings("unchecked") // T is Tensor, perhaps nullable, and nothing below it
    private static <T extends @Nullable Tensor> T find(T own) {
        for (StandIns s = Modes.current().standIns; s != null; s = s.outer) {
            Tensor other = s.others.get(own);
            if (other != null) {
                s.asked.add(own);
                return (T) other;
            }
        }
        return own;
    }
}
