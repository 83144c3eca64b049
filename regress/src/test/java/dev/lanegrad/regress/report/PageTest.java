package dev.lanegrad.regress.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanegrad.regress.Outcome;
import dev.lanegrad.regress.RunFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page has the figures of its files, in a browser too where there is one.
class PageTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Path sample(String name) {
        return Path.of(URI.create(String.valueOf(PageTest.class.getResource(name))));
    }

    private static String page() throws IOException {
        return new Page(
                        List.of(RunFile.read(sample("run.jsonl"))),
                        List.of(KernelRun.read(sample("kernels.json"))))
                .html();
    }

    private static List<Double> values(String html, String pattern) {
        List<Double> values = new ArrayList<>();
        Matcher m = Pattern.compile(pattern).matcher(html);
        while (m.find()) {
            values.add(Double.parseDouble(m.group(1)));
        }
        return values;
    }

    private static String section(String html, String id) {
        int from = html.indexOf("<section id=\"" + id + "\"");
        return html.substring(from, html.indexOf("</section>", from));
    }

    @Test
    void theComparisonHasTheFilesFigures() throws IOException {
        List<Double> expected = new ArrayList<>();
        for (String line : Files.readAllLines(sample("run.jsonl"))) {
            JsonNode node = JSON.readTree(line);
            if (node.path("type").asText().equals("outcome")) {
                JsonNode c = node.path("comparison");
                expected.add(node.path("base").path("time").asDouble());
                expected.add(node.path("head").path("time").asDouble());
                expected.add(c.path("ratio").asDouble());
                expected.add(c.path("low").asDouble());
                expected.add(c.path("high").asDouble());
                expected.add(c.path("pairs").asDouble());
                expected.add(node.path("p").asDouble());
            }
        }
        assertFalse(expected.isEmpty());
        assertEquals(expected, values(section(page(), "last"), "data-value=\"(.*?)\""));
    }

    @Test
    void theRooflineHasEveryKernelAndTheMachine() throws IOException {
        JsonNode run = JSON.readTree(sample("kernels.json").toFile());
        List<Double> gflops = new ArrayList<>();
        run.path("rows").forEach(r -> gflops.add(r.path("gflops").asDouble()));
        String wide = section(page(), "roofline").replaceAll("(?s)<svg class=\"narrow\".*", "");
        assertEquals(gflops, values(wide, "data-gflops=\"(.*?)\""));
        assertEquals(
                List.of(run.path("readBandwidth").asDouble(), run.path("copyBandwidth").asDouble()),
                values(wide, "data-bandwidth=\"(.*?)\""));
        assertEquals(
                run.path("peakGflops").asDouble(), values(wide, "data-peak=\"(.*?)\"").getFirst());
    }

    @Test
    void thePageNeedsNoNetwork() throws IOException {
        String page = page();
        assertFalse(Pattern.compile("(src|href)=\"(?!data:,)|@import|url\\(").matcher(page).find());
        assertFalse(page.contains("NaN"));
    }

    @Test
    void textOfFilesIsNoMarkup() {
        assertEquals("&lt;b&gt; &amp; &quot;x&quot;", Html.text("<b> & \"x\""));
    }

    /// Any two runs are compared by a script, so this is seen in a browser only.
    @Test
    void aBrowserShowsItWithoutErrors(@TempDir Path folder) throws Exception {
        Path chromium = Path.of("/usr/bin/chromium");
        Assumptions.assumeTrue(Files.isExecutable(chromium), "no chromium here");
        Path file = folder.resolve("page.html");
        Files.writeString(file, page());
        Path log = folder.resolve("log");
        Process browser =
                new ProcessBuilder(
                                chromium.toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--user-data-dir=" + folder.resolve("profile"),
                                "--enable-logging=stderr",
                                "--dump-dom",
                                file.toUri().toString())
                        .redirectError(log.toFile())
                        .start();
        String dom = new String(browser.getInputStream().readAllBytes(), "UTF-8");
        assertTrue(browser.waitFor(60, TimeUnit.SECONDS));
        assertEquals(
                List.of(),
                Files.readAllLines(log).stream().filter(l -> l.contains("CONSOLE")).toList());
        List<Double> shown = values(section(dom, "compare"), "data-value=\"(.*?)\"");
        List<Double> expected = new ArrayList<>();
        for (Outcome outcome :
                RunFile.read(sample("run.jsonl")).outcomes().stream()
                        .sorted(Comparator.comparing(o -> o.test().name()))
                        .toList()) {
            expected.add(outcome.base().time());
            expected.add(outcome.head().time());
            expected.add(outcome.head().time() / outcome.base().time());
        }
        assertEquals(expected, shown);
    }
}
