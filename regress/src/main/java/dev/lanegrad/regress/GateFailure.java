package dev.lanegrad.regress;

import com.fasterxml.jackson.annotation.JsonProperty;

/// A rule that does not depend on time and that the head breaks where the base keeps it.
///
/// @param test the case
/// @param gate the rule's name
/// @param message the figures of both sides
public record GateFailure(@JsonProperty("case") Case test, String gate, String message) {}
