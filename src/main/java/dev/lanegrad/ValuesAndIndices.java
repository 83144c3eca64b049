package dev.lanegrad;

/// Elements chosen along an axis and where they were.
///
/// @param values the elements
/// @param indices their positions along the axis, int64
public record ValuesAndIndices(Tensor values, Tensor indices) {}
