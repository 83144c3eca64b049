/// The hand-written integer kernels; those of the narrower types are derived from them when the
/// project is built. Sums and products wrap around, as in Java and in PyTorch.
package dev.lanegrad.kernels.i64;
