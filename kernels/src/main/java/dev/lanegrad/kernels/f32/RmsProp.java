package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// The loop of RMSprop, see [Update#rmsprop].
final class RmsProp {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int LANES = S.length();

    private final float step;
    private final float momentum;
    private final float keep;
    private final float take;
    private final float epsilon;
    private final float decay;
    private final boolean decays;
    private final boolean maximize;

    /// `keep` is α, `take` 1 − α, `step` −lr, `decay` the part of w in the gradient.
    RmsProp(
            float step,
            float momentum,
            float keep,
            float take,
            float epsilon,
            float decay,
            boolean maximize) {
        this.step = step;
        this.momentum = momentum;
        this.keep = keep;
        this.take = take;
        this.epsilon = epsilon;
        this.decay = decay;
        this.decays = decay != 0;
        this.maximize = maximize;
    }

    private FloatVector direction(FloatVector w, FloatVector g) {
        FloatVector d = maximize ? g.neg() : g;
        return decays ? FloatVector.broadcast(S, decay).fma(w, d) : d;
    }

    private FloatVector square(FloatVector v, FloatVector d) {
        return v.mul(keep).add(d.mul(take).mul(d));
    }

    /// `a + (1 − α)·(d − a)`, from the nearer end, as PyTorch's lerp.
    private FloatVector mean(FloatVector a, FloatVector d) {
        FloatVector way = d.sub(a);
        return take < 0.5f
                ? way.fma(FloatVector.broadcast(S, take), a)
                : way.fma(FloatVector.broadcast(S, take - 1), d);
    }

    void run(
            float[] w,
            int wo,
            float[] g,
            int go,
            float[] v,
            int vo,
            float @Nullable [] mean,
            int ao,
            float @Nullable [] m,
            int mo,
            int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += LANES) {
            FloatVector p = FloatVector.fromArray(S, w, wo + i);
            FloatVector d = direction(p, FloatVector.fromArray(S, g, go + i));
            FloatVector square = square(FloatVector.fromArray(S, v, vo + i), d);
            square.intoArray(v, vo + i);
            if (mean != null) {
                FloatVector a = mean(FloatVector.fromArray(S, mean, ao + i), d);
                a.intoArray(mean, ao + i);
                square = square.sub(a.mul(a));
            }
            FloatVector divisor = square.sqrt().add(epsilon);
            if (m != null) {
                FloatVector moved = FloatVector.fromArray(S, m, mo + i).mul(momentum);
                moved = moved.add(d.div(divisor));
                moved.intoArray(m, mo + i);
                FloatVector.broadcast(S, step).fma(moved, p).intoArray(w, wo + i);
            } else {
                p.add(d.mul(step).div(divisor)).intoArray(w, wo + i);
            }
        }
        if (i < n) {
            VectorMask<Float> k = S.indexInRange(i, n);
            FloatVector p = FloatVector.fromArray(S, w, wo + i, k);
            FloatVector d = direction(p, FloatVector.fromArray(S, g, go + i, k));
            FloatVector square = square(FloatVector.fromArray(S, v, vo + i, k), d);
            square.intoArray(v, vo + i, k);
            if (mean != null) {
                FloatVector a = mean(FloatVector.fromArray(S, mean, ao + i, k), d);
                a.intoArray(mean, ao + i, k);
                square = square.sub(a.mul(a));
            }
            FloatVector divisor = square.sqrt().add(epsilon);
            if (m != null) {
                FloatVector moved = FloatVector.fromArray(S, m, mo + i, k).mul(momentum);
                moved = moved.add(d.div(divisor));
                moved.intoArray(m, mo + i, k);
                FloatVector.broadcast(S, step).fma(moved, p).intoArray(w, wo + i, k);
            } else {
                p.add(d.mul(step).div(divisor)).intoArray(w, wo + i, k);
            }
        }
    }
}
