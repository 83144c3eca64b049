package dev.lanegrad.kernels;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The one pool of worker threads, and splitting a range of work over it.
///
/// Work is cut into chunks by its size alone, never by the number of threads, and a chunk writes
/// what no other chunk writes: results are the same for any number of threads. A call from inside a
/// chunk runs inline; so does a call that finds the workers busy with another caller's work, which
/// therefore never waits for them.
public final class Parallel {
    /// A part of the work: positions `from` to `to`, exclusive.
    @FunctionalInterface
    public interface Task {
        void run(int from, int to);
    }

    /// How long an idle worker spins before it parks: waking a parked thread costs 50 times a
    /// hand-over to a spinning one.
    private static final long SPIN_NANOS = 200_000;

    private static final int MAX_THREADS = 256;

    private static final AtomicBoolean BUSY = new AtomicBoolean();
    private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);
    private static volatile int threads = Runtime.getRuntime().availableProcessors();
    private static volatile Worker[] workers = new Worker[0];

    private Parallel() {}

    /// Number of threads that share the work of one call, the caller among them.
    public static int numThreads() {
        return threads;
    }

    /// Sets the number of threads; the default is the number of processors the process may use.
    ///
    /// @throws IllegalArgumentException if `n` is not in 1 to 256
    public static void setNumThreads(int n) {
        if (n < 1 || n > MAX_THREADS) {
            throw new IllegalArgumentException(
                    "setNumThreads: must be in 1 to " + MAX_THREADS + ", but is " + n);
        }
        threads = n;
    }

    /// Runs `task` over 0 to `n` in chunks of `grain`, the last one shorter.
    ///
    /// An exception of any chunk reaches the caller after all chunks have ended.
    public static void run(int n, int grain, Task task) {
        if (Launches.areKept()) {
            Launches.make(() -> run(n, grain, task), null);
            return;
        }
        int chunks = (n + grain - 1) / grain;
        if (chunks <= 1 || threads == 1 || INSIDE.get() || !BUSY.compareAndSet(false, true)) {
            for (int from = 0; from < n; from += grain) {
                task.run(from, Math.min(n, from + grain));
            }
            return;
        }
        try {
            new Job(n, grain, chunks, task).share(Math.min(threads, chunks) - 1);
        } finally {
            BUSY.set(false);
        }
    }

    /// A number of the current thread; those of the threads that share one call's work are
    /// different, and small.
    static int place() {
        Thread thread = Thread.currentThread();
        return thread instanceof Worker worker ? worker.number : (int) thread.threadId() - 1;
    }

    private static Worker[] workers(int needed) {
        Worker[] now = workers;
        if (now.length < needed) {
            Worker[] more = new Worker[needed];
            System.arraycopy(now, 0, more, 0, now.length);
            for (int i = now.length; i < needed; i++) {
                more[i] = new Worker(i + 1);
                more[i].start();
            }
            workers = now = more;
        }
        return now;
    }

    /// One call's chunks, taken one by one by whoever is free.
    private static final class Job {
        private final int n;
        private final int grain;
        private final int chunks;
        private final Task task;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger working = new AtomicInteger();
        private volatile @Nullable Throwable failure;

        Job(int n, int grain, int chunks, Task task) {
            this.n = n;
            this.grain = grain;
            this.chunks = chunks;
            this.task = task;
        }

        void share(int helpers) {
            Worker[] all = workers(helpers);
            working.set(helpers);
            for (int i = 0; i < helpers; i++) {
                all[i].take(this);
            }
            runChunks();
            while (working.get() != 0) {
                Thread.onSpinWait();
            }
            Throwable t = failure;
            if (t instanceof Error e) {
                throw e;
            }
            if (t != null) {
                throw (RuntimeException) t;
            }
        }

        void runChunks() {
            boolean outside = !INSIDE.get();
            INSIDE.set(true);
            try {
                for (int c = next.getAndIncrement(); c < chunks; c = next.getAndIncrement()) {
                    task.run(c * grain, Math.min(n, (c + 1) * grain));
                }
            } catch (RuntimeException | Error e) {
                failure = e;
                next.set(chunks);
            } finally {
                if (outside) {
                    INSIDE.set(false);
                }
            }
        }
    }

    private static final class Worker extends Thread {
        final int number;
        private volatile @Nullable Job job;
        private volatile boolean parked;

        Worker(int number) {
            super("lanegrad-" + number);
            this.number = number;
            setDaemon(true);
        }

        void take(Job work) {
            job = work;
            if (parked) {
                LockSupport.unpark(this);
            }
        }

        @Override
        public void run() {
            while (true) {
                Job work = await();
                job = null;
                work.runChunks();
                work.working.decrementAndGet();
            }
        }

        private Job await() {
            long start = System.nanoTime();
            while (true) {
                Job work = job;
                if (work != null) {
                    return work;
                }
                if (System.nanoTime() - start < SPIN_NANOS) {
                    Thread.onSpinWait();
                    continue;
                }
                parked = true;
                if (job == null) {
                    LockSupport.park(this);
                }
                parked = false;
                start = System.nanoTime();
            }
        }
    }
}
