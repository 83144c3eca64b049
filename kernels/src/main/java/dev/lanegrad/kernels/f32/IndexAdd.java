// derive: f64 i64 i32 i16 i8
package dev.lanegrad.kernels.f32;

/// Adding slices at numbered places.
public final class IndexAdd {
    private IndexAdd() {}

    /// `y[o, index[i], :] += x[o, i, :]` in ascending order of i, for o in 0 to `outer`, i in 0 to
    /// `count`, slices of `inner` elements; x is `[outer, count, inner]`, y `[outer, rows, inner]`,
    /// both dense.
    public static void indexAdd(
            float[] x,
            int xo,
            int outer,
            int count,
            int inner,
            long[] index,
            int io,
            float[] y,
            int yo,
            int rows) {
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < count; i++) {
                int from = xo + (o * count + i) * inner;
                int to = yo + (o * rows + (int) index[io + i]) * inner;
                for (int k = 0; k < inner; k++) {
                    y[to + k] += x[from + k];
                }
            }
        }
    }
}
