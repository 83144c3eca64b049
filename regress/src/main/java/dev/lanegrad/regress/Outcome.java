package dev.lanegrad.regress;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What was found out about a case.
///
/// @param test the case
/// @param verdict what is said of it
/// @param comparison of the look that decided
/// @param look which that was: 1, or 2
/// @param p adjusted for the number of cases in the second look; that of the comparison in the
///   first
/// @param base the time of an operation in the base's processes of that look
/// @param head in the head's
/// @param unit of these times
public record Outcome(
        @JsonProperty("case") Case test,
        Verdict verdict,
        Comparison comparison,
        int look,
        double p,
        Spread base,
        Spread head,
        String unit) {}
