package dev.lanegrad;

import dev.lanegrad.ProfileRun.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls within calls, found from when they began and ended.
final class SpanTree {
    /// What a call may end later than the one around it, by rounding of the clock.
    private static final long ROUNDING_NANOS = 100;

    /// A call, and what happened in it.
    static final class Call {
        final Span span;
        final @Nullable Call caller;

        /// Nanoseconds in calls within this one.
        long nanosInside;

        /// Memory of tensors made in this call and in none within it.
        long bytes;

        /// Arithmetic in this call and those within it.
        long arithmetic;

        private Call(Span span, @Nullable Call caller) {
            this.span = span;
            this.caller = caller;
        }

        /// Nanoseconds in this call and in none within it.
        long self() {
            return Math.max(0, span.nanos() - nanosInside);
        }

        /// Whether a call around this one is of the same name.
        boolean isInItself() {
            for (Call c = caller; c != null; c = c.caller) {
                if (c.span.kind() == span.kind() && c.span.name().equals(span.name())) {
                    return true;
                }
            }
            return false;
        }
    }

    private SpanTree() {}

    /// All calls, in the order in which they began, thread by thread.
    static List<Call> of(List<Span> spans) {
        List<Span> sorted = new ArrayList<>(spans);
        sorted.sort(
                Comparator.comparingLong(Span::thread)
                        .thenComparingLong(Span::start)
                        .thenComparing(Comparator.comparingLong(Span::nanos).reversed()));
        List<Call> all = new ArrayList<>();
        Deque<Call> open = new ArrayDeque<>();
        for (Span span : sorted) {
            while (!open.isEmpty() && !isInside(span, open.peek().span)) {
                open.pop();
            }
            Call caller = open.peek();
            if (span.kind() == Profile.Kind.BYTES) {
                if (caller != null) {
                    caller.bytes += span.amount();
                }
            } else if (span.kind() == Profile.Kind.ARITHMETIC) {
                for (Call c = caller; c != null; c = c.caller) {
                    c.arithmetic += span.amount();
                }
            } else {
                if (caller != null) {
                    caller.nanosInside += span.nanos();
                }
                Call call = new Call(span, caller);
                all.add(call);
                open.push(call);
            }
        }
        return all;
    }

    private static boolean isInside(Span inner, Span outer) {
        return inner.thread() == outer.thread()
                && inner.start() < outer.end()
                && inner.end() <= outer.end() + ROUNDING_NANOS;
    }
}
