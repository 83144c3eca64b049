package dev.lanegrad;

/// What printing reads of a tensor. Only the elements that are shown are read, so neither a huge
/// tensor nor a strided one is copied.
interface Printable {
    DType dtype();

    /// The logical shape.
    long[] sizes();

    /// The element at a logical index, widened; for floating point types.
    double doubleAt(long... index);

    /// The element at a logical index, 0 or 1 for bool; for all other types.
    long longAt(long... index);
}
