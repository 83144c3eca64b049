package dev.lanegrad.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Turns Ctrl-C, or a request to terminate, into a wish: the process ends when [#close()] is
/// called, or after [#PATIENCE_SECONDS].
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Runnable request;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::await, "interruption");
    private volatile boolean requested;

    /// A wish that is heard by asking for it.
    Interruption() {
        this(() -> {});
    }

    /// @param request is run when there is a wish to end
    Interruption(Runnable request) {
        this.request = request;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void await() {
        requested = true;
        request.run();
        try {
            boolean _ = closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether the process is to end as soon as what was learned is safe.
    boolean requested() {
        return requested;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // the process is ending already, and the hook with it
        }
    }
}
