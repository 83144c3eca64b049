package dev.lanegrad.regress;

import static dev.lanegrad.regress.Samples.SORT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Verdicts on made-up machines: a clock that wanders by up to 15 %, noise of each process, and now
/// and then a process that a neighbour held up.
class JudgeTest {
    private static final int RUNS = 60;

    @Test
    void equalBuildsRaiseNoAlarm() {
        Map<Verdict, Integer> counts = trials(1, 0.01);
        assertTrue(count(counts, Verdict.SLOWER) <= 1, counts.toString());
        assertTrue(count(counts, Verdict.SAME) >= 0.9 * RUNS, counts.toString());
    }

    @Test
    void aSlowdownOfSixPercentIsFound() {
        Map<Verdict, Integer> counts = trials(1.06, 0.01);
        assertTrue(count(counts, Verdict.SLOWER) >= 0.8 * RUNS, counts.toString());
    }

    @Test
    void oneOfTwoPercentIsNoRegression() {
        Map<Verdict, Integer> counts = trials(1.02, 0.005);
        assertTrue(count(counts, Verdict.SLOWER) <= 0.05 * RUNS, counts.toString());
    }

    @Test
    void whatIsFasterIsCalledSo() {
        Map<Verdict, Integer> counts = trials(0.9, 0.01);
        assertTrue(count(counts, Verdict.FASTER) >= 0.9 * RUNS, counts.toString());
    }

    @Test
    void noiseIsUnclearRatherThanWrong() {
        Map<Verdict, Integer> counts = trials(1, 0.2);
        assertTrue(count(counts, Verdict.UNCLEAR) >= 0.6 * RUNS, counts.toString());
        assertTrue(count(counts, Verdict.SLOWER) <= 0.03 * RUNS, counts.toString());
    }

    @Test
    void timesAtThePeakDoNotFollowTheClock() {
        double[] slowClock = clocked(1100, 90.909).timesAtPeak();
        double[] fastClock = clocked(1000, 100).timesAtPeak();
        assertEquals(fastClock[0], slowClock[0], 1);
    }

    @Test
    void theFastestIterationIsTheLeastTime() {
        double[] times = Samples.fork(SORT, Side.BASE, 100).times();
        assertEquals(99, Settings.Iteration.FASTEST.of(times), 1e-9);
        assertEquals(100, Settings.Iteration.MEDIAN.of(times), 1e-9);
        assertEquals(100, Settings.Iteration.PAIRED.of(times), 1e-9);
    }

    /// The machine halves its speed, for the head one iteration later than for the base, and holds
    /// an iteration of each up alone.
    @Test
    void iterationsBesideEachOtherShareWhatTheMachineDoes() {
        double[] base = {100, 100, 900, 200, 200, 200, 200};
        double[] head = {104, 104, 104, 104, 208, 999, 208};
        assertEquals(Math.log(1.04), Settings.Iteration.PAIRED.logRatio(base, head), 1e-9);
        assertEquals(Math.log(0.52), Settings.Iteration.MEDIAN.logRatio(base, head), 1e-9);
        double[] shorter = {104, 104, 104};
        assertEquals(Math.log(0.52), Settings.Iteration.PAIRED.logRatio(base, shorter), 1e-9);
    }

    private static Fork clocked(double time, double peak) {
        return new Fork(
                SORT,
                Side.BASE,
                1,
                0,
                "ns/op",
                new double[] {time},
                new double[] {peak},
                new double[0],
                0,
                java.util.List.of(),
                0,
                Map.of());
    }

    private static int count(Map<Verdict, Integer> counts, Verdict verdict) {
        return counts.getOrDefault(verdict, 0);
    }

    private static Map<Verdict, Integer> trials(double ratio, double noise) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        Random random = new Random(7);
        Settings settings = Samples.settings(6, 15);
        Judge judge = new Judge(settings);
        for (int run = 0; run < RUNS; run++) {
            Measurements measured = new Measurements();
            look(1, settings.pairs(), measured, random, ratio, noise);
            if (judge.suspects(measured.of(SORT, Side.BASE, 1), measured.of(SORT, Side.HEAD, 1))) {
                look(2, settings.confirm(), measured, random, ratio, noise);
            }
            counts.merge(judge.judge(measured).getFirst().verdict(), 1, Integer::sum);
        }
        return counts;
    }

    private static void look(
            int look, int pairs, Measurements measured, Random random, double ratio, double noise) {
        double clock = 1;
        for (int pair = 0; pair < pairs; pair++) {
            clock = Math.clamp(clock * Math.exp(0.03 * random.nextGaussian()), 0.85, 1.15);
            for (Side side : Side.order(pair)) {
                double held = random.nextInt(40) == 0 ? 1.5 : 1;
                double time =
                        1000
                                * clock
                                * held
                                * Math.exp(noise * random.nextGaussian())
                                * (side == Side.HEAD ? ratio : 1);
                measured.add(Samples.fork(SORT, side, time).at(look, pair, 7));
            }
        }
    }
}
