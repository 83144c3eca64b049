package dev.lanegrad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Lanegrad;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "train",
                "notebook",
                "graph",
                "gradcheck",
                "bench",
                "bench kernels",
                "regress",
                "report",
                "info"
            })
    void everyCommandExplainsItself(String command) {
        Run run = Run.of((command + " --help").strip().split(" ")).assertDone();
        assertTrue(run.out().contains("Usage: " + ("lanegrad " + command).strip()), run.out());
    }

    @Test
    void helpNamesEveryOptionOfTrain() {
        String help = Run.of("train", "--help").out();
        for (String option :
                List.of(
                        "--data",
                        "--model",
                        "--epochs",
                        "--batch",
                        "--lr",
                        "--seed",
                        "--threads",
                        "--out",
                        "--overwrite")) {
            assertTrue(help.contains(option), option);
        }
    }

    @Test
    void versionAndInfoAreOneLine() {
        assertEquals(
                "lanegrad " + Lanegrad.VERSION, Run.of("--version").assertDone().out().strip());
        assertEquals(Lanegrad.describe(), Run.of("info").assertDone().out().strip());
    }

    @Test
    void aMissingOrUnknownCommandIsOneLine() {
        Run.of().assertComplaint("lanegrad: which command? (lanegrad --help shows what there is)");
        Run.of("bench")
                .assertComplaint(
                        "lanegrad bench: which benchmark? (lanegrad bench --help shows what there"
                                + " is)");
        Run.of("trian")
                .assertComplaint(
                        "lanegrad: Unmatched argument at index 0: 'trian', did you mean train"
                                + " (lanegrad --help shows what there is)");
    }

    @Test
    void kernelsSayWhatIsMissing(@TempDir Path home) {
        String before = System.setProperty("lanegrad.home", home.toString());
        try {
            Run.of("bench", "kernels")
                    .assertComplaint(
                            "lanegrad bench kernels: "
                                    + home.resolve("bench/target/benchmarks.jar")
                                    + ": is not built (./lanegrad at the root builds it)");
        } finally {
            if (before == null) {
                System.clearProperty("lanegrad.home");
            } else {
                System.setProperty("lanegrad.home", before);
            }
        }
    }
}
