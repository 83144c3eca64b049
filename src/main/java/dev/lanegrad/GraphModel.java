package dev.lanegrad;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A graph as it is drawn: data flows from leaves through operations to the results.
///
/// @param vertices in an order in which each comes after those it needs
/// @param arrows from a vertex to one that uses it
record GraphModel(List<Vertex> vertices, List<Arrow> arrows) {
    enum Kind {
        LEAF,
        OPERATION,
        RESULT
    }

    /// @param lines what the box says, the name first
    /// @param bytes that only this vertex keeps for backward
    record Vertex(int id, Kind kind, List<String> lines, long bytes) {}

    /// @param from the number of a vertex
    record Arrow(int from, int to) {}

    /// @param names of leaves and results
    static GraphModel of(Map<Tensor, String> names, Tensor... roots) {
        List<Node> nodes = nodes(roots);
        Map<Node, Integer> ids = new HashMap<>();
        List<Vertex> vertices = new ArrayList<>();
        List<Arrow> arrows = new ArrayList<>();
        for (Node node : nodes) {
            int id = ids.size();
            ids.put(node, id);
            vertices.add(vertex(id, node, names));
            for (Edge edge : node.edges()) {
                if (edge != null) {
                    Arrow arrow = new Arrow(Objects.requireNonNull(ids.get(edge.node())), id);
                    if (!arrows.contains(arrow)) {
                        arrows.add(arrow);
                    }
                }
            }
        }
        for (Tensor root : roots) {
            Edge edge = root.gradientEdge();
            if (edge != null) {
                int id = vertices.size();
                String title = names.getOrDefault(root, "result");
                vertices.add(
                        new Vertex(
                                id, Kind.RESULT, List.of(title, describe(OutputInfo.of(root))), 0));
                arrows.add(new Arrow(Objects.requireNonNull(ids.get(edge.node())), id));
            }
        }
        return new GraphModel(vertices, arrows);
    }

    /// All nodes behind the roots, earlier operations first.
    static List<Node> nodes(Tensor... roots) {
        Set<Node> seen = new HashSet<>();
        ArrayDeque<Node> open = new ArrayDeque<>();
        for (Tensor root : roots) {
            Edge edge = root.gradientEdge();
            if (edge != null && seen.add(edge.node())) {
                open.add(edge.node());
            }
        }
        List<Node> all = new ArrayList<>();
        for (Node node = open.poll(); node != null; node = open.poll()) {
            all.add(node);
            for (Edge edge : node.edges()) {
                if (edge != null && seen.add(edge.node())) {
                    open.add(edge.node());
                }
            }
        }
        all.sort(Comparator.comparingLong(n -> n.isAccumulation() ? -1 : n.sequence));
        return all;
    }

    private static Vertex vertex(int id, Node node, Map<Tensor, String> names) {
        if (node.ruleIfKept() instanceof AccumulateGrad leaf) {
            String name = names.getOrDefault(leaf.leaf(), "leaf");
            return new Vertex(id, Kind.LEAF, List.of(name, describe(node.output(0))), 0);
        }
        List<String> lines = new ArrayList<>();
        lines.add(node.typeName());
        for (int k = 0; k < node.outputCount(); k++) {
            lines.add(describe(node.output(k)));
        }
        List<Kept> kept = Kept.of(node);
        long bytes = Kept.bytes(kept);
        if (node.isReleased()) {
            lines.add("memory given back");
        } else if (!kept.isEmpty()) {
            lines.add(
                    "keeps " + String.join(", ", kept.stream().map(GraphModel::describe).toList()));
            lines.add(bytes(bytes));
        }
        return new Vertex(id, Kind.OPERATION, lines, bytes);
    }

    private static String describe(OutputInfo info) {
        return info.shape() + (info.dtype() == DType.FLOAT32 ? "" : " " + info.dtype());
    }

    private static String describe(Kept kept) {
        return kept.name() + " " + kept.shape();
    }

    /// A size as text, for example `4.1 KiB`.
    static String bytes(long n) {
        if (n < 1024) {
            return n + " B";
        }
        double size = n;
        int unit = 0;
        while (size >= 1024) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %ciB", size, "KMGT".charAt(unit - 1));
    }
}
