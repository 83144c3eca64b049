package dev.lanegrad.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.io.Pth;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
    /// Times between the end of an epoch and the kill, in ms: in the middle of a step, of the test,
    /// of writing.
    private static final int[] DELAYS = {0, 7, 31, 120};

    @TempDir Path temp;
    private Path data;
    private byte[] uninterrupted;

    @BeforeEach
    void trainWithoutInterruption() throws IOException {
        data = IdxFolder.write(temp.resolve("data"), 160, 40);
        Path out = temp.resolve("whole");
        Run.of(args(out)).assertDone();
        uninterrupted = Files.readAllBytes(out.resolve("model.safetensors"));
    }

    @Test
    void aRunThatIsKilledAtAnyMomentGoesOnToTheSameBits() throws Exception {
        Path out = temp.resolve("killed");
        for (int delay : DELAYS) {
            killAfterAnEpoch(out, delay);
        }
        Files.writeString(out.resolve("state.pth.1.tmp"), "half");
        Run run = Run.of(args(out, "--resume")).assertDone();
        assertEquals(6, run.lines().stream().filter(line -> line.startsWith("epoch ")).count());
        assertArrayEquals(uninterrupted, Files.readAllBytes(out.resolve("model.safetensors")));
        assertTrue(Files.exists(out.resolve("curves.png")));
        assertFalse(Files.exists(out.resolve("state.pth.1.tmp")));
    }

    private void killAfterAnEpoch(Path out, int delay) throws Exception {
        Path state = out.resolve("state.pth");
        int before = Files.exists(state) ? epochs(state) : 0;
        Process process = ChildProcess.start(args(out, "--resume"));
        try (BufferedReader reader = process.inputReader()) {
            String awaited = "epoch " + (before + 1) + "/6";
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(awaited)) {
                    Thread.sleep(delay);
                    process.toHandle().destroyForcibly(); // kill -9; its output stays readable
                }
            }
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
        } finally {
            process.destroyForcibly();
        }
        assertTrue(epochs(state) > before);
    }

    private static int epochs(Path state) throws IOException {
        var training = (Map<?, ?>) ((Map<?, ?>) Pth.read(state)).get("training");
        return ((List<?>) training.get("epochs")).size();
    }

    @Test
    void aRunThatIsCompleteSaysSoAgain() throws IOException {
        Path out = temp.resolve("whole");
        Files.delete(out.resolve("model.safetensors"));
        Run run = Run.of(args(out, "--resume")).assertDone();
        assertTrue(run.out().contains("test accuracy "), run.out());
        assertArrayEquals(uninterrupted, Files.readAllBytes(out.resolve("model.safetensors")));
    }

    @Test
    void otherSettingsAndDamagedFilesAreRefused() throws IOException {
        Path out = temp.resolve("whole");
        Path state = out.resolve("state.pth");
        Run run = Run.of(args(out, "--resume", "--seed", "3"));
        assertEquals(
                List.of(
                        "lanegrad train: --resume: %s is of a run with --seed 0, not 3"
                                .formatted(state)),
                run.err().lines().toList());
        assertEquals(2, run.code());
        Pth.write(state, Map.of("epochs", List.of()));
        assertEquals(
                List.of("lanegrad train: " + state + ": it is not the state of a training"),
                Run.of(args(out, "--resume")).err().lines().toList());
        Run.of(args(out, "--resume", "--overwrite"))
                .assertComplaint(
                        "lanegrad train: --resume continues what --overwrite replaces: only one of"
                                + " them");
    }

    private String[] args(Path out, String... options) {
        List<String> args = new ArrayList<>(List.of("train", "--out", out.toString()));
        args.addAll(List.of("--data", data.toString(), "--model", "resnet8"));
        args.addAll(List.of("--epochs", "6", "--batch", "8"));
        args.addAll(List.of(options));
        return args.toArray(String[]::new);
    }
}
