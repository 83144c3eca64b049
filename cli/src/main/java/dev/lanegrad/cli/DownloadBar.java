package dev.lanegrad.cli;

import dev.lanegrad.nn.models.WeightsCache;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows on stderr how a download goes.
final class DownloadBar implements WeightsCache.Progress, AutoCloseable {
    private static final long MEGABYTE = 1_000_000;
    private static final int WIDTH = 100;

    private @Nullable ProgressBar bar;

    @Override
    public void advanced(String name, long done, long total) {
        ProgressBar shown = bar;
        if (shown == null) {
            shown =
                    new ProgressBarBuilder()
                            .setTaskName(name)
                            .setInitialMax(total)
                            .setUnit(" MB", MEGABYTE)
                            .setStyle(ProgressBarStyle.ASCII)
                            .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                            .build();
            bar = shown;
        }
        shown.stepTo(done);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
