/// The hand-written part of the double-precision kernels: constants that the single-precision
/// sources do not determine. Everything else here is derived.
package dev.lanegrad.kernels.f64;
