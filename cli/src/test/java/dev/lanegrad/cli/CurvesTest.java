package dev.lanegrad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.training.EpochReport;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        BufferedImage picture = draw(twentyEpochs());
        assertTrue(count(picture, TRAIN, 0, 400) > 500);
        assertEquals(0, count(picture, TEST, 0, 400));
        assertTrue(count(picture, TRAIN, 400, 800) > 500);
        assertTrue(count(picture, TEST, 400, 800) > 500);
    }

    @Test
    void aMachineWithoutFontsGetsTheBareLines() {
        BufferedImage picture = new Curves(twentyEpochs()).draw("", false);
        assertTrue(count(picture, TRAIN, 0, 400) > 500);
        assertEquals(0, count(picture, TEST, 0, 400));
        assertTrue(count(picture, TRAIN, 400, 800) > 500);
        assertTrue(count(picture, TEST, 400, 800) > 500);
    }

    @Test
    void oneEpochIsAPoint() throws IOException {
        BufferedImage picture = draw(List.of(report(1, 0, 1, 1)));
        assertTrue(count(picture, TRAIN, 0, 400) > 30);
        assertTrue(count(picture, TEST, 400, 800) > 30);
    }

    private static List<EpochReport> twentyEpochs() {
        return IntStream.rangeClosed(1, 20)
                .mapToObj(e -> report(e, 2.0 / e, 1 - 0.5 / e, 0.5 + 0.01 * e))
                .toList();
    }

    private static EpochReport report(int epoch, double loss, double train, double test) {
        var training = new LinkedHashMap<>(Map.of("loss", loss, "accuracy", train));
        var validation = new LinkedHashMap<>(Map.of("accuracy", test));
        return new EpochReport(epoch, 1, 100, 0.1, training, validation, true);
    }

    private BufferedImage draw(List<EpochReport> epochs) throws IOException {
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
