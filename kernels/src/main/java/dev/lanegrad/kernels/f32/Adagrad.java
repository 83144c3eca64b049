package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The loop of Adagrad, see [Update#adagrad].
final class Adagrad {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int LANES = S.length();

    private final float step;
    private final float epsilon;
    private final float decay;
    private final boolean decays;
    private final boolean maximize;

    /// `step` is −lr, `decay` the part of w in the gradient.
    Adagrad(float step, float epsilon, float decay, boolean maximize) {
        this.step = step;
        this.epsilon = epsilon;
        this.decay = decay;
        this.decays = decay != 0;
        this.maximize = maximize;
    }

    private FloatVector direction(FloatVector w, FloatVector g) {
        FloatVector d = maximize ? g.neg() : g;
        return decays ? FloatVector.broadcast(S, decay).fma(w, d) : d;
    }

    private FloatVector moved(FloatVector w, FloatVector d, FloatVector sum) {
        return w.add(d.mul(step).div(sum.sqrt().add(epsilon)));
    }

    void run(float[] w, int wo, float[] g, int go, float[] v, int vo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += LANES) {
            FloatVector p = FloatVector.fromArray(S, w, wo + i);
            FloatVector d = direction(p, FloatVector.fromArray(S, g, go + i));
            FloatVector sum = FloatVector.fromArray(S, v, vo + i).add(d.mul(d));
            sum.intoArray(v, vo + i);
            moved(p, d, sum).intoArray(w, wo + i);
        }
        if (i < n) {
            VectorMask<Float> k = S.indexInRange(i, n);
            FloatVector p = FloatVector.fromArray(S, w, wo + i, k);
            FloatVector d = direction(p, FloatVector.fromArray(S, g, go + i, k));
            FloatVector sum = FloatVector.fromArray(S, v, vo + i, k).add(d.mul(d));
            sum.intoArray(v, vo + i, k);
            moved(p, d, sum).intoArray(w, wo + i, k);
        }
    }
}
