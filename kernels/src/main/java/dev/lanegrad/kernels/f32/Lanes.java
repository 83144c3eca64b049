package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The vector shape that all kernels of this package use.
final class Lanes {
    static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    /// Each lane takes the value of the lane 1, 2, 4, ... places further.
    static final VectorShuffle<Float> ROTATE_1 = rotation(1);

    static final VectorShuffle<Float> ROTATE_2 = rotation(2);
    static final VectorShuffle<Float> ROTATE_4 = rotation(4);
    static final VectorShuffle<Float> ROTATE_8 = rotation(8);
    static final VectorShuffle<Float> ROTATE_16 = rotation(16);
    static final VectorShuffle<Float> ROTATE_32 = rotation(32);

    private Lanes() {}

    private static VectorShuffle<Float> rotation(int places) {
        return VectorShuffle.iota(S, places, 1, true);
    }
}
