package dev.lanegrad.regress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Measures by JMH out of the builds' jars.
final class JmhForks implements Forks {
    private final RunHeader run;

    JmhForks(RunHeader run) {
        this.run = run;
    }

    /// The cases in a jar.
    static List<Case> cases(Build build) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                JmhProcess.java(),
                                "-cp",
                                build.jar(),
                                "org.openjdk.jmh.Main",
                                "-lp")
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

    @Override
    public List<Round> run(List<Side> sides, List<Case> cases)
            throws IOException, InterruptedException {
        return switch (run.settings().turns()) {
            case ITERATION -> byIterations(sides, cases);
            case PROCESS -> {
                List<Round> rounds = new ArrayList<>();
                for (Side side : sides) {
                    try (JmhProcess process = new JmhProcess(run, side, cases, Map.of())) {
                        rounds.add(process.await());
                    }
                }
                yield rounds;
            }
        };
    }

    /// Both processes at once, of which only one measures at any time.
    private List<Round> byIterations(List<Side> sides, List<Case> cases)
            throws IOException, InterruptedException {
        try (Turnstile turnstile = new Turnstile();
                JmhProcess first = start(sides.getFirst(), cases, turnstile, 0);
                JmhProcess second = start(sides.getLast(), cases, turnstile, 1)) {
            return List.of(first.await(), second.await());
        }
    }

    private JmhProcess start(Side side, List<Case> cases, Turnstile turnstile, int gate)
            throws IOException {
        Map<String, String> variables = Map.of(Turn.VARIABLE, turnstile.socket(gate).toString());
        JmhProcess process = new JmhProcess(run, side, cases, variables);
        process.onExit(() -> turnstile.leaves(gate));
        return process;
    }
}
