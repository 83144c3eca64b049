package dev.lanegrad.kernels;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Runs kernels in the background until the compiler has seen to them. The system property
/// `lanegrad.warmup` is `on` or `off`; off lets callers wait for it.
public final class WarmUp {
    /// Whether kernels that have not been compiled may be run in the background.
    public static final boolean ON = isOn();

    /// How long a kernel is run, if it never becomes fast.
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    /// Calls that are timed together; the fastest one counts.
    private static final int CALLS = 16;

    private static final ThreadPoolExecutor EXECUTOR = executor();

    private WarmUp() {}

    private static boolean isOn() {
        String wish = System.getProperty("lanegrad.warmup", "on");
        return switch (wish) {
            case "on" -> true;
            case "off" -> false;
            default ->
                    throw new IllegalStateException(
                            "lanegrad.warmup: must be on or off, but is '" + wish + "'");
        };
    }

    private static ThreadPoolExecutor executor() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(
                        1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), WarmUp::thread);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "lanegrad-warm-up");
        thread.setDaemon(true);
        return thread;
    }

    /// Calls `kernel` until a call takes less than `nanos`, or for five seconds; then `ready`.
    public static void inBackground(Runnable kernel, long nanos, Runnable ready) {
        EXECUTOR.execute(() -> {
            try {
                run(kernel, nanos);
            } finally {
                ready.run();
            }
        });
    }

    private static void run(Runnable kernel, long nanos) {
        long begin = System.nanoTime();
        long fastest;
        do {
            fastest = Long.MAX_VALUE;
            for (int i = 0; i < CALLS; i++) {
                long start = System.nanoTime();
                kernel.run();
                fastest = Math.min(fastest, System.nanoTime() - start);
            }
        } while (fastest > nanos && System.nanoTime() - begin < PATIENCE_NANOS);
    }
}
