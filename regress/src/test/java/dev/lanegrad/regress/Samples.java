package dev.lanegrad.regress;

import java.util.List;
import java.util.Map;

/// Made-up processes and runs.
final class Samples {
    static final Case SORT = new Case("org.example.SortBench.sort", Map.of("n", "100"));
    static final Case SCAN = new Case("org.example.ScanBench.scan", Map.of());

    private Samples() {}

    static Settings settings(int pairs, int confirm) {
        return new Settings(
                pairs,
                confirm,
                0.03,
                0.01,
                Settings.Unit.TIME,
                Settings.Iteration.MEDIAN,
                Settings.Turns.ITERATION,
                false,
                "",
                List.of(),
                List.of());
    }

    static RunHeader run(Settings settings, Case... cases) {
        return new RunHeader(
                "2026-01-02T03:04:05Z",
                new Build("v1", "0123456789abcdef", "/a.jar", "aa"),
                new Build("v2", "fedcba9876543210", "/b.jar", "bb"),
                new Machine("a processor", 2, "Linux", "25"),
                settings,
                List.of(cases));
    }

    static Fork fork(Case test, Side side, double time) {
        return fork(test, side, time, 16, 0, List.of(), Map.of());
    }

    static Fork fork(
            Case test,
            Side side,
            double time,
            double bytes,
            int deoptimizations,
            List<String> skipped,
            Map<String, String> facts) {
        return new Fork(
                test,
                side,
                1,
                0,
                "ns/op",
                new double[] {time, time * 1.01, time * 0.99},
                new double[] {100, 100, 100},
                new double[] {bytes, bytes},
                7,
                skipped,
                deoptimizations,
                facts);
    }
}
