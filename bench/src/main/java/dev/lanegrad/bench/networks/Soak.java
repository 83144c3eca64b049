package dev.lanegrad.bench.networks;

import dev.lanegrad.bench.Median;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Arrays;
import java.util.Locale;

/// Does many steps of a row of the networks' table and prints, ten times, what they take by then: a
/// network that learns for days must neither slow down nor hold on to memory.
///
/// Arguments: the row, the number of steps, the number of threads.
public final class Soak {
    private static final int WINDOWS = 10;

    /// What the virtual machine's own bookkeeping may add to the live bytes.
    private static final long SLACK = 1 << 20;

    private Soak() {}

    /// What a tenth of the steps came to.
    ///
    /// @param nanos the median of a step
    /// @param live bytes that are left on the heap after a collection
    private record Window(double nanos, long live) {
        static Window of(Workload work, int steps) {
            double[] nanos = new double[steps];
            for (int i = 0; i < steps; i++) {
                long start = System.nanoTime();
                work.step();
                nanos[i] = System.nanoTime() - start;
            }
            return new Window(Median.of(Arrays.stream(nanos)), bytesInUse());
        }

        private static long bytesInUse() {
            MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
            memory.gc();
            return memory.getHeapMemoryUsage().getUsed();
        }
    }

    /// Runs the steps; exits with 1 if live bytes grow from the second window to the last, with 2
    /// if there is no such row.
    public static void main(String[] args) {
        NetworkRow row;
        try {
            row = NetworkRow.named(args[0]);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Workload work = Lanegrads.workload(row, Integer.parseInt(args[2]));
        System.exit(run(work, row, Integer.parseInt(args[1]), System.out) ? 0 : 1);
    }

    private static boolean run(Workload work, NetworkRow row, int steps, PrintStream out) {
        out.printf(
                "%s, %d steps%n%10s %12s %14s%n", row.name(), steps, "steps", "ms", "live bytes");
        Window[] windows = new Window[WINDOWS];
        for (int i = 0; i < WINDOWS; i++) {
            windows[i] = Window.of(work, steps / WINDOWS);
            out.printf(
                    Locale.ROOT,
                    "%10d %12.4f %,14d%n",
                    (i + 1) * (steps / WINDOWS),
                    windows[i].nanos * 1e-6,
                    windows[i].live);
        }
        Window second = windows[1];
        Window last = windows[WINDOWS - 1];
        boolean flat = last.live <= second.live + SLACK;
        out.printf(
                Locale.ROOT,
                "from the second tenth to the last: a step takes %.3f times as long, live bytes %s%n",
                last.nanos / second.nanos,
                flat ? "do not grow" : "grow by %,d".formatted(last.live - second.live));
        return flat;
    }
}
