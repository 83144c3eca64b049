package dev.lanegrad.data;

import static dev.lanegrad.data.IdxFileTest.gzip;
import static dev.lanegrad.data.IdxFileTest.idx;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.io.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistTest {
    @TempDir Path folder;

    @Test
    void filesAreFoundCompressedPlainAndUnderTheNameWithADot() throws IOException {
        write("train-images-idx3-ubyte.gz", gzip(idx(0x803, 2, 1, 1, 5, 6)));
        write("train-labels.idx1-ubyte", idx(0x801, 2, 1, 9));
        write("t10k-images-idx3-ubyte", idx(0x803, 1, 1, 1, 7));
        write("t10k-labels.idx1-ubyte.gz", gzip(idx(0x801, 1, 0)));
        assertArrayEquals(new long[] {1, 9}, FashionMnist.train(folder).targets().toLongArray());
        assertArrayEquals(new long[] {5, 6}, FashionMnist.train(folder).inputs().toLongArray());
        assertArrayEquals(new long[] {7}, FashionMnist.test(folder).inputs().toLongArray());
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        write("train-images-idx3-ubyte", idx(0x803, 0, 1, 1));
        var e = assertThrows(NoSuchFileException.class, () -> FashionMnist.train(folder));
        assertEquals(
                folder + ": has neither train-labels-idx1-ubyte.gz nor train-labels-idx1-ubyte",
                e.getMessage());
    }

    @Test
    void labelsAndImagesMustBeAsMany() throws IOException {
        write("train-images-idx3-ubyte", idx(0x803, 1, 1, 1, 0));
        write("train-labels-idx1-ubyte", idx(0x801, 2, 1, 2));
        var e = assertThrows(MalformedFileException.class, () -> FashionMnist.train(folder));
        assertEquals(
                folder.resolve("train-labels-idx1-ubyte")
                        + ": there are 2 labels but 1 images ("
                        + folder.resolve("train-images-idx3-ubyte")
                        + ")",
                e.getMessage());
    }

    @Test
    void aLabelBeyond9IsRefused() throws IOException {
        write("train-images-idx3-ubyte", idx(0x803, 2, 1, 1, 0, 0));
        write("train-labels-idx1-ubyte", idx(0x801, 2, 1, 10));
        var e = assertThrows(MalformedFileException.class, () -> FashionMnist.train(folder));
        assertEquals(
                folder.resolve("train-labels-idx1-ubyte") + ": label 10 at 1 is not in 0 to 9",
                e.getMessage());
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }
}
