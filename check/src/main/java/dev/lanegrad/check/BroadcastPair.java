package dev.lanegrad.check;

import dev.lanegrad.Tensor;

/// Two tensors of shapes that broadcast to each other, as a property's parameter.
///
/// @param a the one
/// @param b the other
public record BroadcastPair(Tensor a, Tensor b) {}
