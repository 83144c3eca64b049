package dev.lanegrad.regress;

import java.io.PrintWriter;
import java.util.List;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows on stderr how far a run is: a bar with the time left on a terminal, else a line for each
/// look.
final class Console implements Regression.Progress, AutoCloseable {
    private static final int WIDTH = 110;

    private final PrintWriter err;
    private final boolean terminal;
    private @Nullable ProgressBar bar;

    @SuppressWarnings("SystemConsoleNull") // JDK 25 returns null again where there is no terminal
    Console(PrintWriter err) {
        this.err = err;
        java.io.Console console = System.console();
        this.terminal = console != null && console.isTerminal();
    }

    @Override
    public void begins(int look, int pairs) {
        close();
        if (pairs == 0) {
            return;
        }
        String name = look == 1 ? "first look" : "second look";
        if (!terminal) {
            err.println(name + ": " + pairs + " pairs of processes");
            err.flush();
            return;
        }
        bar =
                new ProgressBarBuilder()
                        .setTaskName(name)
                        .setInitialMax(pairs)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                        .build();
    }

    @Override
    public void measures(List<Case> cases) {
        if (bar != null) {
            String more = cases.size() > 1 ? " +" + (cases.size() - 1) : "";
            bar.setExtraMessage(cases.getFirst() + more);
        }
    }

    @Override
    public void advanced() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
