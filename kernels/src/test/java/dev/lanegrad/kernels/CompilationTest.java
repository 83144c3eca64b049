package dev.lanegrad.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanegrad.kernels.any.Binary;
import dev.lanegrad.kernels.any.Conv2d;
import dev.lanegrad.kernels.any.Gemm;
import dev.lanegrad.kernels.any.Ternary;
import dev.lanegrad.kernels.any.Unary;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the compiler makes of the kernels, in a process of its own that prints each compilation.
///
/// A large straight-line method may fail in the first compiler and stay at a slow tier for good;
/// loops that many operations share slow all of them down. Neither shows in a result.
class CompilationTest {
    private static final Pattern SKIPPED =
            Pattern.compile(".*dev\\.lanegrad\\..*COMPILE SKIPPED.*");
    private static final Pattern OPTIMIZED =
            Pattern.compile(".*\\s4\\s+dev\\.lanegrad\\.kernels\\.f32\\.(\\w+::\\w+) .*");

    @Test
    void everyLoopIsCompiledByTheOptimizingCompilerAndNoneIsSkipped() throws IOException {
        assumeTrue(System.getProperty("lanegrad.expectedBits") == null, "one width is enough");
        assumeTrue(Simd.VECTOR, "the one-lane path has no vector code to compile");
        Set<String> missing = Workload.loops();
        List<String> skipped = new ArrayList<>();
        Process process = start();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine();
                    line != null && !missing.isEmpty();
                    line = lines.readLine()) {
                if (SKIPPED.matcher(line).matches()) {
                    skipped.add(line);
                }
                Matcher optimized = OPTIMIZED.matcher(line);
                if (optimized.matches()) {
                    missing.remove(optimized.group(1));
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertEquals(List.of(), skipped);
        assertEquals(Set.of(), missing, "not at the highest tier");
    }

    private static Process start() throws IOException {
        String classes =
                Path.of("target", "classes")
                        + System.getProperty("path.separator")
                        + Path.of("target", "test-classes");
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-XX:+PrintCompilation",
                        "-Dlanegrad.warmup=off",
                        "-cp",
                        classes,
                        Workload.class.getName())
                .redirectErrorStream(true)
                .start();
    }

    /// Runs the kernels until they must have been compiled, should the compiler be slow: minutes.
    static final class Workload {
        private static final int N = 1024;
        private static final int CALLS = 1000;

        /// A loop that is compiled costs little in later rounds.
        private static final int ROUNDS = 100;

        private Workload() {}

        public static void main(String[] args) {
            float[] x = values(N);
            float[] y = values(N);
            float[] z = values(N);
            for (int round = 0; round < ROUNDS; round++) {
                for (LoopKernel op : operations()) {
                    Object[] a = {x, y, z, new float[N]};
                    a[op.inputs()] = new float[N];
                    for (int i = 0; i < CALLS; i++) {
                        op.run(a, new int[4], new int[] {1, 1, 1, 1}, N, 0.5, 0.25);
                    }
                }
                products();
            }
        }

        private static void products() {
            float[] a = values(96 * 96);
            float[] c = new float[96 * 96];
            ConvShape s = ConvShape.of(2, 64, 12, 12, 64, 3, 3, 1, 1);
            WeightStrides ws = WeightStrides.channelsLast(s);
            float[] x = values(2 * 12 * 12 * 64);
            float[] w = values(9 * 64 * 64);
            for (int i = 0; i < CALLS / 10; i++) {
                Gemm.gemm(96, 96, 96, a, 0, 96, 1, a, 0, 96, 1, c, 0, 96, false);
                Gemm.gemm(12, 64, 80, a, 0, 80, 1, a, 0, 64, 1, c, 0, 64, false);
                Conv2d.forward(
                        x, 0, w, 0, ws, null, 0, new float[x.length], 0, s, ConvAlgorithm.DIRECT);
                Conv2d.gradInput(x, 0, w, 0, ws, new float[x.length], 0, s, ConvAlgorithm.DIRECT);
                Conv2d.gradWeight(x, 0, x, 0, new float[w.length], 0, ws, s, ConvAlgorithm.DIRECT);
            }
            narrowProducts(a, c, x, w);
        }

        /// Results of two vectors in width.
        private static void narrowProducts(float[] a, float[] c, float[] x, float[] w) {
            int n = 2 * Simd.bits() / Float.SIZE;
            ConvShape s = ConvShape.of(2, n, 12, 12, n, 3, 3, 1, 1);
            WeightStrides ws = WeightStrides.channelsLast(s);
            float[] y = new float[x.length];
            float[] far = values(12 * 1024);
            for (int i = 0; i < CALLS / 10; i++) {
                Gemm.gemm(12, n, 96, far, 0, 1024, 1, a, 0, n, 1, c, 0, n, false);
                Gemm.gemm(96, n, 96, a, 0, 1, 96, a, 0, n, 1, c, 0, n, false);
                Conv2d.forward(x, 0, w, 0, ws, null, 0, y, 0, s, ConvAlgorithm.DIRECT);
            }
        }

        private static List<LoopKernel> operations() {
            List<LoopKernel> operations = new ArrayList<>();
            for (LoopKernel op : all()) {
                if (definedForFloats(op)) {
                    operations.add(op);
                }
            }
            return operations;
        }

        private static List<LoopKernel> all() {
            List<LoopKernel> all = new ArrayList<>(List.of(Unary.values()));
            all.addAll(List.of(Binary.values()));
            all.addAll(List.of(Ternary.values()));
            return all;
        }

        private static boolean definedForFloats(LoopKernel op) {
            Object[] a = {new float[1], new float[1], new float[1], new float[1]};
            try {
                op.run(a, new int[4], new int[] {1, 1, 1, 1}, 0, 0, 0);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        /// The loop of each operation, which is no other operation's, and the tiles.
        static Set<String> loops() {
            Set<String> loops = new LinkedHashSet<>();
            for (LoopKernel op : operations()) {
                StringBuilder name = new StringBuilder(op.getClass().getSimpleName());
                for (String word : op.toString().split("_")) {
                    name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
                }
                loops.add(name + "::rows");
            }
            loops.add("Tile6x4::packed");
            loops.add("Tile6x4::rows");
            loops.add("Tile6x4::columns");
            if (Simd.REGISTERS >= 32) {
                loops.add("Tile12x2::packed");
                loops.add("Tile12x2::columns");
                loops.add("WindowTile12x2::taps");
            }
            return loops;
        }

        private static float[] values(int n) {
            Random random = new Random(n);
            float[] x = new float[n];
            for (int i = 0; i < n; i++) {
                x[i] = 0.25f + random.nextFloat() / 2;
            }
            return x;
        }
    }
}
