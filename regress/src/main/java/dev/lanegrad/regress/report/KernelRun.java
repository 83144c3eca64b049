package dev.lanegrad.regress.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanegrad.regress.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A table of kernels, as `lanegrad bench kernels --json` writes it.
///
/// @param started when, ISO 8601
/// @param commit the sources' hash, or empty
/// @param cpu the processor's name
/// @param jdk its version
/// @param threads that shared the work
/// @param peakGflops multiply-adds at most, the median of what was measured beside the kernels
/// @param readBandwidth of memory, in GB/s
/// @param copyBandwidth of memory, read and written, in GB/s
/// @param rows kernels
record KernelRun(
        String started,
        String commit,
        String cpu,
        String jdk,
        int threads,
        double peakGflops,
        double readBandwidth,
        double copyBandwidth,
        List<Row> rows) {

    /// All families of its rows, each once, in their order.
    List<String> families() {
        return rows.stream().map(Row::family).distinct().toList();
    }

    /// A kernel at one shape.
    ///
    /// @param kernel its name
    /// @param shape of its operands
    /// @param floor the least share of the peak that it must keep, in percent; 0: none
    /// @param flop operations of the definition, two a product
    /// @param bytes of the operands and the output, each once
    /// @param gflops the median
    /// @param percentOfPeak the median of the ratios to the peak beside each iteration
    /// @param nanos of an operation in each iteration
    /// @param peers the same of other libraries
    record Row(
            String kernel,
            String shape,
            double floor,
            double flop,
            double bytes,
            double gflops,
            double percentOfPeak,
            double[] nanos,
            Map<String, Peer> peers) {
        String name() {
            return kernel + " " + shape;
        }

        /// What its point is colored by: `sgemm` of `sgemm A·Bᵀ`, `forward F4` of `forward F4,
        /// new`.
        String family() {
            String plain = kernel.replaceAll(",.*", "");
            return plain.endsWith(" F4") ? plain : plain.replaceAll(" .*", "");
        }

        /// Operations for each byte that must be moved.
        double intensity() {
            return flop / bytes;
        }
    }

    /// Another library at the same.
    record Peer(double gflops, double percentOfPeak) {}

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    static KernelRun read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Problem(file + ": there is no such file");
        }
        try {
            KernelRun run = JSON.readValue(file.toFile(), KernelRun.class);
            if (run.started() == null || run.rows() == null) {
                throw new Problem(file + ": is not the kernels' table");
            }
            return run;
        } catch (JsonProcessingException e) {
            throw new Problem(file + ": is not the kernels' table: " + e.getOriginalMessage(), e);
        }
    }
}
