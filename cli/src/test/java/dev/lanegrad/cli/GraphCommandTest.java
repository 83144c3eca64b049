package dev.lanegrad.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphCommandTest {
    @Test
    void theTutorialsGraphIsDrawn(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("q.svg");
        String out = Run.of("graph", "-o", file.toString()).assertDone().out();
        assertTrue(out.contains("PowBackward0                          2         16 B\n"), out);
        String svg = Files.readString(file);
        assertTrue(svg.contains(">MulBackward0</text>") && svg.contains(">Q</text>"), svg);
    }

    @Test
    void aNetworksGraphNamesItsParameters(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("net.dot");
        String out = Run.of("graph", "resnet8", "-o", file.toString()).assertDone().out();
        assertTrue(out.contains("ConvolutionBackward0"), out);
        assertTrue(
                Files.readString(file).contains("label=\"layer1.0.conv1.weight\\n[16, 16, 3, 3]"));
    }

    @Test
    void whatCannotBeDrawnIsSaidInOneLine() {
        Run.of("graph", "resnet9")
                .assertComplaint(
                        "lanegrad graph: --model: there is no network resnet9, but resnet8,"
                                + " resnet20, resnet18");
        Run.of("graph", "-o", "q.png")
                .assertComplaint(
                        "lanegrad graph: --output: q.png ends with none of .svg, .dot, .mmd");
    }
}
