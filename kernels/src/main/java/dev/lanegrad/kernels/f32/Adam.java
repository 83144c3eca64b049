package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// The loop of Adam and its relatives, see [Update#adam].
///
/// Numbers derived from β, the learning rate and the step count are rounded to the type of the
/// parameters once, by the caller.
final class Adam {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int LANES = S.length();

    private final float take1;
    private final float keep2;
    private final float take2;
    private final float step;
    private final float root;
    private final float epsilon;
    private final float shrink;
    private final float decay;
    private final boolean shrinks;
    private final boolean decays;
    private final boolean maximize;

    /// `take1` is 1 − β₁, `keep2` β₂, `take2` 1 − β₂, `step` −lr/(1 − β₁ᵗ), `root` √(1 − β₂ᵗ);
    /// `shrink` is what w is multiplied with, 1 for none, `decay` the part of w in the gradient.
    Adam(
            float take1,
            float keep2,
            float take2,
            float step,
            float root,
            float epsilon,
            float shrink,
            float decay,
            boolean maximize) {
        this.take1 = take1;
        this.keep2 = keep2;
        this.take2 = take2;
        this.step = step;
        this.root = root;
        this.epsilon = epsilon;
        this.shrink = shrink;
        this.decay = decay;
        this.shrinks = shrink != 1;
        this.decays = decay != 0;
        this.maximize = maximize;
    }

    private FloatVector direction(FloatVector w, FloatVector g) {
        FloatVector d = maximize ? g.neg() : g;
        return decays ? FloatVector.broadcast(S, decay).fma(w, d) : d;
    }

    /// `m + (1 − β₁)·(d − m)`, from the nearer end, as PyTorch's lerp.
    private FloatVector mean(FloatVector m, FloatVector d) {
        FloatVector way = d.sub(m);
        return take1 < 0.5f
                ? way.fma(FloatVector.broadcast(S, take1), m)
                : way.fma(FloatVector.broadcast(S, take1 - 1), d);
    }

    private FloatVector square(FloatVector v, FloatVector d) {
        return v.mul(keep2).add(d.mul(take2).mul(d));
    }

    private FloatVector moved(FloatVector w, FloatVector m, FloatVector v) {
        return w.add(m.mul(step).div(v.sqrt().div(root).add(epsilon)));
    }

    private static FloatVector larger(FloatVector a, FloatVector b) {
        return a.blend(b, b.compare(VectorOperators.GT, a).or(b.compare(VectorOperators.NE, b)));
    }

    void run(
            float[] w,
            int wo,
            float[] g,
            int go,
            float[] m,
            int mo,
            float[] v,
            int vo,
            float @Nullable [] largest,
            int lo,
            int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += LANES) {
            FloatVector p = FloatVector.fromArray(S, w, wo + i);
            FloatVector d = direction(p, FloatVector.fromArray(S, g, go + i));
            p = shrinks ? p.mul(shrink) : p;
            FloatVector mean = mean(FloatVector.fromArray(S, m, mo + i), d);
            FloatVector square = square(FloatVector.fromArray(S, v, vo + i), d);
            mean.intoArray(m, mo + i);
            square.intoArray(v, vo + i);
            if (largest != null) {
                square = larger(FloatVector.fromArray(S, largest, lo + i), square);
                square.intoArray(largest, lo + i);
            }
            moved(p, mean, square).intoArray(w, wo + i);
        }
        if (i < n) {
            VectorMask<Float> k = S.indexInRange(i, n);
            FloatVector p = FloatVector.fromArray(S, w, wo + i, k);
            FloatVector d = direction(p, FloatVector.fromArray(S, g, go + i, k));
            p = shrinks ? p.mul(shrink) : p;
            FloatVector mean = mean(FloatVector.fromArray(S, m, mo + i, k), d);
            FloatVector square = square(FloatVector.fromArray(S, v, vo + i, k), d);
            mean.intoArray(m, mo + i, k);
            square.intoArray(v, vo + i, k);
            if (largest != null) {
                square = larger(FloatVector.fromArray(S, largest, lo + i, k), square);
                square.intoArray(largest, lo + i, k);
            }
            moved(p, mean, square).intoArray(w, wo + i, k);
        }
    }
}
