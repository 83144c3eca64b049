package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The vector shape that all kernels of this package use.
final class Lanes {
    static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    private Lanes() {}
}
