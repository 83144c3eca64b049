package dev.lanegrad.kernels;

import dev.lanegrad.kernels.any.Cast;

/// Conversions of element types, element by element.
public enum Conversion implements LoopKernel {
    /// Between any two array types. Fractions are cut off, integers too large for the target lose
    /// their upper bits, true is 1, and what is not 0 is true.
    CAST {
        @Override
        public void run(Object[] a, int[] at, int[] step, int n, double p, double q) {
            Cast.run(a[0], at[0], step[0], a[1], at[1], n);
        }
    },

    /// Unsigned bytes to short integers. Back it is CAST: the lower 8 bits.
    UINT8_TO_INT16 {
        @Override
        public void run(Object[] a, int[] at, int[] step, int n, double p, double q) {
            byte[] x = (byte[]) a[0];
            short[] y = (short[]) a[1];
            for (int i = 0; i < n; i++) {
                y[at[1] + i] = (short) (x[at[0] + i * step[0]] & 0xff);
            }
        }
    },

    FLOAT16_TO_FLOAT32 {
        @Override
        public void run(Object[] a, int[] at, int[] step, int n, double p, double q) {
            short[] x = (short[]) a[0];
            float[] y = (float[]) a[1];
            for (int i = 0; i < n; i++) {
                y[at[1] + i] = Float.float16ToFloat(x[at[0] + i * step[0]]);
            }
        }
    },

    /// Rounds to nearest even.
    FLOAT32_TO_FLOAT16 {
        @Override
        public void run(Object[] a, int[] at, int[] step, int n, double p, double q) {
            float[] x = (float[]) a[0];
            short[] y = (short[]) a[1];
            for (int i = 0; i < n; i++) {
                y[at[1] + i] = Float.floatToFloat16(x[at[0] + i * step[0]]);
            }
        }
    },

    BFLOAT16_TO_FLOAT32 {
        @Override
        public void run(Object[] a, int[] at, int[] step, int n, double p, double q) {
            short[] x = (short[]) a[0];
            float[] y = (float[]) a[1];
            for (int i = 0; i < n; i++) {
                y[at[1] + i] = Float.intBitsToFloat(x[at[0] + i * step[0]] << 16);
            }
        }
    },

    /// Rounds to nearest even.
    FLOAT32_TO_BFLOAT16 {
        @Override
        public void run(Object[] a, int[] at, int[] step, int n, double p, double q) {
            float[] x = (float[]) a[0];
            short[] y = (short[]) a[1];
            for (int i = 0; i < n; i++) {
                y[at[1] + i] = bfloat16(x[at[0] + i * step[0]]);
            }
        }
    };

    @Override
    public int inputs() {
        return 1;
    }

    private static short bfloat16(float x) {
        int bits = Float.floatToRawIntBits(x);
        int rounded = (bits + 0x7fff + ((bits >>> 16) & 1)) >> 16;
        return (short) (Float.isNaN(x) ? 0x7fc0 : rounded);
    }
}
