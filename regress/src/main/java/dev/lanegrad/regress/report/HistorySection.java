package dev.lanegrad.regress.report;

import static dev.lanegrad.regress.report.Html.format;
import static dev.lanegrad.regress.report.Html.text;

import dev.lanegrad.regress.Numbers;
import dev.lanegrad.regress.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A small chart for each benchmark: its time in each run, oldest to the left, with intervals.
final class HistorySection {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 110;
    private static final int LEFT = 66;
    private static final int RIGHT = 10;
    private static final int TOP = 8;
    private static final int BOTTOM = 22;

    /// The least height of a chart, so that noise does not look like mountains.
    private static final double LEAST_RANGE = 0.2;

    private record Point(Snapshot snapshot, Spread time) {}

    private final List<Snapshot> snapshots;

    /// The snapshots are in the order of time.
    HistorySection(List<Snapshot> snapshots) {
        this.snapshots = snapshots;
    }

    String html() {
        Map<String, List<Point>> series = new TreeMap<>();
        for (Snapshot s : snapshots) {
            s.times()
                    .forEach((name, time) ->
                            series.computeIfAbsent(name, _ -> new ArrayList<>())
                                    .add(new Point(s, time)));
        }
        StringBuilder charts = new StringBuilder();
        series.forEach((name, points) -> charts.append(chart(name, points)));
        return format(
                """
                <section id="history">
                <h2>History</h2>
                <p>Time of an operation with its 95 %% interval in each run, oldest to the left. Between runs the machine
                changes too; what a commit did is told by a comparison only.</p>
                <div class="charts">
                %s</div></section>
                """,
                charts);
    }

    private static String chart(String name, List<Point> points) {
        double low = points.stream().mapToDouble(p -> p.time().low()).min().orElseThrow();
        double high = points.stream().mapToDouble(p -> p.time().high()).max().orElseThrow();
        double middle = (low + high) / 2;
        double half = Math.max((high - low) / 2 * 1.1, middle * LEAST_RANGE / 2);
        double bottom = middle - half;
        double top = middle + half;
        StringBuilder svg = new StringBuilder();
        for (double tick : new double[] {bottom + 0.1 * half, middle, top - 0.1 * half}) {
            double y = y(tick, bottom, top);
            svg.append(
                    format(
                            "<path class=\"grid\" d=\"M%d %.1fH%d\"/><text class=\"tick\" x=\"%d\""
                                    + " y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                            LEFT, y, WIDTH - RIGHT, LEFT - 4, y + 4, Numbers.time(tick, "ns/op")));
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            Point p = points.get(i);
            double x = x(i, points.size());
            line.append(line.isEmpty() ? "M" : "L")
                    .append(format("%.1f %.1f", x, y(p.time().time(), bottom, top)));
            svg.append(point(p, x, bottom, top));
        }
        svg.append(format("<path class=\"line\" d=\"%s\"/>%n", line));
        ends(svg, points);
        return format(
                "<figure><figcaption>%s</figcaption><svg viewBox=\"0 0 %d %d\" role=\"img\""
                        + " aria-label=\"%s\">%n%s</svg></figure>%n",
                text(name), WIDTH, HEIGHT, text(name), svg);
    }

    private static String point(Point p, double x, double bottom, double top) {
        Spread t = p.time();
        return format(
                "<g data-nanos=\"%s\"><title>%s: %s, %s to %s</title><path class=\"whisker\" d=\"M%.1f"
                        + " %.1fV%.1f\"/><circle class=\"c0\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/></g>%n",
                t.time(),
                text(p.snapshot().label()),
                Numbers.time(t.time(), "ns/op"),
                Numbers.time(t.low(), "ns/op"),
                Numbers.time(t.high(), "ns/op"),
                x,
                y(t.low(), bottom, top),
                y(t.high(), bottom, top),
                x,
                y(t.time(), bottom, top));
    }

    /// The dates of the first and of the last run.
    private static void ends(StringBuilder svg, List<Point> points) {
        svg.append(
                format(
                        "<text class=\"tick\" x=\"%d\" y=\"%d\">%s</text>%n",
                        LEFT, HEIGHT - 6, day(points.getFirst())));
        if (points.size() > 1) {
            svg.append(
                    format(
                            "<text class=\"tick\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n",
                            WIDTH - RIGHT, HEIGHT - 6, day(points.getLast())));
        }
    }

    private static String day(Point p) {
        String started = p.snapshot().started();
        return text(started.substring(0, Math.min(started.length(), "2026-01-01".length())));
    }

    private static double x(int i, int n) {
        double room = WIDTH - LEFT - RIGHT;
        return n == 1 ? LEFT + room / 2 : LEFT + 8 + (room - 16) * i / (n - 1);
    }

    private static double y(double value, double bottom, double top) {
        return TOP + (HEIGHT - BOTTOM - TOP) * (top - value) / (top - bottom);
    }
}
