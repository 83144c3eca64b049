package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// The loop of every step of [Stepping].
final class StepTemplate {
    private static final VectorSpecies<Float> S = Lanes.S;
    private static final int LANES = S.length();

    private StepTemplate() {}

    static void run(
            StepFormulas.Placeholder f,
            StepStart start,
            float[] w,
            int wo,
            float[] g,
            int go,
            float[] a,
            int ao,
            float @Nullable [] b,
            int bo,
            int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += LANES) {
            FloatVector p = FloatVector.fromArray(S, w, wo + i);
            FloatVector d = start.direction(p, FloatVector.fromArray(S, g, go + i));
            p = start.shrunk(p);
            FloatVector oldA = FloatVector.fromArray(S, a, ao + i);
            FloatVector oldB = b == null ? oldA : FloatVector.fromArray(S, b, bo + i);
            FloatVector newA = f.first(p, d, oldA, oldB);
            FloatVector newB = f.second(d, oldA, newA, oldB);
            f.moved(p, d, newA, oldB, newB).intoArray(w, wo + i);
            newA.intoArray(a, ao + i);
            if (b != null) {
                newB.intoArray(b, bo + i);
            }
        }
        if (i < n) {
            VectorMask<Float> k = S.indexInRange(i, n);
            FloatVector p = FloatVector.fromArray(S, w, wo + i, k);
            FloatVector d = start.direction(p, FloatVector.fromArray(S, g, go + i, k));
            p = start.shrunk(p);
            FloatVector oldA = FloatVector.fromArray(S, a, ao + i, k);
            FloatVector oldB = b == null ? oldA : FloatVector.fromArray(S, b, bo + i, k);
            FloatVector newA = f.first(p, d, oldA, oldB);
            FloatVector newB = f.second(d, oldA, newA, oldB);
            f.moved(p, d, newA, oldB, newB).intoArray(w, wo + i, k);
            newA.intoArray(a, ao + i, k);
            if (b != null) {
                newB.intoArray(b, bo + i, k);
            }
        }
    }
}
