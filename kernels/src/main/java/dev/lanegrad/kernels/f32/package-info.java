/// The hand-written single-precision kernels; the other precisions, the one-lane path and the
/// dispatch between them are derived from these sources when the project is built
/// (`build/Derive.java`).
package dev.lanegrad.kernels.f32;
