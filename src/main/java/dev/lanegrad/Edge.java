package dev.lanegrad;

/// Where a gradient goes next: to output `outputNr` of `node`.
///
/// @param node the operation that made the tensor, or the leaf's accumulation
/// @param outputNr which of the operation's outputs the tensor is
public record Edge(Node node, int outputNr) {}
