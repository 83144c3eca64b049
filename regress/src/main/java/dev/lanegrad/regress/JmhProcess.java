package dev.lanegrad.regress;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// JMH out of a jar, which starts the process that measures.
final class JmhProcess implements AutoCloseable {
    /// [PeakProfiler], by name.
    private static final String PROFILER = "dev.lanegrad.regress.PeakProfiler";

    private final Side side;
    private final List<Case> cases;
    private final Path folder;
    private final Path results;
    private final double probe;
    private final Process process;
    private final Transcript transcript = new Transcript();
    private final Thread listener;

    /// Starts it, with these variables beside the usual ones.
    JmhProcess(RunHeader run, Side side, List<Case> cases, Map<String, String> variables)
            throws IOException {
        this.side = side;
        this.cases = cases;
        folder = Files.createTempDirectory("regress");
        results = folder.resolve("result.json");
        probe = Probe.gflops();
        ProcessBuilder builder =
                new ProcessBuilder(command(run.settings(), run.build(side)))
                        .redirectErrorStream(true);
        builder.environment().putAll(variables);
        process = builder.start();
        listener = Thread.ofPlatform().daemon().name("output of JMH").start(this::listen);
    }

    /// What is to be done when it has ended.
    void onExit(Runnable action) {
        var _ = process.onExit().thenRun(action);
    }

    /// What came of it, when it has ended.
    Forks.Round await() throws IOException, InterruptedException {
        process.waitFor();
        listener.join();
        String json = Files.exists(results) ? Files.readString(results) : "[]";
        return round(Jmh.read(json), JitLog.read(folder));
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /// Where the profiler is; it cannot be loaded here, away from JMH.
    private static String own() {
        var source = JmhProcess.class.getProtectionDomain().getCodeSource();
        return Path.of(URI.create(source.getLocation().toString())).toString();
    }

    private void listen() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (int c = output.read(); c >= 0; c = output.read()) {
                transcript.accept((char) c, System.currentTimeMillis());
            }
        } catch (IOException _) {
            // it was closed; what is missing will be noticed
        }
    }

    private List<String> command(Settings settings, Build build) {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(JitLog.options(folder));
        command.add("-Djava.io.tmpdir=" + folder); // where JMH keeps others of its kind out
        command.addAll(settings.jvm());
        command.addAll(List.of("-cp", build.jar() + File.pathSeparator + own()));
        command.add("org.openjdk.jmh.Main");
        // the first begins before the others and ends after them, so that what it allocates is its
        // own
        command.addAll(List.of("-prof", PROFILER, "-prof", "gc"));
        command.addAll(List.of("-f", settings.together() ? "0" : "1"));
        command.addAll(List.of("-rf", "json", "-rff", results.toString()));
        command.addAll(settings.jmh());
        Map<String, Set<String>> params = new TreeMap<>();
        for (Case test : cases) {
            test.params()
                    .forEach((name, value) ->
                            params.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(value));
        }
        params.forEach((name, values) ->
                command.addAll(List.of("-p", name + "=" + String.join(",", values))));
        command.add(
                cases.stream()
                        .map(c -> Pattern.quote(c.benchmark()))
                        .distinct()
                        .collect(Collectors.joining("|", "^(", ")$")));
        return command;
    }

    private Forks.Round round(Map<Case, Jmh.Scores> scores, JitLog jit) {
        List<Fork> done = new ArrayList<>();
        List<Failure> failed = new ArrayList<>();
        for (Case test : cases) {
            Jmh.Scores s = scores.get(test);
            if (s == null) {
                failed.add(new Failure(test, side, transcript.failure(test)));
                continue;
            }
            var window = transcript.window(test);
            int deoptimizations =
                    jit.deoptimizations(t -> window.isPresent() && window.get().contains(t));
            done.add(
                    new Fork(
                            test,
                            side,
                            0,
                            0,
                            s.unit(),
                            s.scores(),
                            s.peaks(),
                            s.bytes(),
                            0,
                            jit.skipped(),
                            deoptimizations,
                            transcript.facts()));
        }
        return new Forks.Round(side, probe, done, failed);
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
