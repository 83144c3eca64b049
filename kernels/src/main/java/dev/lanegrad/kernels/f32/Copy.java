// derive: f64 i64 i32 i16 i8 bool
package dev.lanegrad.kernels.f32;

import java.util.Arrays;

/// Moving elements between places of any stride.
public final class Copy {
    private Copy() {}

    /// `y := x`, n elements at strides xs and ys; an input stride of 0 repeats one element.
    public static void strided(float[] x, int xo, int xs, float[] y, int yo, int ys, int n) {
        if (ys == 1) {
            if (xs == 1) {
                System.arraycopy(x, xo, y, yo, n);
            } else if (xs == 0) {
                Arrays.fill(y, yo, yo + n, x[xo]);
            } else {
                for (int i = 0; i < n; i++) {
                    y[yo + i] = x[xo + i * xs];
                }
            }
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i * ys] = x[xo + i * xs];
            }
        }
    }
}
