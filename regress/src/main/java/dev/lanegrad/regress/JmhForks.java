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

/// Starts JMH out of a jar, which starts the process that measures.
final class JmhForks implements Forks {
    /// [PeakProfiler], by name.
    private static final String PROFILER = "dev.lanegrad.regress.PeakProfiler";

    private final RunHeader run;

    JmhForks(RunHeader run) {
        this.run = run;
    }

    /// The cases in a jar.
    static List<Case> cases(Build build) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(java(), "-cp", build.jar(), "org.openjdk.jmh.Main", "-lp")
                        .redirectErrorStream(true)
                        .start();
        String listing;
        try (var output = process.getInputStream()) {
            listing = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<Case> cases = Case.parse(listing);
        if (process.waitFor() != 0 || cases.isEmpty()) {
            throw new Problem(build.jar() + ": has no JMH benchmarks" + firstLine(listing));
        }
        return cases;
    }

    private static String firstLine(String listing) {
        return listing.lines()
                .filter(l -> l.contains("Error") || l.contains("ERROR") || l.contains("Exception"))
                .findFirst()
                .map(l -> " (" + l.strip() + ")")
                .orElse("");
    }

    /// Where the profiler is; it cannot be loaded here, away from JMH.
    private static String own() {
        var source = JmhForks.class.getProtectionDomain().getCodeSource();
        return Path.of(URI.create(source.getLocation().toString())).toString();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    @Override
    public Round run(Side side, List<Case> cases) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("regress");
        try {
            Path json = folder.resolve("result.json");
            Process process =
                    new ProcessBuilder(command(run.build(side), cases, folder, json))
                            .redirectErrorStream(true)
                            .start();
            Transcript transcript = new Transcript();
            try {
                listen(process, transcript);
                process.waitFor();
            } finally {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
            }
            String results = Files.exists(json) ? Files.readString(json) : "[]";
            return round(side, cases, Jmh.read(results), transcript, JitLog.read(folder));
        } finally {
            delete(folder);
        }
    }

    private static void listen(Process process, Transcript transcript) throws IOException {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (int c = output.read(); c >= 0; c = output.read()) {
                transcript.accept((char) c, System.currentTimeMillis());
            }
        }
    }

    private List<String> command(Build build, List<Case> cases, Path folder, Path json) {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(JitLog.options(folder));
        command.add("-Djava.io.tmpdir=" + folder); // where JMH keeps others of its kind out
        command.addAll(run.settings().jvm());
        command.addAll(List.of("-cp", build.jar() + File.pathSeparator + own()));
        command.add("org.openjdk.jmh.Main");
        command.addAll(List.of("-prof", "gc", "-prof", PROFILER));
        command.addAll(List.of("-f", run.settings().together() ? "0" : "1"));
        command.addAll(List.of("-rf", "json", "-rff", json.toString()));
        command.addAll(run.settings().jmh());
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

    private static Round round(
            Side side,
            List<Case> cases,
            Map<Case, Jmh.Scores> scores,
            Transcript transcript,
            JitLog jit) {
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
        return new Round(done, failed);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
