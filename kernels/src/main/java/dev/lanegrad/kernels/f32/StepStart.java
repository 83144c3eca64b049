package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;

/// What all steps of [Stepping] begin with: the decay of the parameters, and the direction.
final class StepStart {
    private final float shrink;
    private final float decay;
    private final boolean decays;
    private final boolean maximize;

    StepStart(float shrink, float decay, boolean maximize) {
        this.shrink = shrink;
        this.decay = decay;
        this.decays = decay != 0;
        this.maximize = maximize;
    }

    FloatVector direction(FloatVector w, FloatVector g) {
        FloatVector d = maximize ? g.neg() : g;
        return decays ? FloatVector.broadcast(Lanes.S, decay).fma(w, d) : d;
    }

    FloatVector shrunk(FloatVector w) {
        return w.mul(shrink);
    }
}
