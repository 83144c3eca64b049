package dev.lanegrad.bench;

import dev.lanegrad.kernels.Simd;

/// What a benchmark's process says of itself, for comparisons of two builds.
final class Facts {
    private Facts() {}

    /// Prints the width of the vectors in use, in bits; 0 on the one-lane path.
    static void print() {
        System.out.println("# fact vectorBits=" + Simd.bits());
    }
}
