/// One-lane stand-ins for the part of `jdk.incubator.vector` that the kernels use.
///
/// The kernels' one-lane twins are the same sources compiled against these classes: they serve
/// machines without the vector module or without fused multiply-add. Each class repeats the
/// contract of its namesake; only what a kernel calls is here.
package dev.lanegrad.kernels.scalar;
