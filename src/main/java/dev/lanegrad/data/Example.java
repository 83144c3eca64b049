package dev.lanegrad.data;

import dev.lanegrad.Tensor;

/// One example of a [Dataset]: what goes in, and what should come out.
///
/// @param input for example a picture `[C, H, W]`
/// @param target for example its class, `[]`, int64
public record Example(Tensor input, Tensor target) {}
