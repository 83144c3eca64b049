package dev.lanegrad.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.io.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    private static final Pattern EPOCH =
            Pattern.compile(
                    "epoch \\d/6  loss (\\d\\.\\d{4})  accuracy [ \\d]{2,3}\\.\\d\\d %"
                            + "  test [ \\d]{2,3}\\.\\d\\d %  \\d+ images/s");

    @TempDir Path temp;

    @Test
    void trainingPrintsALineAnEpochAndLeavesItsFiles() throws Exception {
        Path out = temp.resolve("out");
        List<String> lines = train(out, "--seed", "1").lines();
        assertEquals(11, lines.size(), lines.toString());
        assertTrue(
                lines.get(1)
                        .startsWith("resnet8 (77754 parameters) learns data: 160 images, 40 to"));
        double[] loss = new double[6];
        for (int i = 0; i < 6; i++) {
            Matcher epoch = EPOCH.matcher(lines.get(2 + i));
            assertTrue(epoch.matches(), lines.get(2 + i));
            loss[i] = Double.parseDouble(epoch.group(1));
        }
        assertTrue(loss[5] < 0.7 * loss[0], Arrays.toString(loss));
        assertTrue(
                lines.get(8).matches("test accuracy \\d+\\.\\d % \\(\\d+ of 40\\)"), lines.get(8));
        assertEquals("checkpoint " + out.resolve("model.safetensors"), lines.get(9));
        assertEquals("curves " + out.resolve("curves.png"), lines.get(10));
        var checkpoint = Safetensors.read(out.resolve("model.safetensors"));
        Network.of("resnet8").create(1, 10).loadStateDict(checkpoint.tensors());
        assertEquals("6", checkpoint.metadata().get("epochs_done"));
        assertNotNull(ImageIO.read(out.resolve("curves.png").toFile()));
    }

    @Test
    void theSameSeedGivesTheSameBitsForAnyNumberOfThreads() throws IOException {
        byte[] first = checkpoint("a", "--seed", "5", "--threads", "1");
        assertArrayEquals(first, checkpoint("b", "--seed", "5", "--threads", "1"));
        assertArrayEquals(first, checkpoint("c", "--seed", "5", "--threads", "2"));
        assertFalse(Arrays.equals(first, checkpoint("d", "--seed", "6", "--threads", "2")));
    }

    @Test
    void overwriteReplacesAnEarlierRun() throws IOException {
        Path out = Files.createDirectories(temp.resolve("out"));
        Path checkpoint = Files.writeString(out.resolve("model.safetensors"), "old");
        train(out, "--overwrite");
        assertFalse(Safetensors.read(checkpoint).tensors().isEmpty());
    }

    @Test
    void aRunWithoutAFolderTakesANewOne() throws Exception {
        assertEquals(temp.resolve("x"), RunFolder.choose(null, temp, "x", false).folder());
        for (String taken : List.of("x", "x-2")) {
            Files.createDirectories(temp.resolve(taken));
            Files.writeString(temp.resolve(taken).resolve("model.safetensors"), "old");
        }
        assertEquals(temp.resolve("x-3"), RunFolder.choose(null, temp, "x", false).folder());
        assertEquals(temp.resolve("x"), RunFolder.choose(null, temp, "x", true).folder());
    }

    @Test
    void aLossThatIsNoNumberEndsTheTrainingAndSparesTheCheckpoint() throws IOException {
        Path out = temp.resolve("out");
        Run run = run(out, "--lr", "1e30");
        assertEquals(2, run.code());
        assertTrue(
                run.err()
                        .matches(
                                "lanegrad train: the loss is NaN after step \\d+ of epoch 1: a smaller --lr may help\\R"),
                run.err());
        assertFalse(Files.exists(out.resolve("model.safetensors")));
    }

    private byte[] checkpoint(String name, String... options) throws IOException {
        Path out = temp.resolve(name);
        train(out, options);
        return Files.readAllBytes(out.resolve("model.safetensors"));
    }

    private Run train(Path out, String... options) throws IOException {
        return run(out, options).assertDone();
    }

    private Run run(Path out, String... options) throws IOException {
        Path data = IdxFolder.write(temp.resolve("data"), 160, 40);
        List<String> args = new ArrayList<>(List.of("train", "--out", out.toString()));
        args.addAll(List.of("--data", data.toString(), "--model", "resnet8"));
        args.addAll(List.of("--epochs", "6", "--batch", "8"));
        args.addAll(List.of(options));
        return Run.of(args.toArray(String[]::new));
    }
}
