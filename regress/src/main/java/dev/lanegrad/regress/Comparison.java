package dev.lanegrad.regress;

import java.util.Arrays;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/// Pairs of processes compared: how many times as long the head takes as the base.
///
/// The two processes of a pair ran one after the other, so that what the machine did meanwhile
/// touches both; only the ratio within a pair counts. `p` is that of Wilcoxon's signed-rank test of
/// the logarithms of the ratios, exact for so few pairs; ratio and interval are the [Bootstrap]'s
/// of the logarithms.
///
/// @param pairs how many
/// @param ratio time of the head by that of the base
/// @param low the interval's lower end
/// @param high the interval's upper end
/// @param p the chance of such ranks if the head were not slower
public record Comparison(int pairs, double ratio, double low, double high, double p) {

    /// Compares by the logarithms of head by base, one for each pair; at least two.
    public static Comparison of(double... logs) {
        Bootstrap b = Bootstrap.of(logs);
        return new Comparison(
                logs.length,
                Math.exp(b.center()),
                Math.exp(b.low()),
                Math.exp(b.high()),
                pOfSlower(logs));
    }

    private static double pOfSlower(double[] logs) {
        if (Arrays.stream(logs).allMatch(x -> x == 0)) {
            return 1;
        }
        return WilcoxonSignedRankTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN)
                .test(logs)
                .getPValue();
    }
}
