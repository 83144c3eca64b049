package dev.lanegrad.regress.report;

import static dev.lanegrad.regress.report.Html.format;
import static dev.lanegrad.regress.report.Html.text;

import java.util.ArrayList;
import java.util.List;

/// Every kernel beside what the machine allows: multiply-adds at most, and memory at most for the
/// bytes that a kernel must move (Williams, Waterman and Patterson, Roofline: an insightful visual
/// performance model, CACM 52, 2009).
final class Roofline {
    private static final int LEFT = 46;
    private static final int RIGHT = 12;
    private static final int TOP = 14;
    private static final int BOTTOM = 42;
    private static final double WIDE_TICKS = 600;
    private static final int COLORS = 9;

    /// The room that a point's number takes.
    private static final double MARK_WIDTH = 20;

    private static final double MARK_HEIGHT = 12;

    private final KernelRun run;
    private final int width;
    private final int height;
    private final LogScale x;
    private final LogScale y;
    private final List<String> families;

    Roofline(KernelRun run, int width, int height) {
        this.run = run;
        this.width = width;
        this.height = height;
        double least = ridge() / 4;
        double most = ridge() * 4;
        double lowest = run.peakGflops() / 4;
        double highest = run.peakGflops() * 1.1;
        for (KernelRun.Row row : run.rows()) {
            least = Math.min(least, row.intensity() / 1.3);
            most = Math.max(most, row.intensity() * 1.3);
            lowest = Math.min(lowest, row.gflops() / 1.5);
            highest = Math.max(highest, row.gflops() * 1.15);
        }
        this.x = new LogScale(least, most, LEFT, width - RIGHT);
        this.y = new LogScale(lowest, highest, height - BOTTOM, TOP);
        this.families = run.families();
    }

    /// Where reading memory is just fast enough.
    private double ridge() {
        return run.peakGflops() / run.readBandwidth();
    }

    /// The class of a family's color.
    static String color(List<String> families, String family) {
        return "c" + families.indexOf(family) % COLORS;
    }

    String svg(String className) {
        StringBuilder svg = new StringBuilder();
        svg.append(
                format(
                        "<svg class=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Roofline of"
                                + " the kernels\">%n",
                        className, width, height));
        axes(svg);
        roof(svg, run.readBandwidth(), "read");
        roof(svg, run.copyBandwidth(), "copy");
        points(svg);
        return svg.append("</svg>\n").toString();
    }

    private void axes(StringBuilder svg) {
        int bottom = height - BOTTOM;
        for (double tick : x.ticks()) {
            if (width < WIDE_TICKS && !isPowerOfTen(tick)) {
                continue;
            }
            svg.append(
                    format(
                            "<path class=\"grid\" d=\"M%.1f %dV%d\"/><text class=\"tick\" x=\"%.1f\""
                                    + " y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                            x.at(tick),
                            TOP,
                            bottom,
                            x.at(tick),
                            bottom + 16,
                            LogScale.label(tick)));
        }
        for (double tick : y.ticks()) {
            svg.append(
                    format(
                            "<path class=\"grid\" d=\"M%d %.1fH%d\"/><text class=\"tick\" x=\"%d\""
                                    + " y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                            LEFT,
                            y.at(tick),
                            width - RIGHT,
                            LEFT - 6,
                            y.at(tick) + 4,
                            LogScale.label(tick)));
        }
        svg.append(
                format(
                        "<text class=\"tick\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">operations for"
                                + " each byte that must move</text>%n",
                        (LEFT + width - RIGHT) / 2, height - 6));
        svg.append(
                format(
                        "<text class=\"tick\" x=\"%d\" y=\"%d\">GFLOP/s</text>%n",
                        LEFT + 4, TOP + 10));
    }

    private static boolean isPowerOfTen(double tick) {
        return Math.abs(Math.log10(tick) - Math.rint(Math.log10(tick))) < 1e-9;
    }

    /// The slope of a bandwidth up to the peak, and the peak from there.
    private void roof(StringBuilder svg, double bandwidth, String name) {
        double ridge = run.peakGflops() / bandwidth;
        double start = Math.max(x.low(), y.low() / bandwidth);
        svg.append(
                format(
                        "<path class=\"roof %s\" data-bandwidth=\"%s\" data-peak=\"%s\""
                                + " d=\"M%.1f %.1fL%.1f %.1fH%d\"><title>%s %.1f GB/s, peak %.1f"
                                + " GFLOP/s</title></path>%n",
                        name,
                        bandwidth,
                        run.peakGflops(),
                        x.at(start),
                        y.at(start * bandwidth),
                        x.at(ridge),
                        y.at(run.peakGflops()),
                        width - RIGHT,
                        name,
                        bandwidth,
                        run.peakGflops()));
    }

    private void points(StringBuilder svg) {
        List<double[]> marked = new ArrayList<>();
        StringBuilder marks = new StringBuilder();
        int number = 0;
        for (KernelRun.Row row : run.rows()) {
            number++;
            double px = x.at(row.intensity());
            double py = y.at(row.gflops());
            svg.append(
                    format(
                            "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\" data-kernel=\"%s\""
                                    + " data-gflops=\"%s\"><title>%d %s: %.1f GFLOP/s, %.1f %% of the"
                                    + " peak</title></circle>%n",
                            color(families, row.family()),
                            px,
                            py,
                            text(row.name()),
                            row.gflops(),
                            number,
                            text(row.name()),
                            row.gflops(),
                            row.percentOfPeak()));
            if (marked.stream().noneMatch(m -> crowds(m, px, py))) {
                marked.add(new double[] {px, py});
                marks.append(
                        format(
                                "<text class=\"mark\" x=\"%.1f\" y=\"%.1f\">%d</text>%n",
                                px + 6, py - 5, number));
            }
        }
        svg.append(marks);
    }

    /// Whether a number would stand upon another; its point has it in its title.
    private static boolean crowds(double[] mark, double px, double py) {
        return Math.abs(mark[0] - px) < MARK_WIDTH && Math.abs(mark[1] - py) < MARK_HEIGHT;
    }
}
