package dev.lanegrad;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The search for the operation whose backward fails or makes a NaN.
final class Anomaly {
    /// How many threads are searching; volatile reads of it are all that operations pay otherwise.
    private static final AtomicInteger SEARCHES = new AtomicInteger();

    private Anomaly() {}

    static Autograd.Mode detect(boolean checkNan) {
        Modes modes = Modes.current();
        boolean anomalyBefore = modes.anomaly;
        boolean checkBefore = modes.checkNan;
        modes.anomaly = true;
        modes.checkNan = checkNan;
        SEARCHES.incrementAndGet();
        return () -> {
            modes.anomaly = anomalyBefore;
            modes.checkNan = checkBefore;
            SEARCHES.decrementAndGet();
        };
    }

    static boolean isSearching() {
        return SEARCHES.get() > 0 && Modes.current().anomaly;
    }

    /// Where an operation was called.
    ///
    /// @param place the part of the program, if it has a name
    /// @param call the stack, if errors are being looked for
    record Origin(@Nullable String place, @Nullable Call call) {}

    /// The present place, with the stack if this thread is searching; null if nobody asks.
    static @Nullable Origin origin() {
        if (isSearching()) {
            return new Origin(Modes.current().place, new Call("the operation was called here"));
        }
        return PlaceEvent.isOn() ? new Origin(Modes.current().place, null) : null;
    }

    /// The present stack as that of a write in place, if this thread is searching.
    static @Nullable Throwable writeTrace() {
        return isSearching() ? new Call("the latest write in place was called here") : null;
    }

    /// A call in the forward, and in which part of the program it was.
    static final class Call extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final @Nullable String place = Modes.current().place;

        Call(String what) {
            super(what);
        }

        @Override
        public String getMessage() {
            return super.getMessage() + (place == null ? "" : ", in " + place);
        }
    }

    /// Runs the derivative of a node.
    ///
    /// @throws IllegalStateException if a gradient has a NaN
    static void backward(Node node, Gradients g) {
        if (!isSearching()) {
            node.rule().backward(g);
            return;
        }
        try {
            node.rule().backward(g);
        } catch (RuntimeException e) {
            explain(node, e);
            throw e;
        }
        if (Modes.current().checkNan) {
            check(node, g.inputs());
        }
    }

    private static void check(Node node, @Nullable Tensor[] gradients) {
        for (int i = 0; i < gradients.length; i++) {
            Tensor g = gradients[i];
            if (g != null && Autograd.noGrad(() -> g.isnan().any().isTrue())) {
                IllegalStateException e =
                        new IllegalStateException(
                                "Function '%s' returned nan values in its %dth output."
                                        .formatted(node.name(), i));
                explain(node, e);
                throw e;
            }
        }
    }

    private static void explain(Node node, RuntimeException e) {
        Origin origin = node.origin();
        Call call = origin == null ? null : origin.call();
        String where =
                call == null
                        ? "No forward pass information available. Enable detect anomaly during"
                                + " forward pass for more information."
                        : "Traceback of forward call that caused the error:";
        String place = call == null || call.place == null ? "" : " in " + call.place;
        Warnings.warn("Error detected in " + node.name() + place + ". " + where);
        if (call != null) {
            e.addSuppressed(call);
        }
    }
}
