package dev.lanegrad;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Pictures of the graphs that backward walks: leaves, operations with the shapes of their results,
/// what each keeps alive until backward and how many bytes that takes.
///
/// ```java
/// Graphs.svg(loss, Path.of("loss.svg"));
/// ```
///
/// Data flows downwards, as the program computed it; backward goes the other way.
public final class Graphs {
    private Graphs() {}

    /// Writes the graph behind `root` as an SVG file.
    ///
    /// @throws IOException if the file cannot be written
    public static void svg(Tensor root, Path file) throws IOException {
        Files.writeString(file, svg(Map.of(), root));
    }

    /// The graph behind `roots` as SVG.
    ///
    /// @param names of leaves and results
    public static String svg(Map<Tensor, String> names, Tensor... roots) {
        return GraphSvg.draw(GraphModel.of(names, roots));
    }

    /// The graph behind `roots` in the language of Graphviz.
    ///
    /// @param names of leaves and results
    public static String dot(Map<Tensor, String> names, Tensor... roots) {
        GraphModel graph = GraphModel.of(names, roots);
        StringBuilder dot = new StringBuilder("digraph {\n  node [shape=box, style=filled]\n");
        for (GraphModel.Vertex v : graph.vertices()) {
            String color =
                    switch (v.kind()) {
                        case LEAF -> "#cfe8ff";
                        case OPERATION -> "#f3f4f6";
                        case RESULT -> "#d3f5d8";
                    };
            dot.append(
                    "  n%d [label=\"%s\", fillcolor=\"%s\"]\n"
                            .formatted(v.id(), quoted(String.join("\n", v.lines()), "\\n"), color));
        }
        for (GraphModel.Arrow a : graph.arrows()) {
            dot.append("  n%d -> n%d\n".formatted(a.from(), a.to()));
        }
        return dot.append("}\n").toString();
    }

    /// The graph behind `roots` in the language of Mermaid.
    ///
    /// @param names of leaves and results
    public static String mermaid(Map<Tensor, String> names, Tensor... roots) {
        GraphModel graph = GraphModel.of(names, roots);
        StringBuilder text = new StringBuilder("flowchart TD\n");
        for (GraphModel.Vertex v : graph.vertices()) {
            String label =
                    String.join("\n", v.lines()).replace("\"", "#quot;").replace("\n", "<br>");
            text.append("  n%d[\"%s\"]\n".formatted(v.id(), label));
        }
        for (GraphModel.Arrow a : graph.arrows()) {
            text.append("  n%d --> n%d\n".formatted(a.from(), a.to()));
        }
        return text.toString();
    }

    private static String quoted(String text, String newLine) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", newLine);
    }

    /// What the operations of one name keep for their backward.
    ///
    /// @param name of the operations, for example `MulBackward0`
    /// @param count how many there are
    /// @param bytes they keep that no operation of a row before keeps
    public record Holding(String name, int count, long bytes) {}

    /// What the graph behind `roots` holds until backward, by the operations' name; memory that
    /// several operations keep counts once.
    public static List<Holding> holdings(Tensor... roots) {
        Map<String, List<Node>> byName = new TreeMap<>();
        for (Node node : GraphModel.nodes(roots)) {
            byName.computeIfAbsent(node.typeName(), _ -> new ArrayList<>()).add(node);
        }
        List<Kept> before = new ArrayList<>();
        List<Holding> rows = new ArrayList<>();
        long sum = 0;
        for (Map.Entry<String, List<Node>> entry : byName.entrySet()) {
            entry.getValue().forEach(node -> before.addAll(Kept.of(node)));
            long all = Kept.bytes(before);
            rows.add(new Holding(entry.getKey(), entry.getValue().size(), all - sum));
            sum = all;
        }
        return rows;
    }
}
