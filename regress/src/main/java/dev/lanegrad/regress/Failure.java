package dev.lanegrad.regress;

import com.fasterxml.jackson.annotation.JsonProperty;

/// A case that could not be measured on one side.
///
/// @param test the case
/// @param side whose process failed
/// @param message what it said, one line
public record Failure(@JsonProperty("case") Case test, Side side, String message) {}
