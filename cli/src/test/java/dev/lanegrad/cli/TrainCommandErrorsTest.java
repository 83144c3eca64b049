package dev.lanegrad.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every mistake is one line on stderr with exit code 2, and leaves no trace.
class TrainCommandErrorsTest {
    private static final String MAY_HELP = " (lanegrad train --help shows what there is)";

    @TempDir Path temp;
    private Path out;

    @BeforeEach
    void nameAFolder() {
        out = temp.resolve("out");
    }

    @AfterEach
    void nothingWasMade() {
        assertFalse(Files.exists(out));
    }

    @Test
    void numbersOutOfRange() {
        complaint("--batch must be at least 2, but is 0", "--batch", "0");
        complaint("--batch must be at least 2, but is 1", "--batch", "1");
        complaint("--batch must be from 2 to 1437, but is 1438", "--batch", "1438");
        complaint("--epochs must be from 1 to 1000000, but is 0", "--epochs", "0");
        complaint("--threads must be from 1 to 256, but is -1", "--threads", "-1");
        complaint("--lr must be a number above 0, but is 0.0", "--lr", "0");
        complaint("--lr must be a number above 0, but is NaN", "--lr", "NaN");
        complaint("--lr must be a number above 0, but is Infinity", "--lr", "Infinity");
    }

    @Test
    void wordsForNumbersAndUnknownOptions() {
        complaint(
                "Invalid value for option '--epochs': 'many' is not an int" + MAY_HELP,
                "--epochs",
                "many");
        complaint("Unknown option: '--batches', did you mean --batch" + MAY_HELP, "--batches");
        complaint("Missing required parameter for option '--seed' (N)" + MAY_HELP, "--seed");
    }

    @Test
    void anUnknownNetwork() {
        complaint(
                "--model: there is no network resnet19, but resnet8, resnet20, resnet18",
                "--model",
                "resnet19");
    }

    @Test
    void aMissingFolder() {
        Path none = temp.resolve("none");
        complaint(
                "--data: there is no folder "
                        + none
                        + ", nor data of that name (digits, fashion-mnist)",
                "--data",
                none.toString());
    }

    @Test
    void aFolderWithoutTheFiles() {
        complaint(
                temp + ": has neither train-images-idx3-ubyte.gz nor train-images-idx3-ubyte",
                "--data",
                temp.toString());
    }

    @Test
    void aTruncatedFile() throws IOException {
        Path data = IdxFolder.write(temp.resolve("data"), 20, 10);
        Path images = data.resolve("t10k-images-idx3-ubyte");
        Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 100));
        complaint(
                images
                        + ": truncated: images [10, 8, 8] need 640 bytes after the header, but there are 84",
                "--data",
                data.toString());
    }

    @Test
    void aWrongMagicNumber() throws IOException {
        Path data = IdxFolder.write(temp.resolve("data"), 20, 10);
        Path labels = data.resolve("train-labels-idx1-ubyte");
        Files.copy(
                data.resolve("train-images-idx3-ubyte"),
                labels,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        complaint(
                labels + ": the magic number is 0x00000803, but that of labels is 0x00000801",
                "--data",
                data.toString());
    }

    @Test
    void tooFewImages() throws IOException {
        Path data = IdxFolder.write(temp.resolve("data"), 1, 0);
        complaint(
                "--data: "
                        + data
                        + " has 1 training images and 0 test images of 8x8 pixels, too few",
                "--data",
                data.toString());
    }

    @Test
    void aFileInThePlaceOfTheFolder() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "mine");
        Run.of("train", "--out", file.toString())
                .assertComplaint(
                        "lanegrad train: --out: cannot write to "
                                + file
                                + " ("
                                + file
                                + ": is there already, and no folder)");
        assertEquals("mine", Files.readString(file));
        Path below = file.resolve("below");
        Run.of("train", "--out", below.toString())
                .assertComplaint(
                        "lanegrad train: --out: cannot write to "
                                + below
                                + " ("
                                + below
                                + ": Not a directory)");
    }

    @Test
    void theCheckpointOfAnotherRun() throws IOException {
        Path taken = Files.createDirectories(temp.resolve("taken"));
        Path checkpoint = Files.write(taken.resolve("model.safetensors"), new byte[] {1, 2, 3});
        Run.of("train", "--out", taken.toString())
                .assertComplaint(
                        "lanegrad train: --out: "
                                + checkpoint
                                + " is there already, from another run (--overwrite replaces it)");
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(checkpoint));
    }

    private void complaint(String line, String... options) {
        List<String> args = new ArrayList<>(List.of("train", "--out", out.toString()));
        args.addAll(List.of(options));
        Run.of(args.toArray(String[]::new)).assertComplaint("lanegrad train: " + line);
    }
}
