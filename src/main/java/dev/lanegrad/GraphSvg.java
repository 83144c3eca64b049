package dev.lanegrad;

import dev.lanegrad.GraphLayout.Place;
import java.util.List;
import java.util.Locale;

/// A graph as a picture.
final class GraphSvg {
    private GraphSvg() {}

    static String draw(GraphModel graph) {
        GraphLayout layout = new GraphLayout(graph);
        StringBuilder svg = new StringBuilder();
        svg.append(head(layout));
        for (List<Place> path : layout.paths) {
            arrow(svg, path);
        }
        for (GraphModel.Vertex v : graph.vertices()) {
            box(svg, v, layout.boxes[v.id()]);
        }
        return svg.append("</svg>\n").toString();
    }

    private static String head(GraphLayout layout) {
        return String.format(
                Locale.ROOT,
                """
                    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$.0f %2$.0f" width="%1$.0f" height="%2$.0f">
                    <style>
                    text { font: 11px ui-monospace, Menlo, Consolas, monospace; fill: #1f2328; text-anchor: middle }
                    .name { font-weight: bold }
                    .leaf { fill: #cfe8ff; stroke: #3b82c4 }
                    .operation { fill: #f3f4f6; stroke: #8c959f }
                    .result { fill: #d3f5d8; stroke: #2da44e }
                    .arrow { fill: none; stroke: #57606a; marker-end: url(#head) }
                    </style>
                    <defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#57606a"/></marker></defs>
                    <rect width="100%%" height="100%%" fill="white"/>
                """,
                layout.width,
                layout.height);
    }

    private static void arrow(StringBuilder svg, List<Place> path) {
        Place first = path.getFirst();
        double x = first.x;
        double y = first.y + first.height / 2;
        svg.append(String.format(Locale.ROOT, "<path class=\"arrow\" d=\"M%.1f %.1f", x, y));
        for (int i = 1; i < path.size(); i++) {
            Place p = path.get(i);
            double end = p.y - p.height / 2;
            double middle = (y + end) / 2;
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "C%.1f %.1f %.1f %.1f %.1f %.1f",
                            x,
                            middle,
                            p.x,
                            middle,
                            p.x,
                            end));
            x = p.x;
            y = end;
        }
        svg.append("\"/>\n");
    }

    private static void box(StringBuilder svg, GraphModel.Vertex v, Place p) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\""
                                + " rx=\"4\"/>\n",
                        v.kind().name().toLowerCase(Locale.ROOT),
                        p.x - p.width / 2,
                        p.y - p.height / 2,
                        p.width,
                        p.height));
        double y = p.y - (v.lines().size() / 2.0 - 0.75) * GraphLayout.LINE;
        for (int i = 0; i < v.lines().size(); i++) {
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<text%s x=\"%.1f\" y=\"%.1f\">%s</text>\n",
                            i == 0 ? " class=\"name\"" : "",
                            p.x,
                            y + i * GraphLayout.LINE,
                            escaped(v.lines().get(i))));
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
