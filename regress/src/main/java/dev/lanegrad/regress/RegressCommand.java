package dev.lanegrad.regress;

import dev.lanegrad.regress.report.ReportCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `regress`: compares two builds of a JMH suite.
@Command(
        name = "regress",
        description = {
            "Compares the speed of two builds of a JMH suite, interleaved in one run, and says how sure"
                    + " it is.",
            "",
            "Ends with 0: no regression, 3: a regression, 4: too noisy to tell, 2: something could not"
                    + " be measured.",
            ""
        },
        subcommands = ReportCommand.class)
public final class RegressCommand implements Callable<Integer> {
    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    @Option(
            names = "--base",
            paramLabel = "REV|JAR",
            description = "What there was: a jar of benchmarks, a folder to build, or a revision.")
    private @Nullable String base;

    @Option(
            names = "--head",
            paramLabel = "REV|JAR",
            description = "What is to be judged, likewise.")
    private @Nullable String head;

    @Mixin private MeasuringOptions how = new MeasuringOptions();

    @Option(
            names = "--bench",
            paramLabel = "REGEX",
            description =
                    "The cases whose name, with parameters, matches somewhere: 'Sort.*n=1000'.")
    private @Nullable String bench;

    @Option(
            names = "--build",
            paramLabel = "COMMAND",
            defaultValue = "./mvnw -q -B -pl bench -am -Dmaven.test.skip=true package",
            description = "Builds a revision's jar. Default: ${DEFAULT-VALUE}.")
    private String build = "";

    @Option(
            names = "--jar",
            paramLabel = "PATH",
            defaultValue = "bench/target/benchmarks.jar",
            description = "What the build makes. Default: ${DEFAULT-VALUE}.")
    private String jar = "";

    @Option(
            names = "--repository",
            paramLabel = "FOLDER",
            defaultValue = "${sys:lanegrad.home:-.}",
            description = "Where revisions are from. Default: ${DEFAULT-VALUE}.")
    private Path repository = Path.of(".");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the run is kept. Default: a new file in runs/regress.")
    private @Nullable Path out;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            arity = "0..1",
            fallbackValue = "",
            description = "Continues a run that was broken off, the last one if none is named.")
    private @Nullable String resume;

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
    public RegressCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        return resume == null ? begin() : resume(resume);
    }

    private int begin() throws IOException, InterruptedException {
        if (base == null || head == null) {
            throw new Problem("needs --base and --head, or --resume");
        }
        how.check();
        PrintWriter err = spec.commandLine().getErr();
        Builder builder = new Builder(repository, build, jar, err);
        Build before = builder.build("--base", base);
        Build after = builder.build("--head", head);
        String pattern = bench;
        if (pattern == null) {
            pattern = how.suite().cases(after);
            if (pattern.isEmpty()) {
                pattern = how.suite().cases(before);
            }
        }
        RunHeader run =
                new RunHeader(
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                        before,
                        after,
                        Machine.here(),
                        how.settings(pattern),
                        cases(before, after, pattern, err));
        Path file = out != null ? out : newFile(run);
        try (RunFile created = RunFile.create(file, run)) {
            return measure(run, file, created, new Measurements());
        }
    }

    /// The cases that both sides have, of those wanted.
    private static List<Case> cases(Build before, Build after, String pattern, PrintWriter err)
            throws IOException, InterruptedException {
        Set<Case> was = chosen(before, pattern);
        Set<Case> is = chosen(after, pattern);
        Set<Case> both = new TreeSet<>(was);
        both.retainAll(is);
        was.removeAll(both);
        is.removeAll(both);
        was.forEach(c -> err.println(c + ": in base only, not measured"));
        is.forEach(c -> err.println(c + ": in head only, not measured"));
        err.flush();
        if (both.isEmpty()) {
            throw new Problem(
                    "no benchmark of both sides "
                            + (pattern.isEmpty() ? "is the same" : "matches " + pattern));
        }
        return List.copyOf(both);
    }

    private static Set<Case> chosen(Build build, String regex)
            throws IOException, InterruptedException {
        try {
            Pattern pattern = Pattern.compile(regex);
            Set<Case> chosen = new TreeSet<>(JmhForks.cases(build));
            chosen.removeIf(c -> !pattern.matcher(c.id()).find());
            return chosen;
        } catch (PatternSyntaxException e) {
            throw new Problem("--bench: " + e.getDescription() + " in " + regex, e);
        }
    }

    private Path folder() {
        return repository.resolve("runs").resolve("regress");
    }

    private Path newFile(RunHeader run) {
        return folder().resolve(
                        FILE_TIME.format(Instant.parse(run.started()))
                                + "-"
                                + plain(run.base().shortName())
                                + "-"
                                + plain(run.head().shortName())
                                + ".jsonl");
    }

    private static String plain(String label) {
        return label.replaceAll(".*/", "").replaceAll("[^\\w.]+", "_");
    }

    private int resume(String name) throws IOException, InterruptedException {
        Path file = name.isEmpty() ? newest() : Path.of(name);
        RunFile.Content content = RunFile.read(file);
        RunHeader run = content.run();
        for (Side side : Side.values()) {
            Build kept = run.build(side);
            Path jarFile = Path.of(kept.jar());
            if (!Files.isRegularFile(jarFile) || !Builder.sha256(jarFile).equals(kept.sha256())) {
                throw new Problem(
                        "--resume: "
                                + kept.jar()
                                + " is not the "
                                + side.word()
                                + " any more that "
                                + file
                                + " has measured");
            }
        }
        try (RunFile continued = RunFile.append(file)) {
            return measure(run, file, continued, Measurements.of(content.forks()));
        }
    }

    private Path newest() throws IOException {
        if (Files.isDirectory(folder())) {
            try (Stream<Path> files = Files.list(folder())) {
                var newest = files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList();
                if (!newest.isEmpty()) {
                    return newest.getLast();
                }
            }
        }
        throw new Problem("--resume: there is no run in " + folder());
    }

    private int measure(RunHeader run, Path path, RunFile file, Measurements measured)
            throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Thread farewell =
                new Thread(() ->
                        System.err.println(
                                "\nwhat was measured is kept: --resume " + path + " continues"));
        Runtime.getRuntime().addShutdownHook(farewell);
        Result result;
        try (Console console = new Console(err)) {
            Forks forks = new JmhForks(run);
            result = new Regression(run, file, forks, console, measured).run();
        } finally {
            forget(farewell);
        }
        new Table(spec.commandLine().getOut()).print(run, result);
        err.println("kept in " + path);
        err.flush();
        return result.exitCode();
    }

    private static void forget(Thread farewell) {
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException _) {
            // the process is ending, and the hook speaks
        }
    }

    /// The command line, its errors one line on stderr and exit code 2.
    static CommandLine commandLine() {
        return new CommandLine(new RegressCommand())
                .setParameterExceptionHandler(
                        (e, _) -> complain(e.getCommandLine(), String.valueOf(e.getMessage())))
                .setExecutionExceptionHandler((e, command, _) -> {
                    if (e instanceof IOException) {
                        return complain(command, String.valueOf(e.getMessage()));
                    }
                    throw e;
                });
    }

    private static int complain(CommandLine command, String message) {
        String line = message.replaceAll("\\s*\\R\\s*", " ");
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + line);
        command.getErr().flush();
        return CommandLine.ExitCode.USAGE;
    }

    /// Runs the command and ends the process with its exit code.
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }
}
