package dev.lanegrad.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// Values over the epochs as an SVG picture: one chart for each name, training in blue and
/// validation in red.
public final class Curves {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 240;
    private static final int MARGIN = 50;

    private Curves() {}

    /// Writes a picture of all values that the reports have.
    ///
    /// @throws IOException if the file cannot be written
    /// @throws IllegalArgumentException if there are no reports
    public static void write(Path file, List<EpochReport> reports) throws IOException {
        if (reports.isEmpty()) {
            throw new IllegalArgumentException("curves: no epoch to draw");
        }
        TreeSet<String> names = new TreeSet<>(reports.getFirst().training().keySet());
        names.addAll(reports.getFirst().validation().keySet());
        StringBuilder charts = new StringBuilder();
        int top = 0;
        for (String name : names) {
            charts.append(chart(name, top, reports));
            top += HEIGHT;
        }
        Files.writeString(
                file,
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                %s</svg>
                """
                        .formatted(WIDTH, top, charts));
    }

    private static String chart(String name, int top, List<EpochReport> reports) {
        List<Double> training = values(reports, name, false);
        List<Double> validation = values(reports, name, true);
        List<Double> all = new ArrayList<>(training);
        all.addAll(validation);
        double low = all.stream().filter(Double::isFinite).min(Double::compare).orElse(0.0);
        double high = all.stream().filter(Double::isFinite).max(Double::compare).orElse(1.0);
        double span = high > low ? high - low : 1;
        return """
        <text x="%d" y="%d">%s</text>
        <text x="4" y="%d">%s</text>
        <text x="4" y="%d">%s</text>
        <rect x="%d" y="%d" width="%d" height="%d" fill="none" stroke="#ccc"/>
        """
                        .formatted(
                                MARGIN,
                                top + 20,
                                escaped(name),
                                top + 34,
                                number(high),
                                top + HEIGHT - 16,
                                number(low),
                                MARGIN,
                                top + 28,
                                WIDTH - 2 * MARGIN,
                                HEIGHT - 48)
                + line(training, "#1f77b4", top, low, span)
                + line(validation, "#d62728", top, low, span);
    }

    private static List<Double> values(List<EpochReport> reports, String name, boolean validation) {
        return reports.stream()
                .map(r ->
                        (validation ? r.validation() : r.training()).getOrDefault(name, Double.NaN))
                .toList();
    }

    private static String line(
            List<Double> values, String color, int top, double low, double span) {
        StringBuilder points = new StringBuilder();
        int steps = Math.max(1, values.size() - 1);
        for (int i = 0; i < values.size(); i++) {
            if (Double.isFinite(values.get(i))) {
                double x = MARGIN + (WIDTH - 2.0 * MARGIN) * i / steps;
                double y = top + 28 + (HEIGHT - 48) * (1 - (values.get(i) - low) / span);
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            }
        }
        return points.isEmpty()
                ? ""
                : "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>\n"
                        .formatted(color, points.toString().strip());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
