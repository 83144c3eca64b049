package dev.lanegrad.regress;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/// Options that say how a run measures and judges.
final class MeasuringOptions {
    @Option(
            names = "--suite",
            paramLabel = "SUITE",
            defaultValue = "quick",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Suite suite = Suite.quick;

    @Option(
            names = "--threshold",
            paramLabel = "PERCENT",
            defaultValue = "3",
            description = "The least slowdown that counts. Default: ${DEFAULT-VALUE}.")
    private double threshold = 3;

    @Option(
            names = "--alpha",
            paramLabel = "P",
            defaultValue = "0.01",
            description = "The chance of any false alarm in a run. Default: ${DEFAULT-VALUE}.")
    private double alpha = 0.01;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "6",
            description = "Processes of each side in the first look. Default: ${DEFAULT-VALUE}.")
    private int pairs = 6;

    @Option(
            names = "--confirm",
            paramLabel = "N",
            defaultValue = "15",
            description =
                    "Fresh processes of each side for what the first look did not clear."
                            + " Default: ${DEFAULT-VALUE}.")
    private int confirm = 15;

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            defaultValue = "TIME",
            description = {
                "TIME: compares times. PEAK: compares times at the machine's peak, measured beside each"
                        + " iteration, so that the clock cancels out.",
                "Default: ${DEFAULT-VALUE}."
            })
    private Settings.Unit unit = Settings.Unit.TIME;

    @Option(
            names = "--iteration",
            paramLabel = "WHICH",
            defaultValue = "PAIRED",
            description = {
                "Which iterations stand for a process. PAIRED: all, each beside its neighbour of the"
                        + " other build; MEDIAN: the middle one; FASTEST: steady on shared machines, but"
                        + " blind to what happens now and then.",
                "Default: ${DEFAULT-VALUE}."
            })
    private Settings.Iteration iteration = Settings.Iteration.PAIRED;

    @Option(
            names = "--turns",
            paramLabel = "WHEN",
            defaultValue = "ITERATION",
            description = {
                "ITERATION: both builds' processes are there at once and take turns with each iteration.",
                "PROCESS: one runs after the other, for machines that have no memory for both.",
                "Default: ${DEFAULT-VALUE}."
            })
    private Settings.Turns turns = Settings.Turns.ITERATION;

    @Option(
            names = "--together",
            description =
                    "One process measures all cases of a side: faster, less independent, without"
                            + " the options for the JVM that benchmarks ask for.")
    private boolean together;

    @Option(names = "--jvm", paramLabel = "OPTION", description = "For every JVM. Repeatable.")
    private List<String> jvm = new ArrayList<>();

    @Option(
            names = "--jmh",
            paramLabel = "OPTIONS",
            description = "For JMH, after the suite's: '-wi 3 -i 3 -r 50ms'.")
    private String jmh = "";

    /// How much is measured.
    Suite suite() {
        return suite;
    }

    /// Refuses what makes no sense.
    void check() throws Problem {
        checkAtLeast("--pairs", pairs, 5);
        checkAtLeast("--confirm", confirm, 5);
        if (!(threshold > 0)) {
            throw new Problem("--threshold: must be more than 0, but is " + threshold);
        }
        if (!(alpha > 0 && alpha < 1)) {
            throw new Problem("--alpha: must be between 0 and 1, but is " + alpha);
        }
    }

    /// What was asked for, of the cases that match.
    Settings settings(String pattern) {
        List<String> options =
                Pattern.compile("\\s+")
                        .splitAsStream(suite.jmh() + " " + jmh)
                        .filter(o -> !o.isEmpty())
                        .toList();
        return new Settings(
                pairs,
                confirm,
                threshold / 100,
                alpha,
                unit,
                iteration,
                turns,
                together,
                pattern,
                jvm,
                options);
    }

    private static void checkAtLeast(String option, int value, int least) throws Problem {
        if (value < least) {
            throw new Problem(option + ": must be at least " + least + ", but is " + value);
        }
    }
}
