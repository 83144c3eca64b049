package dev.lanegrad.regress;

import static dev.lanegrad.regress.Samples.SCAN;
import static dev.lanegrad.regress.Samples.SORT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegressionTest {
    @TempDir private Path folder;
    private Path path;
    private final List<String> order = new ArrayList<>();

    @BeforeEach
    void name() {
        path = folder.resolve("run.jsonl");
    }

    /// Measures a side's cases.
    private interface Process {
        Forks.Round run(Side side, List<Case> cases) throws IOException;
    }

    private static Forks each(Process process) {
        return (sides, cases) -> {
            List<Forks.Round> rounds = new ArrayList<>();
            for (Side side : sides) {
                rounds.add(process.run(side, cases));
            }
            return rounds;
        };
    }

    private static Forks.Round round(Side side, List<Fork> done, List<Failure> failed) {
        return new Forks.Round(side, 7, done, failed);
    }

    private Process process(double headRatio) {
        return (side, cases) -> {
            List<Fork> done = new ArrayList<>();
            for (Case test : cases) {
                order.add(side.word().charAt(0) + test.benchmark().replaceAll(".*\\.", ""));
                double time = side == Side.HEAD ? 100 * headRatio : 100;
                done.add(Samples.fork(test, side, time * (1 + 1e-4 * (order.size() % 7))));
            }
            return round(side, done, List.of());
        };
    }

    private Result run(RunHeader run, Process process) throws IOException, InterruptedException {
        try (RunFile file = RunFile.create(path, run)) {
            return new Regression(run, file, each(process), new Silent(), new Measurements()).run();
        }
    }

    @Test
    void pairsAlternateAndCasesTakeTurns() throws Exception {
        run(Samples.run(Samples.settings(5, 5), SCAN, SORT), process(1));
        assertEquals(
                List.of("bscan", "hscan", "bsort", "hsort", "hscan", "bscan", "hsort", "bsort"),
                order.subList(0, 8));
        assertEquals(20, order.size());
    }

    @Test
    void whatIsClearedIsNotMeasuredAgain() throws Exception {
        Result result = run(Samples.run(Samples.settings(5, 9), SORT), process(1));
        assertEquals(10, order.size());
        assertEquals(0, result.exitCode());
        assertEquals(Verdict.SAME, result.outcomes().getFirst().verdict());
    }

    @Test
    void aSuspicionIsConfirmedByFreshProcesses() throws Exception {
        Result result = run(Samples.run(Samples.settings(5, 9), SORT), process(1.08));
        assertEquals(10 + 18, order.size());
        assertEquals(3, result.exitCode());
        Outcome outcome = result.outcomes().getFirst();
        assertEquals(Verdict.SLOWER, outcome.verdict());
        assertEquals(2, outcome.look());
        assertEquals(1.08, outcome.comparison().ratio(), 0.001);
        assertEquals(9, outcome.comparison().pairs());
    }

    @Test
    void theFileHasWhatWasFound() throws Exception {
        RunHeader run = Samples.run(Samples.settings(5, 9), SORT);
        Result result = run(run, process(1.08));
        RunFile.Content content = RunFile.read(path);
        assertEquals(run, content.run());
        assertEquals(28, content.forks().size());
        assertEquals(result.outcomes(), content.outcomes());
    }

    /// Broken off after each number of processes, with half a line at the end.
    @Test
    void aRunThatWasBrokenOffContinues() throws Exception {
        RunHeader run = Samples.run(Samples.settings(5, 9), SCAN, SORT);
        for (int before = 0; before < 20; before += 3) {
            order.clear();
            int last = before;
            Process sound = process(1);
            Process broken =
                    (side, cases) -> {
                        if (order.size() == last) {
                            throw new IOException("broken off");
                        }
                        return sound.run(side, cases);
                    };
            assertThrows(IOException.class, () -> run(run, broken));
            Files.writeString(path, "{\"type\":\"fork\",\"ca", StandardOpenOption.APPEND);
            RunFile.Content content = RunFile.read(path);
            try (RunFile file = RunFile.append(path)) {
                Measurements kept = Measurements.of(content.forks());
                Result result = new Regression(run, file, each(sound), new Silent(), kept).run();
                assertEquals(0, result.exitCode());
                assertEquals(2, result.outcomes().size());
            }
            assertEquals(20 + before % 2, order.size(), "half a pair is measured again");
            assertEquals(2, RunFile.read(path).outcomes().size());
            Files.delete(path);
        }
    }

    @Test
    void aCaseThatFailsOnOneSideDoesNotStopTheOthers() throws Exception {
        Process sound = process(1);
        Process failing =
                (side, cases) ->
                        side == Side.HEAD && cases.contains(SORT)
                                ? round(
                                        side,
                                        List.of(),
                                        List.of(new Failure(SORT, side, "it threw")))
                                : sound.run(side, cases);
        Result result = run(Samples.run(Samples.settings(5, 9), SCAN, SORT), failing);
        assertEquals(2, result.exitCode());
        assertEquals(List.of(new Failure(SORT, Side.HEAD, "it threw")), result.failures());
        assertTrue(result.failedAlone(result.failures().getFirst()));
        assertEquals(SCAN, result.outcomes().getFirst().test());
        assertEquals(1, result.outcomes().size());
        assertEquals(1, order.stream().filter("bsort"::equals).count());
    }

    @Test
    void aFullDiskIsOneLine() {
        path = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(path));
        Problem problem =
                assertThrows(
                        Problem.class,
                        () -> run(Samples.run(Samples.settings(5, 9), SORT), process(1)));
        assertTrue(
                String.valueOf(problem.getMessage()).startsWith("/dev/full: cannot be written ("),
                problem.getMessage());
    }

    @Test
    void noiseHasAnExitCodeOfItsOwn() throws Exception {
        Result result =
                run(
                        Samples.run(Samples.settings(5, 5), SORT),
                        (side, cases) -> {
                            order.add("x");
                            double time = 100 * (1 + 0.3 * (order.size() * 7 % 10));
                            return round(side, List.of(Samples.fork(SORT, side, time)), List.of());
                        });
        assertEquals(4, result.exitCode());
    }

    /// Says nothing.
    private static final class Silent implements Regression.Progress {
        @Override
        public void begins(int look, int pairs) {}

        @Override
        public void measures(List<Case> cases) {}

        @Override
        public void advanced() {}
    }
}
