package dev.lanegrad.bench;

import static java.util.Objects.requireNonNull;

import dev.lanegrad.kernels.ConvAlgorithm;
import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.WeightStrides;
import dev.lanegrad.kernels.any.Conv2d;
import dev.lanegrad.kernels.any.Gemm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How long kernels take until they are as fast as they get, each in a process of its own in which
/// nothing ran before: the first call, beside that of a plain loop, and when speed is steady.
public final class Steady {
    /// Seconds of calls.
    private static final double SECONDS = 4;

    /// The end of them tells what speed is steady.
    private static final double LAST = 1;

    /// Seconds of calls whose median counts as the speed at a moment.
    private static final double WINDOW = 0.05;

    /// Times of steady speed that are steady still.
    private static final double SLACK = 1.15;

    private static final Map<String, Runnable> KERNELS = new LinkedHashMap<>();

    static {
        add("sgemm 64x64x64", () -> product(64));
        add("sgemm 512x512x512", () -> product(512));
        for (String layer : List.of("conv2_x 3x3 s1 b1", "conv5_x 3x3 s1 b1")) {
            for (ConvAlgorithm algorithm : ConvAlgorithm.values()) {
                String how = layer + " " + algorithm;
                Call forward =
                        (s, ws, x, w, y) ->
                                Conv2d.forward(x, 0, w, 0, ws, null, 0, y, 0, s, algorithm);
                Call gradWeight =
                        (s, ws, x, w, y) -> Conv2d.gradWeight(x, 0, y, 0, w, 0, ws, s, algorithm);
                add("forward " + how, () -> layer(layer, forward));
                add("gradWeight " + how, () -> layer(layer, gradWeight));
            }
        }
        add("loop of 512x512x512", () -> loop(512, 512, 512));
        add("loop of conv2_x 3x3 s1 b1", () -> loop(56 * 56, 64, 9 * 64));
        add("loop of conv5_x 3x3 s1 b1", () -> loop(7 * 7, 512, 9 * 512));
    }

    private static List<double[]> calls = new ArrayList<>();
    private static long start;

    private Steady() {}

    private static void add(String name, Runnable calls) {
        KERNELS.put(name, calls);
    }

    /// Without arguments the table; with a kernel's name its figures.
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length > 0) {
            Parallel.setNumThreads(1);
            requireNonNull(KERNELS.get(args[0]), "no kernel is called " + args[0]).run();
            report();
            return;
        }
        System.out.printf(
                "%-36s %12s %12s %14s%n", "kernel", "first ms", "steady ms", "steady after s");
        for (String name : KERNELS.keySet()) {
            Process process =
                    new ProcessBuilder(ChildJvm.command(List.of(), Steady.class, name))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                String line = reader.readLine();
                if (process.waitFor() != 0 || line == null) {
                    throw new IllegalStateException(name + " failed");
                }
                System.out.printf("%-36s %s%n", name, line);
            }
        }
    }

    private static void product(int n) {
        float[] a = Warm.values(n * n, 1);
        float[] b = Warm.values(n * n, 2);
        float[] c = new float[n * n];
        repeat(() -> Gemm.gemm(n, n, n, a, 0, n, 1, b, 0, n, 1, c, 0, n, false));
    }

    /// A convolution or its gradient, of a weight w, with an output of y's size.
    @FunctionalInterface
    private interface Call {
        void run(ConvShape s, WeightStrides ws, float[] x, float[] w, float[] y);
    }

    private static void layer(String name, Call call) {
        ConvShape s = ConvLayer.shape(name);
        WeightStrides ws = WeightStrides.channelsLast(s);
        float[] x = Warm.values(s.n() * s.h() * s.w() * s.c(), 1);
        float[] w = Warm.values(s.kh() * s.kw() * s.groupC() * s.o(), 2);
        float[] y = Warm.values(s.n() * s.outH() * s.outW() * s.o(), 3);
        repeat(() -> call.run(s, ws, x, w, y));
    }

    /// A product as one would write it without a library, of as many products as a layer has.
    private static void loop(int m, int n, int k) {
        float[] a = Warm.values(m * k, 1);
        float[] b = Warm.values(k * n, 2);
        float[] c = new float[m * n];
        repeat(() -> {
            Arrays.fill(c, 0);
            for (int i = 0; i < m; i++) {
                for (int p = 0; p < k; p++) {
                    float v = a[i * k + p];
                    for (int j = 0; j < n; j++) {
                        c[i * n + j] += v * b[p * n + j];
                    }
                }
            }
        });
    }

    private static void repeat(Runnable call) {
        start = System.nanoTime();
        double now = 0;
        while (now < SECONDS) {
            call.run();
            double end = (System.nanoTime() - start) * 1e-9;
            calls.add(new double[] {now, end - now});
            now = end;
        }
    }

    private static void report() {
        double steady = median(SECONDS - LAST, SECONDS);
        double after = 0;
        for (double from = 0; from < SECONDS - LAST; from += WINDOW) {
            if (median(from, from + WINDOW) > SLACK * steady) {
                after = from + WINDOW;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%12.3f %12.4f %14.2f%n",
                calls.getFirst()[1] * 1e3,
                steady * 1e3,
                after);
    }

    /// Median time of the calls that began between these seconds; NaN if none did.
    private static double median(double from, double to) {
        return Median.of(
                calls.stream().filter(c -> c[0] >= from && c[0] < to).mapToDouble(c -> c[1]));
    }
}
