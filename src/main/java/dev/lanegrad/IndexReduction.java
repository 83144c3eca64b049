package dev.lanegrad;

/// What becomes of several values for one position.
public enum IndexReduction {
    /// Their sum.
    SUM,
    /// Their product.
    PROD,
    /// Their mean, for integers rounded down.
    MEAN,
    /// The largest; NaN if one of them is.
    AMAX,
    /// The smallest; NaN if one of them is.
    AMIN
}
