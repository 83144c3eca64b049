package dev.lanegrad.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes the kernels' table into a file, with what the machine allows: `lanegrad report` draws it.
final class KernelJson {
    private KernelJson() {}

    /// Measures the bandwidth of copying, then writes.
    static void write(Path file, KernelTable.Run measured) throws IOException {
        Map<KernelRow, KernelTable.Entry> table = measured.entries();
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        run.put("commit", commit());
        run.put("cpu", TableOptions.cpu());
        run.put("jdk", Runtime.version().toString());
        run.put("threads", measured.threads());
        run.put("peakGflops", peak(table.values()));
        run.put("readBandwidth", measured.readBandwidth());
        run.put("copyBandwidth", Peak.copyBandwidth());
        List<Map<String, Object>> rows = new ArrayList<>();
        table.forEach((row, entry) -> rows.add(row(row, entry)));
        run.put("rows", rows);
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), run);
    }

    private static Map<String, Object> row(KernelRow key, KernelTable.Entry entry) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("kernel", key.kernel());
        row.put("shape", key.shape());
        row.put("floor", key.floor());
        row.put("flop", key.flop());
        row.put("bytes", key.bytes());
        row.putAll(entry.ours().json(key));
        Map<String, Object> peers = new LinkedHashMap<>();
        entry.peers().forEach((name, figures) -> peers.put(name, figures.json(key)));
        row.put("peers", peers);
        return row;
    }

    /// The median of all that was measured beside the kernels.
    private static double peak(Collection<KernelTable.Entry> entries) {
        return Median.of(
                entries.stream()
                        .flatMap(e -> e.ours().peaks().stream())
                        .mapToDouble(Double::doubleValue));
    }

    /// The hash of the sources that this was started in, if git knows.
    private static String commit() throws IOException {
        try {
            Process git =
                    new ProcessBuilder("git", "rev-parse", "--short=10", "HEAD")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String hash = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return git.waitFor() == 0 ? hash.strip() : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
