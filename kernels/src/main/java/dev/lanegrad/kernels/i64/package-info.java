/// The hand-written kernels of 64-bit integers; those of 32, 16 and 8 bits are derived from them
/// when the project is built (`build/Derive.java`). Arithmetic wraps around.
package dev.lanegrad.kernels.i64;
