package dev.lanegrad.bench.networks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanegrad.bench.Median;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// What one process measured.
///
/// @param nanos time of each step
/// @param bytes allocated on the heap by a step
/// @param residentKilobytes most memory that the process had, −1 where the system does not say
/// @param values the first step's result
record Measured(double[] nanos, long bytes, long residentKilobytes, float[] values) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Measured parse(String line) throws IOException {
        return JSON.readValue(line, Measured.class);
    }

    String json() throws IOException {
        return JSON.writeValueAsString(this);
    }

    /// This, with the time of one step.
    Measured in(double time) {
        return new Measured(new double[] {time}, bytes, residentKilobytes, values);
    }

    /// The median time of all processes' steps.
    static double nanos(List<Measured> all) {
        return Median.of(all.stream().flatMapToDouble(m -> Arrays.stream(m.nanos)));
    }
}
