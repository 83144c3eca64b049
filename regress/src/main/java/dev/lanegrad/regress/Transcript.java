package dev.lanegrad.regress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What JMH prints, read while it does: when each case was measured, what it said of itself, and
/// why it failed.
///
/// A benchmark says something of itself by a line `# fact NAME=VALUE` on its standard output.
final class Transcript {
    /// When the iterations that count ran, in milliseconds of the epoch.
    record Window(long from, long to) {
        boolean contains(long time) {
            return from <= time && time <= to;
        }
    }

    private static final String ITERATION = "Iteration ";
    private static final Pattern FACT = Pattern.compile("# fact ([\\w.]+)=(\\S+)");
    private static final Pattern PARAM = Pattern.compile("(\\w+) = (.*?)(?=, \\w+ = |\\)$)");
    private static final int KEPT_LINES = 200;

    private final StringBuilder line = new StringBuilder();
    private final List<String> lines = new ArrayList<>();
    private final Map<Case, Window> windows = new HashMap<>();
    private final Map<Case, String> failures = new TreeMap<>();
    private final Map<String, String> facts = new TreeMap<>();
    private String benchmark = "";
    private Map<String, String> params = Map.of();
    private long from;
    private boolean failing;

    /// The next character, and when it came.
    void accept(char c, long now) {
        if (c == '\n') {
            endLine(line.toString().strip(), now);
            line.setLength(0);
        } else {
            line.append(c);
            if (from == 0 && line.length() == ITERATION.length() && isIteration()) {
                from = now;
            }
        }
    }

    private boolean isIteration() {
        return line.toString().equals(ITERATION);
    }

    private void endLine(String text, long now) {
        keep(text);
        Matcher fact = FACT.matcher(text);
        while (fact.find()) {
            facts.put(fact.group(1), fact.group(2));
        }
        if (text.startsWith("# Benchmark: ")) {
            benchmark = text.substring("# Benchmark: ".length());
            params = Map.of();
            from = 0;
        } else if (text.startsWith("# Parameters: (")) {
            params = parameters(text.substring("# Parameters: (".length()));
        } else if (text.startsWith("Result \"") && from != 0) {
            windows.put(current(), new Window(from, now));
            from = 0;
        } else if (text.endsWith("<failure>") || text.contains("<forked VM failed")) {
            failing = true;
        } else if (failing && !text.isEmpty() && !text.startsWith("<")) {
            failures.putIfAbsent(current(), text);
            failing = false;
        }
    }

    private void keep(String text) {
        if (lines.size() == KEPT_LINES) {
            lines.removeFirst();
        }
        if (!text.isEmpty()) {
            lines.add(text);
        }
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> values = new TreeMap<>();
        Matcher m = PARAM.matcher(text);
        while (m.find()) {
            values.put(m.group(1), m.group(2));
        }
        return values;
    }

    private Case current() {
        return new Case(benchmark, params);
    }

    /// When a case was measured, if it was.
    Optional<Window> window(Case test) {
        return Optional.ofNullable(windows.get(test));
    }

    /// Why a case has no result.
    String failure(Case test) {
        String known = failures.get(test);
        if (known != null) {
            return known;
        }
        return lines.reversed().stream()
                .filter(l -> l.contains("Exception") || l.contains("Error") || l.contains("ERROR"))
                .findFirst()
                .orElseGet(() -> lines.isEmpty() ? "it printed nothing" : lines.getLast());
    }

    /// What the benchmarks said of themselves.
    Map<String, String> facts() {
        return new TreeMap<>(facts);
    }
}
