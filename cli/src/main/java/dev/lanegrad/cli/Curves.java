package dev.lanegrad.cli;

import dev.lanegrad.training.EpochReport;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Loss and accuracy over the epochs, as a picture.
final class Curves {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 400;
    private static final Color TRAIN = new Color(0x1F77B4);
    private static final Color TEST = new Color(0xD62728);

    private final List<EpochReport> epochs;
    private final Line loss =
            new Line("training loss", TRAIN, e -> e.training().getOrDefault("loss", Double.NaN));
    private final Line train =
            new Line("training images", TRAIN, e -> 100 * Training.accuracy(e.training()));
    private final Line test =
            new Line("test images", TEST, e -> 100 * Training.accuracy(e.validation()));

    private record Line(String name, Color color, ToDoubleFunction<EpochReport> value) {
        double[] values(List<EpochReport> epochs) {
            return epochs.stream().mapToDouble(value).toArray();
        }
    }

    Curves(List<EpochReport> epochs) {
        this.epochs = epochs;
    }

    /// Writes a PNG of the two charts, one above the other.
    void write(String title, Path file) throws IOException {
        System.setProperty("java.awt.headless", "true");
        ImageIO.setUseCache(false); // its temporary files need a process that is not ending
        BufferedImage picture = draw(title, hasFonts());
        try (var out = Files.newOutputStream(file)) {
            if (!ImageIO.write(picture, "png", out)) {
                throw new IOException(file + ": this Java has no PNG writer");
            }
        }
    }

    /// Whether Java can draw text: many servers have no font at all.
    private static boolean hasFonts() {
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 10)
                    .getLineMetrics("x", new FontRenderContext(null, true, true));
            return true;
        } catch (RuntimeException | Error _) { // each kind of lack throws another type
            return false;
        }
    }

    /// @param text whether to draw axes and names too; else the bare lines
    BufferedImage draw(String title, boolean text) {
        BufferedImage picture = new BufferedImage(WIDTH, 2 * HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        if (text) {
            XYChart above = chart(title, "loss", loss);
            above.getStyler().setYAxisMin(0.0);
            above.paint(g, WIDTH, HEIGHT);
            XYChart below = chart("", "accuracy in %", train, test);
            below.getStyler().setYAxisMax(100.0);
            g.translate(0, HEIGHT);
            below.paint(g, WIDTH, HEIGHT);
        } else {
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, WIDTH, 2 * HEIGHT);
            paintBare(g, Arrays.stream(loss.values(epochs)).max().orElse(0), loss);
            g.translate(0, HEIGHT);
            paintBare(g, 100, train, test);
        }
        g.dispose();
        return picture;
    }

    private XYChart chart(String title, String yAxis, Line... lines) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle("epoch")
                        .yAxisTitle(yAxis)
                        .build();
        chart.getStyler()
                .setXAxisMin(epochs.size() == 1 ? 0.0 : epochs.getFirst().epoch())
                .setXAxisMax((double) epochs.getLast().epoch())
                .setXAxisTickLabelsFormattingFunction(Curves::wholeNumber)
                .setChartBackgroundColor(Color.WHITE)
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal)
                .setChartTitleVisible(!title.isEmpty());
        for (Line line : lines) {
            double[] x = epochs.stream().mapToDouble(EpochReport::epoch).toArray();
            XYSeries series = chart.addSeries(line.name, x, line.values(epochs));
            series.setMarker(SeriesMarkers.CIRCLE)
                    .setMarkerColor(line.color)
                    .setLineColor(line.color);
        }
        return chart;
    }

    private static String wholeNumber(double epoch) {
        return epoch == Math.rint(epoch) ? Long.toString(Math.round(epoch)) : "";
    }

    private void paintBare(Graphics2D g, double high, Line... lines) {
        int margin = 20;
        int width = WIDTH - 2 * margin;
        int height = HEIGHT - 2 * margin;
        g.setStroke(new BasicStroke(2));
        g.setColor(Color.LIGHT_GRAY);
        g.drawRect(margin, margin, width, height);
        for (Line line : lines) {
            double[] y = line.values(epochs);
            int[] px = new int[y.length];
            int[] py = new int[y.length];
            g.setColor(line.color);
            for (int i = 0; i < y.length; i++) {
                px[i] = margin + (y.length == 1 ? width : i * width / (y.length - 1));
                py[i] = margin + (int) Math.round(height * (1 - y[i] / Math.max(1e-9, high)));
                g.fillOval(px[i] - 4, py[i] - 4, 9, 9);
            }
            g.drawPolyline(px, py, y.length);
        }
    }
}
