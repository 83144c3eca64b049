package dev.lanegrad.regress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/// Reads JMH's results.
final class Jmh {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// What JMH says about a case.
    ///
    /// @param unit of the scores
    /// @param scores of the iterations
    /// @param peaks beside them, the benchmark's own before [PeakProfiler]'s, or empty
    /// @param bytes allocated by an operation in each of them, or empty
    record Scores(String unit, double[] scores, double[] peaks, double[] bytes) {}

    private Jmh() {}

    /// The scores of each case; of a case in several modes, those of the first.
    static Map<Case, Scores> read(String json) throws Problem {
        Map<Case, Scores> all = new TreeMap<>();
        try {
            for (JsonNode result : JSON.readTree(json)) {
                Map<String, String> params = new TreeMap<>();
                result.path("params")
                        .properties()
                        .forEach(e -> params.put(e.getKey(), e.getValue().asText()));
                Case test = new Case(result.path("benchmark").asText(), params);
                all.putIfAbsent(test, scores(result));
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new Problem("JMH's results cannot be read: " + e.getOriginalMessage(), e);
        }
        return all;
    }

    private static Scores scores(JsonNode result) {
        JsonNode metric = result.path("primaryMetric");
        double[] peaks = {};
        double[] bytes = {};
        for (Map.Entry<String, JsonNode> e : result.path("secondaryMetrics").properties()) {
            boolean own = e.getKey().startsWith("peak");
            if (own || (e.getKey().equals(PeakProfiler.METRIC) && peaks.length == 0)) {
                peaks = values(e.getValue());
            } else if (e.getKey().endsWith("gc.alloc.rate.norm")) {
                bytes = values(e.getValue());
            }
        }
        return new Scores(metric.path("scoreUnit").asText(), values(metric), peaks, bytes);
    }

    /// Of all iterations; sampled times have none, their mean stands for them.
    private static double[] values(JsonNode metric) {
        double[] raw =
                StreamSupport.stream(metric.path("rawData").spliterator(), false)
                        .flatMap(fork -> StreamSupport.stream(fork.spliterator(), false))
                        .mapToDouble(JsonNode::asDouble)
                        .toArray();
        return raw.length > 0 ? raw : new double[] {metric.path("score").asDouble()};
    }
}
