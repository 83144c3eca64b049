package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The loops of stochastic gradient descent, see [Update#sgd].
final class Sgd {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int LANES = S.length();

    private final float step;
    private final float keep;
    private final float take;
    private final float decay;
    private final boolean decays;
    private final boolean nesterov;
    private final boolean maximize;

    Sgd(float step, float keep, float take, float decay, boolean nesterov, boolean maximize) {
        this.step = step;
        this.keep = keep;
        this.take = take;
        this.decay = decay;
        this.decays = decay != 0;
        this.nesterov = nesterov;
        this.maximize = maximize;
    }

    /// `±g + weightDecay·w`
    private FloatVector direction(FloatVector w, FloatVector g) {
        FloatVector d = maximize ? g.neg() : g;
        return decays ? FloatVector.broadcast(S, decay).fma(w, d) : d;
    }

    /// Where the step goes, with the momentum already moved.
    private FloatVector ahead(FloatVector d, FloatVector m) {
        return nesterov ? FloatVector.broadcast(S, keep).fma(m, d) : m;
    }

    private FloatVector moved(FloatVector m, FloatVector d) {
        return FloatVector.broadcast(S, take).fma(d, m.mul(keep));
    }

    private FloatVector stepped(FloatVector w, FloatVector d) {
        return FloatVector.broadcast(S, step).fma(d, w);
    }

    /// `w -= lr·d`
    void plain(float[] w, int wo, float[] g, int go, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += LANES) {
            FloatVector p = FloatVector.fromArray(S, w, wo + i);
            FloatVector d = direction(p, FloatVector.fromArray(S, g, go + i));
            stepped(p, d).intoArray(w, wo + i);
        }
        if (i < n) {
            VectorMask<Float> m = S.indexInRange(i, n);
            FloatVector p = FloatVector.fromArray(S, w, wo + i, m);
            FloatVector d = direction(p, FloatVector.fromArray(S, g, go + i, m));
            stepped(p, d).intoArray(w, wo + i, m);
        }
    }

    /// `m := d`, `w -= lr·m`
    void first(float[] w, int wo, float[] g, int go, float[] m, int mo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += LANES) {
            FloatVector p = FloatVector.fromArray(S, w, wo + i);
            FloatVector d = direction(p, FloatVector.fromArray(S, g, go + i));
            d.intoArray(m, mo + i);
            stepped(p, ahead(d, d)).intoArray(w, wo + i);
        }
        if (i < n) {
            VectorMask<Float> k = S.indexInRange(i, n);
            FloatVector p = FloatVector.fromArray(S, w, wo + i, k);
            FloatVector d = direction(p, FloatVector.fromArray(S, g, go + i, k));
            d.intoArray(m, mo + i, k);
            stepped(p, ahead(d, d)).intoArray(w, wo + i, k);
        }
    }

    /// `m := momentum·m + (1 − dampening)·d`, `w -= lr·m`
    void momentum(float[] w, int wo, float[] g, int go, float[] m, int mo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += LANES) {
            FloatVector p = FloatVector.fromArray(S, w, wo + i);
            FloatVector d = direction(p, FloatVector.fromArray(S, g, go + i));
            FloatVector moved = moved(FloatVector.fromArray(S, m, mo + i), d);
            moved.intoArray(m, mo + i);
            stepped(p, ahead(d, moved)).intoArray(w, wo + i);
        }
        if (i < n) {
            VectorMask<Float> k = S.indexInRange(i, n);
            FloatVector p = FloatVector.fromArray(S, w, wo + i, k);
            FloatVector d = direction(p, FloatVector.fromArray(S, g, go + i, k));
            FloatVector moved = moved(FloatVector.fromArray(S, m, mo + i, k), d);
            moved.intoArray(m, mo + i, k);
            stepped(p, ahead(d, moved)).intoArray(w, wo + i, k);
        }
    }
}
