package dev.lanegrad.bench;

import java.util.function.Supplier;

/// A library's side of a row.
///
/// @param preallocates whether it writes to memory that it was given
/// @param run does the work
/// @param result does it once and returns its first result in row-major order, truth as 1
record PeerOperation(boolean preallocates, Runnable run, Supplier<float[]> result) {}
