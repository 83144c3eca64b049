package dev.lanegrad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.io.Safetensors;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no signal to send")
class InterruptionTest {
    @TempDir Path temp;

    @Test
    void ctrlCLeavesAUsableCheckpointAndSaysSo() throws Exception {
        Path out = temp.resolve("out");
        Process process =
                ChildProcess.start("train", "--epochs", "100000", "--out", out.toString());
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                if (line.startsWith("epoch      1/100000 ")) {
                    interrupt(process);
                }
            }
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(130, process.exitValue(), lines.toString());
        Path checkpoint = out.resolve("model.safetensors");
        int last = lines.size() - 1;
        assertTrue(
                lines.get(last - 2).matches("interrupted in epoch \\d+ of 100000"),
                lines.toString());
        assertEquals("checkpoint " + checkpoint, lines.get(last - 1));
        assertEquals("curves " + out.resolve("curves.png"), lines.get(last));
        assertNotNull(ImageIO.read(out.resolve("curves.png").toFile()));
        var contents = Safetensors.read(checkpoint);
        Network.of("resnet8").create(1, 10).loadStateDict(contents.tensors());
        assertTrue(Integer.parseInt(contents.metadata().get("steps_done")) > 44);
        try (var files = Files.list(out)) {
            assertTrue(files.noneMatch(f -> f.toString().endsWith(".tmp")));
        }
    }

    private static void interrupt(Process process) throws IOException, InterruptedException {
        int code =
                new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertEquals(0, code);
    }
}
