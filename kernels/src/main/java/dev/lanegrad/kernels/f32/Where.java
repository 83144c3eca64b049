// derive: f64 i64 i32 i16 i8 bool
package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// A choice between two operands, element by element.
public final class Where {
    private static final VectorSpecies<Float> S = Lanes.S;

    private Where() {}

    /// `y := c ? a : b`, n elements; an input of step 0 is one value.
    public static void select(
            boolean[] c,
            int co,
            int cs,
            float[] a,
            int ao,
            int as,
            float[] b,
            int bo,
            int bs,
            float[] y,
            int yo,
            int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += S.length()) {
            VectorMask<Float> chosen =
                    cs == 1 ? VectorMask.fromArray(S, c, co + i) : S.maskAll(c[co]);
            load(b, bo, bs, i).blend(load(a, ao, as, i), chosen).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = c[co + i * cs] ? a[ao + i * as] : b[bo + i * bs];
        }
    }

    private static FloatVector load(float[] x, int xo, int xs, int i) {
        return xs == 1 ? FloatVector.fromArray(S, x, xo + i) : FloatVector.broadcast(S, x[xo]);
    }
}
