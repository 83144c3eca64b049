package dev.lanegrad.regress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What virtual machines noted about their compilers, HotSpot's `PrintCompilation` in files of
/// their own.
final class JitLog {
    private static final Pattern START = Pattern.compile("<hotspot_log .*time_ms='(\\d+)'>");

    /// `2785 1494 4 org.Foo::bar (26 bytes) made not entrant: uncommon trap`: milliseconds since
    /// the start, number, marks, compiler, method.
    private static final Pattern EVENT =
            Pattern.compile(
                    "\\s*(\\d+)\\s+\\d+\\s[\\s%sbn!]*4\\s+(\\S+) .*"
                            + "(made not entrant|COMPILE SKIPPED)(?:: )?([^(]*).*");

    /// Why code is given up that has just been replaced, which is no loss.
    private static final String REPLACED = "not used";

    private record Event(long time, String method, boolean skipped, String reason) {}

    private final List<Event> events = new ArrayList<>();
    private long start;

    /// Options by which a virtual machine, and those that it starts, write into `folder`.
    static List<String> options(Path folder) {
        return List.of(
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+LogVMOutput",
                "-XX:-DisplayVMOutput",
                "-XX:LogFile=" + folder.resolve("jit-%p.log"),
                "-XX:+PrintCompilation");
    }

    /// Reads what is in the folder.
    static JitLog read(Path folder) throws IOException {
        JitLog log = new JitLog();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(JitLog::isLog).sorted().toList()) {
                try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                    lines.forEach(log::accept);
                }
            }
        }
        return log;
    }

    private static boolean isLog(Path file) {
        return file.getFileName().toString().startsWith("jit-");
    }

    /// A line of a file; files come one after the other.
    void accept(String line) {
        Matcher event = EVENT.matcher(line);
        if (event.matches()) {
            events.add(
                    new Event(
                            start + Long.parseLong(event.group(1)),
                            event.group(2),
                            event.group(3).startsWith("COMPILE"),
                            event.group(4).strip()));
            return;
        }
        Matcher begin = START.matcher(line);
        if (begin.matches()) {
            start = Long.parseLong(begin.group(1));
        }
    }

    /// Methods that the optimizing compiler gave up, each with its reason.
    List<String> skipped() {
        return events.stream()
                .filter(Event::skipped)
                .map(e -> e.method() + " (" + e.reason() + ")")
                .distinct()
                .toList();
    }

    /// How often optimized code was given up at such times, in milliseconds of the epoch.
    int deoptimizations(LongPredicate when) {
        return (int)
                events.stream()
                        .filter(e -> !e.skipped() && !e.reason().equals(REPLACED))
                        .filter(e -> when.test(e.time()))
                        .count();
    }
}
