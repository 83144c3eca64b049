package dev.lanegrad.bench.networks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/// One process of the networks' table: warms up, measures, and prints a line of JSON.
///
/// Arguments: the row, the library (empty: Lanegrad), the number of threads, seconds to measure.
public final class NetworkRun {
    /// Steps before anything is timed, and as many seconds.
    private static final int WARM_STEPS = 20;

    private static final double WARM_SECONDS = 6;
    private static final int SAMPLES = 7;

    private NetworkRun() {}

    /// Runs the row.
    public static void main(String[] args) throws IOException {
        NetworkRow row = NetworkRow.named(args[0]);
        Workload work = workload(args[1], row, Integer.parseInt(args[2]));
        float[] first = work.first();
        if (row.kind() == NetworkRow.Kind.START) {
            System.out.println(
                    new Measured(new double[0], 0, residentKilobytes(), head(first)).json());
            System.exit(0);
        }
        double warm = seconds();
        for (int i = 0; i < WARM_STEPS || seconds() - warm < WARM_SECONDS; i++) {
            work.step();
        }
        long bytes = allocated();
        List<Double> nanos = new ArrayList<>();
        double start = seconds();
        while (nanos.size() < SAMPLES || seconds() - start < Double.parseDouble(args[3])) {
            long from = System.nanoTime();
            work.step();
            nanos.add((double) (System.nanoTime() - from) / work.steps());
        }
        bytes = (allocated() - bytes) / ((long) nanos.size() * work.steps());
        double[] each = nanos.stream().mapToDouble(Double::doubleValue).toArray();
        System.out.println(new Measured(each, bytes, residentKilobytes(), head(first)).json());
        System.exit(0);
    }

    private static Workload workload(String library, NetworkRow row, int threads) {
        return library.isEmpty()
                ? Lanegrads.workload(row, threads)
                : ServiceLoader.load(NetworkPeers.class)
                        .findFirst()
                        .orElseThrow()
                        .workload(library, row, threads);
    }

    private static float[] head(float[] values) {
        return Arrays.copyOf(values, Math.min(values.length, 100));
    }

    private static double seconds() {
        return System.nanoTime() * 1e-9;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
    }

    private static long residentKilobytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return -1;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(l -> l.startsWith("VmHWM:"))
                    .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(-1);
        }
    }
}
