package dev.lanegrad.regress;

import java.util.Arrays;

/// The time of one side's processes, and how sure it is.
///
/// @param time of an operation
/// @param low the interval's lower end
/// @param high the interval's upper end
public record Spread(double time, double low, double high) {
    /// Of at least two times, by the [Bootstrap] of their logarithms.
    public static Spread of(double... times) {
        Bootstrap b = Bootstrap.of(Arrays.stream(times).map(Math::log).toArray());
        return new Spread(Math.exp(b.center()), Math.exp(b.low()), Math.exp(b.high()));
    }
}
