package dev.lanegrad.cli;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Loss and accuracy over the epochs, as a picture.
final class Curves {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 400;
    private static final Color TRAIN = new Color(0x1F77B4);
    private static final Color TEST = new Color(0xD62728);

    private final List<EpochResult> epochs;

    Curves(List<EpochResult> epochs) {
        this.epochs = epochs;
    }

    /// Writes a PNG of the two charts, one above the other.
    void write(String title, Path file) throws IOException {
        System.setProperty("java.awt.headless", "true");
        ImageIO.setUseCache(false); // its temporary files need a process that is not ending
        XYChart loss = chart(title, "loss");
        add(loss, "training loss", TRAIN, EpochResult::loss);
        loss.getStyler().setYAxisMin(0.0).setLegendPosition(LegendPosition.InsideNE);
        XYChart accuracy = chart("", "accuracy in %");
        add(accuracy, "training images", TRAIN, e -> 100 * e.trainAccuracy());
        add(accuracy, "test images", TEST, e -> 100 * e.testAccuracy());
        accuracy.getStyler().setYAxisMax(100.0).setLegendPosition(LegendPosition.InsideSE);
        BufferedImage picture = new BufferedImage(WIDTH, 2 * HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        loss.paint(g, WIDTH, HEIGHT);
        g.translate(0, HEIGHT);
        accuracy.paint(g, WIDTH, HEIGHT);
        g.dispose();
        try (var out = Files.newOutputStream(file)) {
            if (!ImageIO.write(picture, "png", out)) {
                throw new IOException(file + ": this Java has no PNG writer");
            }
        }
    }

    private XYChart chart(String title, String yAxis) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle("epoch")
                        .yAxisTitle(yAxis)
                        .build();
        chart.getStyler().setXAxisDecimalPattern("0").setXAxisMin(first()).setXAxisMax(last());
        chart.getStyler()
                .setChartBackgroundColor(Color.WHITE)
                .setChartTitleVisible(!title.isEmpty());
        return chart;
    }

    private double first() {
        return epochs.size() == 1 ? 0 : epochs.getFirst().epoch();
    }

    private double last() {
        return epochs.getLast().epoch();
    }

    private void add(XYChart chart, String name, Color color, ToDoubleFunction<EpochResult> value) {
        double[] x = epochs.stream().mapToDouble(EpochResult::epoch).toArray();
        double[] y = epochs.stream().mapToDouble(value).toArray();
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color).setLineColor(color);
    }
}
