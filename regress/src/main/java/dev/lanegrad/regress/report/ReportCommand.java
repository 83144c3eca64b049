package dev.lanegrad.regress.report;

import dev.lanegrad.regress.Problem;
import dev.lanegrad.regress.RunFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `report`.
@Command(
        name = "report",
        description = {
            "Writes one page of HTML that needs no network: the last comparison, a roofline of the"
                    + " kernels, the table beside peers, histories, and a comparison of any two runs.",
            ""
        })
public final class ReportCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Files of runs (.jsonl), or folders of them. Default: runs/regress.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--kernels",
            paramLabel = "FILE",
            description =
                    "What `lanegrad bench kernels --json FILE` wrote. Repeatable; the newest makes"
                            + " the roofline.")
    private List<Path> kernels = new ArrayList<>();

    @Option(
            names = "--repository",
            paramLabel = "FOLDER",
            defaultValue = "${sys:lanegrad.home:-.}",
            description = "Where runs/regress is. Default: ${DEFAULT-VALUE}.")
    private Path repository = Path.of(".");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The page. Default: runs/report.html.")
    private @Nullable Path out;

    @SuppressWarnings("UnusedVariable") // picocli's
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    /// Made by picocli.
    @SuppressWarnings("NullAway.Init")
    public ReportCommand() {}

    @Override
    public Integer call() throws IOException {
        List<RunFile.Content> runs = new ArrayList<>();
        for (Path file : runFiles()) {
            runs.add(RunFile.read(file));
        }
        List<KernelRun> tables = new ArrayList<>();
        for (Path file : kernels) {
            tables.add(KernelRun.read(file));
        }
        List<RunFile.Content> ended = RunSection.ended(runs);
        if (ended.isEmpty() && tables.isEmpty()) {
            throw new Problem(
                    "there is no run that came to its end"
                            + (files.isEmpty() ? " in " + folder() : "")
                            + ", and no --kernels");
        }
        Path page = out != null ? out : repository.resolve("runs").resolve("report.html");
        write(page, new Page(ended, tables).html());
        PrintWriter writer = spec.commandLine().getOut();
        writer.println("wrote " + page);
        writer.flush();
        return 0;
    }

    private Path folder() {
        return repository.resolve("runs").resolve("regress");
    }

    private List<Path> runFiles() throws IOException {
        List<Path> named = files;
        if (named.isEmpty()) {
            named = Files.isDirectory(folder()) ? List.of(folder()) : List.of();
        }
        List<Path> all = new ArrayList<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> inside = Files.list(path)) {
                    inside.filter(f -> f.toString().endsWith(".jsonl")).sorted().forEach(all::add);
                }
            } else {
                all.add(path);
            }
        }
        return all;
    }

    private static void write(Path page, String html) throws Problem {
        try {
            if (page.getParent() != null) {
                Files.createDirectories(page.getParent());
            }
            Files.writeString(page, html);
        } catch (IOException e) {
            throw new Problem(page + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }
}
