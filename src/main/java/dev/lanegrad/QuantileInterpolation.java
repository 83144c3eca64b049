package dev.lanegrad;

/// What a quantile is where it falls between two elements, as PyTorch's `interpolation`.
public enum QuantileInterpolation {
    /// Between them, in proportion.
    LINEAR,
    /// The lower one.
    LOWER,
    /// The higher one.
    HIGHER,
    /// Their mean.
    MIDPOINT,
    /// The nearer one, of two equally near ones the one of even rank.
    NEAREST
}
