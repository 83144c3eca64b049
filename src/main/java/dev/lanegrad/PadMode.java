package dev.lanegrad;

/// What stands beyond the edges of a padded tensor.
public enum PadMode {
    /// One number.
    CONSTANT,
    /// The elements mirrored at the edge, which does not repeat.
    REFLECT,
    /// The edge itself.
    REPLICATE,
    /// The elements from the other end.
    CIRCULAR
}
