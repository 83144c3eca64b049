package dev.lanegrad.regress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What JMH and HotSpot print is understood.
class ReadersTest {
    private static final String START =
            "<hotspot_log version='160 1' process='1' time_ms='1000'>\n";

    @Test
    void casesAreAllCombinationsOfParameters() {
        List<Case> cases =
                Case.parse(
                        """
                        Benchmarks:
                        org.example.A.plain
                        org.example.B.sized
                          param "kind" = {one 3x3, two}
                          param "n" = {1, 2}
                        """);
        assertEquals(
                List.of(
                        "A.plain",
                        "B.sized kind=one 3x3 n=1",
                        "B.sized kind=one 3x3 n=2",
                        "B.sized kind=two n=1",
                        "B.sized kind=two n=2"),
                cases.stream().map(Case::name).toList());
        assertEquals("org.example.B.sized kind=two n=1", cases.get(3).id());
    }

    @Test
    void theTranscriptKnowsWhenACaseWasMeasured() {
        Transcript t = new Transcript();
        say(t, "# Benchmark: org.example.B.sized\n# Parameters: (kind = one 3x3, n = 1)\n", 10);
        say(t, "# Warmup Iteration   1: # fact vectorBits=512\n3 ns/op\n", 20);
        say(t, "Iteration   1: 3 ns/op\n", 30);
        say(t, "Iteration   2: 3 ns/op\n\n", 40);
        say(t, "Result \"org.example.B.sized\":\n", 50);
        Case test = new Case("org.example.B.sized", Map.of("kind", "one 3x3", "n", "1"));
        assertEquals(new Transcript.Window(30, 50), t.window(test).orElseThrow());
        assertEquals(Map.of("vectorBits", "512"), t.facts());
    }

    @Test
    void theTranscriptKnowsWhyACaseFailed() {
        Transcript t = new Transcript();
        say(t, "# Benchmark: org.example.A.plain\n# Warmup Iteration   1: <failure>\n\n", 1);
        say(t, "java.lang.IllegalStateException: planted\n\tat org.example.A.plain\n", 1);
        assertEquals(
                "java.lang.IllegalStateException: planted",
                t.failure(new Case("org.example.A.plain", Map.of())));
    }

    private static void say(Transcript transcript, String text, long now) {
        text.chars().forEach(c -> transcript.accept((char) c, now));
    }

    @Test
    void theCompilersLogIsCounted(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("jit-pid1.log"),
                START
                        + """
                             1154  900       4       org.Foo::put (13 bytes)   COMPILE SKIPPED: out of nodes (retry at different tier)
                             1155  901       3       org.Foo::get (13 bytes)   COMPILE SKIPPED: out of nodes (retry at different tier)
                             2187 1493       3       J::f (26 bytes)   made not entrant: not used
                             2785 1494       4       J::f (26 bytes)   made not entrant: uncommon trap
                             2786 1495 %  b  4       J::main @ 59 (26 bytes)   made not entrant: uncommon trap
                             2787 1496       4       J::g (26 bytes)   made not entrant: not used
                             9000 1497       4       J::h (26 bytes)   made not entrant
                        """);
        JitLog log = JitLog.read(folder);
        assertEquals(List.of("org.Foo::put (out of nodes)"), log.skipped());
        assertEquals(2, log.deoptimizations(t -> t >= 3000 && t < 4000));
        assertEquals(3, log.deoptimizations(_ -> true));
    }

    @Test
    void resultsHaveScoresPeaksAndBytes() throws Problem {
        Map<Case, Jmh.Scores> all =
                Jmh.read(
                        """
                        [{"benchmark": "org.example.A.plain", "mode": "avgt", "params": {"n": "1"},
                          "primaryMetric": {"score": 2, "scoreUnit": "ns/op", "rawData": [[1, 2, 3]]},
                          "secondaryMetrics": {
                            "regress.peak": {"rawData": [[9, 9, 9]]},
                            "peakGflops": {"rawData": [[7, 8, 7]]},
                            "gc.alloc.rate.norm": {"rawData": [[16, 16, 16.5]]}}}]
                        """);
        Jmh.Scores scores = all.get(new Case("org.example.A.plain", Map.of("n", "1")));
        assertTrue(scores != null);
        assertArrayEquals(new double[] {1, 2, 3}, scores.scores());
        assertArrayEquals(new double[] {7, 8, 7}, scores.peaks());
        assertArrayEquals(new double[] {16, 16, 16.5}, scores.bytes());
    }

    @Test
    void timesAreWrittenInAFittingUnit() {
        assertEquals("12.30 µs", Numbers.time(12.3, "us/op"));
        assertEquals("999.0 ns", Numbers.time(999, "ns/op"));
        assertEquals("1.500 s", Numbers.time(1500, "ms/op"));
        assertEquals("+5.0 %", Numbers.change(1.05));
    }
}
