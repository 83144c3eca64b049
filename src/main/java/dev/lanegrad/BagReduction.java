package dev.lanegrad;

/// What becomes of the rows of a bag.
public enum BagReduction {
    /// Their sum.
    SUM,
    /// Their mean.
    MEAN,
    /// The largest element of each column, of equal ones the first.
    MAX
}
