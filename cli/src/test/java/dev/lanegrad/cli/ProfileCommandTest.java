package dev.lanegrad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCommandTest {
    @Test
    void aStepOfTrainingIsTakenApart(@TempDir Path folder) throws IOException {
        Path trace = folder.resolve("trace.json");
        String out =
                Run.of(
                                "profile",
                                "resnet8",
                                "--train",
                                "--size",
                                "8",
                                "--batch",
                                "2",
                                "--warmup",
                                "0",
                                "--rows",
                                "50",
                                "--trace",
                                trace.toString())
                        .assertDone()
                        .out();
        for (String name : new String[] {"conv2d", "ConvolutionBackward0", "layer1.0.conv1"}) {
            assertTrue(out.contains("\n" + name + " "), name + " is not in\n" + out);
        }
        assertTrue(out.endsWith("wrote " + trace + System.lineSeparator()), out);
        assertTrue(Files.readString(trace).startsWith("{\"displayTimeUnit\""));
    }

    @Test
    void evaluationHasNoBackward() {
        String out =
                Run.of("profile", "resnet8", "--size", "8", "--warmup", "0", "--rows", "5")
                        .assertDone()
                        .out();
        assertFalse(out.contains("Backward0"), out);
        assertTrue(out.contains("\n... and "), out);
    }

    @Test
    void whatCannotBeProfiledIsSaidInOneLine(@TempDir Path folder) {
        Run.of("profile", "resnet9")
                .assertComplaint(
                        "lanegrad profile: --model: there is no network resnet9, but resnet8,"
                                + " resnet20, resnet18");
        Run.of("profile")
                .assertComplaint(
                        "lanegrad profile: Missing required parameter: 'NETWORK'"
                                + " (lanegrad profile --help shows what there is)");
        Run.of("profile", "resnet8", "--size", "0")
                .assertComplaint("lanegrad profile: --size must be from 1 to 1024, but is 0");
        Run.of("profile", "resnet8", "--train", "--batch", "1")
                .assertComplaint("lanegrad profile: --batch must be from 2 to 1024, but is 1");
        Run.of("profile", "resnet8", "--rows", "0")
                .assertComplaint("lanegrad profile: --rows must be at least 1, but is 0");
        Run.of("profile", "resnet8", "--size", "many")
                .assertComplaint(
                        "lanegrad profile: Invalid value for option '--size': 'many' is not an int"
                                + " (lanegrad profile --help shows what there is)");
        Path nowhere = folder.resolve("no").resolve("trace.json");
        Run.of("profile", "resnet8", "--trace", nowhere.toString())
                .assertComplaint(
                        "lanegrad profile: --trace: cannot write to "
                                + nowhere
                                + " ("
                                + nowhere
                                + ": there is no such file or folder)");
        assertEquals(2, Run.of("profile", "--warmup", "-1", "resnet8").code());
    }
}
