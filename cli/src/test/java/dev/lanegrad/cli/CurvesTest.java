package dev.lanegrad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurvesTest {
    private static final int TRAIN = 0x1F77B4;
    private static final int TEST = 0xD62728;

    @TempDir Path temp;

    @Test
    void lossIsAboveAndAccuracyOfBothKindsOfImagesBelow() throws IOException {
        BufferedImage picture =
                draw(
                        IntStream.rangeClosed(1, 20)
                                .mapToObj(e ->
                                        new EpochResult(e, 2.0 / e, 1 - 0.5 / e, 50 + e, 100, 1))
                                .toList());
        assertTrue(count(picture, TRAIN, 0, 400) > 500);
        assertEquals(0, count(picture, TEST, 0, 400));
        assertTrue(count(picture, TRAIN, 400, 800) > 500);
        assertTrue(count(picture, TEST, 400, 800) > 500);
    }

    @Test
    void aMachineWithoutFontsGetsTheBareLines() {
        List<EpochResult> epochs =
                IntStream.rangeClosed(1, 20)
                        .mapToObj(e -> new EpochResult(e, 2.0 / e, 1 - 0.5 / e, 50 + e, 100, 1))
                        .toList();
        BufferedImage picture = new Curves(epochs).draw("", false);
        assertTrue(count(picture, TRAIN, 0, 400) > 500);
        assertEquals(0, count(picture, TEST, 0, 400));
        assertTrue(count(picture, TRAIN, 400, 800) > 500);
        assertTrue(count(picture, TEST, 400, 800) > 500);
    }

    @Test
    void oneEpochIsAPoint() throws IOException {
        BufferedImage picture = draw(List.of(new EpochResult(1, 0, 1, 100, 100, 1)));
        assertTrue(count(picture, TRAIN, 0, 400) > 30);
        assertTrue(count(picture, TEST, 400, 800) > 30);
    }

    private BufferedImage draw(List<EpochResult> epochs) throws IOException {
        Path file = temp.resolve("curves.png");
        new Curves(epochs).write("resnet8 learns digits", file);
        return ImageIO.read(file.toFile());
    }

    private static int count(BufferedImage picture, int color, int top, int bottom) {
        int n = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                n += (picture.getRGB(x, y) & 0xFFFFFF) == color ? 1 : 0;
            }
        }
        return n;
    }
}
