package dev.lanegrad;

/// Elements chosen along an axis or from windows, and where they were.
///
/// @param values the elements
/// @param indices their positions, int64: along the axis, or row by row in an image
public record ValuesAndIndices(Tensor values, Tensor indices) {}
