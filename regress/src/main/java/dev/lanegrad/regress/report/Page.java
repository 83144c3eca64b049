package dev.lanegrad.regress.report;

import static dev.lanegrad.regress.report.Html.format;
import static dev.lanegrad.regress.report.Html.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanegrad.regress.RunFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The page: everything in one file, styles and script too.
final class Page {
    private final List<RunFile.Content> runs;
    private final List<KernelRun> kernels;

    /// Runs that have come to an end, and tables of kernels; at least one of either.
    Page(List<RunFile.Content> runs, List<KernelRun> kernels) {
        this.runs = runs.stream().sorted(Comparator.comparing(r -> r.run().started())).toList();
        this.kernels = kernels.stream().sorted(Comparator.comparing(KernelRun::started)).toList();
    }

    String html() throws IOException {
        StringBuilder sections = new StringBuilder();
        if (!runs.isEmpty()) {
            sections.append(new RunSection(runs.getLast()).html());
        }
        if (!kernels.isEmpty()) {
            sections.append(new KernelSection(kernels.getLast()).html());
        }
        sections.append(new HistorySection(history()).html());
        sections.append(resource("compare.html"));
        return format(
                """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <link rel="icon" href="data:,">
                <title>Speed report</title>
                <style>
                %s</style>
                </head>
                <body>
                <header><h1>Speed report</h1><p>%s</p></header>
                <main>
                %s</main>
                <script type="application/json" id="data">%s</script>
                <script>
                %s</script>
                </body>
                </html>
                """,
                resource("page.css"), text(subtitle()), sections, json(), resource("page.js"));
    }

    private String subtitle() {
        return count(runs.size(), "comparison")
                + ", "
                + count(kernels.size(), "table")
                + " of kernels; made of the files of these runs, nothing is loaded from elsewhere";
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    /// What was newest in each run, in the order of time.
    private List<Snapshot> history() {
        List<Snapshot> all = new ArrayList<>();
        runs.forEach(r -> all.add(Snapshot.ofHead(r)));
        kernels.forEach(k -> all.add(Snapshot.of(k)));
        all.sort(Comparator.comparing(Snapshot::started));
        return all;
    }

    /// All snapshots, of which the script compares any two.
    private String json() throws JsonProcessingException {
        List<Snapshot> all = new ArrayList<>();
        for (RunFile.Content run : runs) {
            all.add(Snapshot.ofBase(run));
            all.add(Snapshot.ofHead(run));
        }
        kernels.forEach(k -> all.add(Snapshot.of(k)));
        return new ObjectMapper().writeValueAsString(all).replace("<", "\\u003c");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + ": is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
