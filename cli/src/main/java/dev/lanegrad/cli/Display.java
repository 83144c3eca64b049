package dev.lanegrad.cli;

import dev.lanegrad.training.EpochReport;
import dev.lanegrad.training.Trainer;
import java.io.Console;
import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows how training goes: a line an epoch, and on a terminal a bar while it lasts.
final class Display implements AutoCloseable {
    private static final int BAR_MILLIS = 200;
    private static final int BAR_WIDTH = 100;

    private final PrintWriter out;
    private final int epochs;
    private final boolean terminal;
    private @Nullable ProgressBar bar;

    @SuppressWarnings("SystemConsoleNull") // its contract still allows for none
    Display(PrintWriter out, int epochs) {
        this.out = out;
        this.epochs = epochs;
        Console console = System.console();
        terminal = console != null && console.isTerminal();
    }

    /// @param images in the epoch
    void start(int epoch, int images) {
        if (terminal) {
            bar =
                    new ProgressBarBuilder()
                            .setTaskName("epoch %d/%d".formatted(epoch, epochs))
                            .setInitialMax(images)
                            .setUnit(" images", 1)
                            .showSpeed(
                                    new DecimalFormat(
                                            "0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                            .setStyle(ProgressBarStyle.ASCII)
                            .setUpdateIntervalMillis(BAR_MILLIS)
                            .setConsumer(new ConsoleProgressBarConsumer(System.out, BAR_WIDTH))
                            .clearDisplayOnFinish()
                            .build();
        }
    }

    void step(Trainer.Step step) {
        if (bar != null) {
            bar.stepBy(step.examples())
                    .setExtraMessage(String.format(Locale.ROOT, " loss %.3f", step.loss()));
        }
    }

    void end(EpochReport report) {
        int width = Integer.toString(epochs).length();
        line(
                String.format(
                        Locale.ROOT,
                        "epoch %"
                                + width
                                + "d/%d  loss %.4f  accuracy %5.2f %%  test %5.2f %%  %.0f images/s",
                        report.epoch(),
                        epochs,
                        report.training().getOrDefault("loss", Double.NaN),
                        100 * Training.accuracy(report.training()),
                        100 * Training.accuracy(report.validation()),
                        report.examples() / report.seconds()));
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    @Override
    public void close() {
        hideBar();
    }

    /// Takes the bar away, so that lines can be printed.
    void hideBar() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
