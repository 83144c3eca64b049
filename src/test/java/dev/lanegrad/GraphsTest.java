package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.Graphs.Holding;
import dev.lanegrad.nn.models.ResNet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphsTest {
    private final Tensor a = Tensor.of(2f, 3f).requiresGrad(true);
    private final Tensor b = Tensor.of(6f, 4f).requiresGrad(true);
    private final Tensor q = a.pow(3).mul(3).sub(b.pow(2));
    private final Map<Tensor, String> names = Map.of(a, "a", b, "b", q, "Q");

    @Test
    void graphvizIsToldWhatEachOperationKeeps() {
        assertEquals(
                """
                digraph {
                  node [shape=box, style=filled]
                  n0 [label="b\\n[2]", fillcolor="#cfe8ff"]
                  n1 [label="a\\n[2]", fillcolor="#cfe8ff"]
                  n2 [label="PowBackward0\\n[2]\\nkeeps x [2]\\n8 B", fillcolor="#f3f4f6"]
                  n3 [label="MulBackward0\\n[2]\\nkeeps b []\\n8 B", fillcolor="#f3f4f6"]
                  n4 [label="PowBackward0\\n[2]\\nkeeps x [2]\\n8 B", fillcolor="#f3f4f6"]
                  n5 [label="SubBackward0\\n[2]", fillcolor="#f3f4f6"]
                  n6 [label="Q\\n[2]", fillcolor="#d3f5d8"]
                  n1 -> n2
                  n2 -> n3
                  n0 -> n4
                  n3 -> n5
                  n4 -> n5
                  n5 -> n6
                }
                """,
                Graphs.dot(names, q));
    }

    @Test
    void mermaidHasTheSameBoxesAndArrows() {
        String text = Graphs.mermaid(names, q);
        assertTrue(text.startsWith("flowchart TD\n  n0[\"b<br>[2]\"]\n"), text);
        assertTrue(text.endsWith("  n5 --> n6\n"), text);
    }

    @Test
    void afterBackwardNothingIsKept() {
        assertEquals(24, Graphs.holdings(q).stream().mapToLong(Holding::bytes).sum());
        q.sum().backward();
        assertTrue(Graphs.dot(names, q).contains("PowBackward0\\n[2]\\nmemory given back"));
        assertEquals(0, Graphs.holdings(q).stream().mapToLong(Holding::bytes).sum());
    }

    @Test
    void memoryKeptByTwoOperationsCountsOnce() {
        Tensor x = Tensor.ones(100).requiresGrad(true);
        Tensor y = x.exp();
        Tensor z = y.mul(y);
        assertEquals(
                List.of(
                        new Holding("AccumulateGrad", 1, 0),
                        new Holding("ExpBackward0", 1, 400),
                        new Holding("MulBackward0", 1, 0)),
                Graphs.holdings(z));
    }

    @Test
    void aPictureHasNoBoxOverAnother(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("q.svg");
        Graphs.svg(q, file);
        assertEquals(7, boxes(Files.readString(file)).size());
        ResNet net = ResNet.small(1, 10, 8, new int[] {1, 1});
        Map<Tensor, String> parameters = new HashMap<>();
        net.namedParameters().forEach((name, p) -> parameters.put(p, name));
        Tensor y = net.forward(Tensor.ones(2, 1, 8, 8));
        String svg = Graphs.svg(parameters, y);
        assertTrue(svg.contains(">layer1.0.conv1.weight</text>"));
        List<double[]> boxes = boxes(svg);
        for (int i = 0; i < boxes.size(); i++) {
            for (int j = 0; j < i; j++) {
                double[] one = boxes.get(i);
                double[] other = boxes.get(j);
                boolean apart =
                        one[0] + one[2] <= other[0]
                                || other[0] + other[2] <= one[0]
                                || one[1] + one[3] <= other[1]
                                || other[1] + other[3] <= one[1];
                assertTrue(apart, "boxes " + i + " and " + j);
            }
        }
    }

    /// Left, top, width and height of each box.
    private static List<double[]> boxes(String svg) {
        return Pattern.compile(
                        "<rect class=\"\\w+\" x=\"(.*?)\" y=\"(.*?)\" width=\"(.*?)\""
                                + " height=\"(.*?)\" rx=\"4\"/>")
                .matcher(svg)
                .results()
                .map(m ->
                        IntStream.rangeClosed(1, 4)
                                .mapToDouble(k -> Double.parseDouble(m.group(k)))
                                .toArray())
                .toList();
    }
}
