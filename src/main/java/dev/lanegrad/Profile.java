package dev.lanegrad;

import dev.lanegrad.SpanTree.Call;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an action spent its time on, as [Lanegrad#profile(Runnable)] found it. [#toString()] is a
/// table.
public final class Profile {
    /// What a piece of time was spent on.
    public enum Kind {
        /// A method of [Tensor], in forward or within a derivative.
        OPERATION,
        /// The derivative of an operation, by the node's name.
        BACKWARD,
        /// The forward of a module, by its path.
        MODULE,
        /// Not a time: memory of new tensors.
        BYTES,
        /// Not a time: multiplications and additions.
        ARITHMETIC
    }

    /// All calls of one name.
    ///
    /// @param calls how many there were; calls of the same name within one are part of that
    /// @param totalNanos from beginning to end
    /// @param selfNanos without what was called within
    /// @param bytes of the tensors that were made, other than within what was called
    /// @param arithmetic multiplications and additions of products and convolutions; other
    ///   arithmetic is not counted
    public record Row(
            Kind kind,
            String name,
            long calls,
            long totalNanos,
            long selfNanos,
            long bytes,
            long arithmetic) {
        private Row plus(Call call) {
            boolean again = call.isInItself();
            return new Row(
                    kind,
                    name,
                    calls + (again ? 0 : 1),
                    totalNanos + (again ? 0 : call.span.nanos()),
                    selfNanos + call.self(),
                    bytes + call.bytes,
                    arithmetic + (again ? 0 : call.arithmetic));
        }

        /// Multiplications and additions by nanosecond; 0 if none were counted.
        public double gflops() {
            return totalNanos == 0 ? 0 : (double) arithmetic / totalNanos;
        }
    }

    private static final int ROWS = 30;

    private final List<Call> calls;
    private final long nanos;

    Profile(List<Call> calls, long nanos) {
        this.calls = calls;
        this.nanos = nanos;
    }

    /// How long the action took.
    public long nanos() {
        return nanos;
    }

    /// All names of all kinds, those first that took the most time by themselves.
    public List<Row> rows() {
        Map<List<Object>, Row> rows = new LinkedHashMap<>();
        for (Call call : calls) {
            Kind kind = call.span.kind();
            String name = call.span.name();
            rows.merge(
                    List.of(kind, name),
                    new Row(kind, name, 0, 0, 0, 0, 0).plus(call),
                    (row, _) -> row.plus(call));
        }
        return rows.values().stream()
                .sorted(Comparator.comparingLong(Row::selfNanos).reversed())
                .toList();
    }

    /// The names of one kind, those first that took the most time by themselves.
    public List<Row> rows(Kind kind) {
        return rows().stream().filter(row -> row.kind() == kind).toList();
    }

    /// For each module the nanoseconds of the derivatives of operations that were called in it and
    /// not in one below it.
    public Map<String, Long> backwardNanosByModule() {
        Map<String, Long> all = new LinkedHashMap<>();
        for (Call call : calls) {
            String place = call.span.place();
            if (place != null) {
                all.merge(place, call.span.nanos(), Long::sum);
            }
        }
        return all;
    }

    // ------------------------------------------------------------ text

    /// The operations and derivatives that took the most time, then the modules.
    @Override
    public String toString() {
        return toString(ROWS);
    }

    /// As [#toString()] with this many rows of each.
    public String toString(int most) {
        StringBuilder text = new StringBuilder();
        line(text, "operation", "calls", "total ms", "self ms", "self", "MB", "GFLOP/s", null);
        List<Row> operations = rows().stream().filter(row -> row.kind() != Kind.MODULE).toList();
        operations.stream().limit(most).forEach(row -> line(text, row, null));
        rest(text, operations.size() - most);
        List<Row> modules =
                rows(Kind.MODULE).stream()
                        .sorted(Comparator.comparingLong(Row::totalNanos).reversed())
                        .toList();
        if (!modules.isEmpty()) {
            text.append('\n');
            line(
                    text,
                    "module",
                    "calls",
                    "total ms",
                    "self ms",
                    "self",
                    "MB",
                    "GFLOP/s",
                    "backward ms");
            Map<String, Long> backward = backwardNanosByModule();
            modules.stream()
                    .limit(most)
                    .forEach(row -> line(text, row, backward.getOrDefault(row.name(), 0L)));
            rest(text, modules.size() - most);
        }
        return text.append(String.format(Locale.ROOT, "%n%.3f ms in all%n", nanos / 1e6))
                .toString();
    }

    private static void rest(StringBuilder text, int more) {
        if (more > 0) {
            text.append("... and ").append(more).append(" more\n");
        }
    }

    private void line(StringBuilder text, Row row, @Nullable Long backward) {
        line(
                text,
                row.name(),
                Long.toString(row.calls()),
                millis(row.totalNanos()),
                millis(row.selfNanos()),
                String.format(Locale.ROOT, "%.1f%%", 100.0 * row.selfNanos() / Math.max(1, nanos)),
                String.format(Locale.ROOT, "%.2f", row.bytes() / 1e6),
                row.arithmetic() == 0 ? "" : String.format(Locale.ROOT, "%.1f", row.gflops()),
                backward == null ? null : millis(backward));
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
    }

    private static void line(
            StringBuilder text,
            String name,
            String calls,
            String total,
            String self,
            String share,
            String bytes,
            String gflops,
            @Nullable String backward) {
        String columns =
                String.format(
                        Locale.ROOT,
                        "%-36s %7s %11s %11s %7s %10s %8s %11s",
                        name,
                        calls,
                        total,
                        self,
                        share,
                        bytes,
                        gflops,
                        backward == null ? "" : backward);
        text.append(columns.stripTrailing()).append('\n');
    }

    // ------------------------------------------------------------ trace

    /// Writes every call with its times in the Trace Event Format, which `chrome://tracing` and
    /// `ui.perfetto.dev` draw.
    ///
    /// @throws IOException if the file cannot be written
    public void writeTrace(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[");
            String separator = "\n";
            for (Call call : calls) {
                out.write(separator);
                separator = ",\n";
                out.write(traced(call));
            }
            out.write("\n]}\n");
        }
    }

    private static String traced(Call call) {
        StringBuilder arguments = new StringBuilder();
        arguments.append("\"bytes\":").append(call.bytes);
        if (call.arithmetic > 0) {
            arguments.append(",\"flop\":").append(call.arithmetic);
        }
        String place = call.span.place();
        if (place != null) {
            arguments.append(",\"module\":").append(quoted(place));
        }
        return String.format(
                Locale.ROOT,
                "{\"name\":%s,\"cat\":\"%s\",\"ph\":\"X\",\"ts\":%.3f,\"dur\":%.3f,\"pid\":1,\"tid\":%d,\"args\":{%s}}",
                quoted(call.span.name()),
                call.span.kind().name().toLowerCase(Locale.ROOT),
                call.span.start() / 1e3,
                call.span.nanos() / 1e3,
                call.span.thread(),
                arguments);
    }

    private static String quoted(String text) {
        StringBuilder all = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                all.append('\\').append(c);
            } else if (c < ' ') {
                all.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                all.append(c);
            }
        }
        return all.append('"').toString();
    }
}
