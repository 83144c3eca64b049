package dev.lanegrad.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// What one core of this machine can do at most, measured: multiply-adds, reading and copying.
public final class Peak {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    /// Steps of one measurement, about 0.1 ms.
    private static final int STEPS = 20_000;

    /// Elements of the arrays that bandwidth is measured on, 256 MiB: none of it stays in a cache.
    private static final int LARGE = 1 << 26;

    static volatile float sink;

    private Peak() {}

    /// GFLOP/s of fused multiply-adds in registers, two operations each: the best of some runs.
    public static double gflops() {
        double best = 0;
        for (int i = 0; i < 20; i++) {
            long start = System.nanoTime();
            sink = multiplyAdd(STEPS);
            best = Math.max(best, 48.0 * S.length() * STEPS / (System.nanoTime() - start));
        }
        return best;
    }

    /// GB/s of reading an array that no cache holds: the best of some runs.
    public static double readBandwidth() {
        float[] x = new float[LARGE];
        double best = 0;
        for (int i = 0; i < 8; i++) {
            long start = System.nanoTime();
            sink = sum(x);
            best = Math.max(best, 4.0 * LARGE / (System.nanoTime() - start));
        }
        return best;
    }

    /// GB/s read and written while copying an array that no cache holds: the best of some runs.
    public static double copyBandwidth() {
        float[] x = new float[LARGE / 2];
        float[] y = new float[LARGE / 2];
        double best = 0;
        for (int i = 0; i < 8; i++) {
            long start = System.nanoTime();
            System.arraycopy(x, 0, y, 0, x.length);
            best = Math.max(best, 4.0 * LARGE / (System.nanoTime() - start));
        }
        return best;
    }

    private static float sum(float[] x) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = FloatVector.zero(S);
        FloatVector s2 = FloatVector.zero(S);
        FloatVector s3 = FloatVector.zero(S);
        int step = S.length();
        for (int i = 0; i < x.length; i += 4 * step) {
            s0 = s0.add(FloatVector.fromArray(S, x, i));
            s1 = s1.add(FloatVector.fromArray(S, x, i + step));
            s2 = s2.add(FloatVector.fromArray(S, x, i + 2 * step));
            s3 = s3.add(FloatVector.fromArray(S, x, i + 3 * step));
        }
        return s0.add(s1).add(s2.add(s3)).lane(0);
    }

    /// Sums stand in the addend's place, the only operand that the instruction overwrites; 24 of
    /// them hide its latency.
    private static float multiplyAdd(int steps) {
        FloatVector a = FloatVector.broadcast(S, 1e-3f);
        FloatVector b = FloatVector.broadcast(S, 1e-3f);
        FloatVector s0 = FloatVector.broadcast(S, 0);
        FloatVector s1 = FloatVector.broadcast(S, 1);
        FloatVector s2 = FloatVector.broadcast(S, 2);
        FloatVector s3 = FloatVector.broadcast(S, 3);
        FloatVector s4 = FloatVector.broadcast(S, 4);
        FloatVector s5 = FloatVector.broadcast(S, 5);
        FloatVector s6 = FloatVector.broadcast(S, 6);
        FloatVector s7 = FloatVector.broadcast(S, 7);
        FloatVector s8 = FloatVector.broadcast(S, 8);
        FloatVector s9 = FloatVector.broadcast(S, 9);
        FloatVector s10 = FloatVector.broadcast(S, 10);
        FloatVector s11 = FloatVector.broadcast(S, 11);
        FloatVector s12 = FloatVector.broadcast(S, 12);
        FloatVector s13 = FloatVector.broadcast(S, 13);
        FloatVector s14 = FloatVector.broadcast(S, 14);
        FloatVector s15 = FloatVector.broadcast(S, 15);
        FloatVector s16 = FloatVector.broadcast(S, 16);
        FloatVector s17 = FloatVector.broadcast(S, 17);
        FloatVector s18 = FloatVector.broadcast(S, 18);
        FloatVector s19 = FloatVector.broadcast(S, 19);
        FloatVector s20 = FloatVector.broadcast(S, 20);
        FloatVector s21 = FloatVector.broadcast(S, 21);
        FloatVector s22 = FloatVector.broadcast(S, 22);
        FloatVector s23 = FloatVector.broadcast(S, 23);
        for (int i = 0; i < steps; i++) {
            s0 = a.fma(b, s0);
            s1 = a.fma(b, s1);
            s2 = a.fma(b, s2);
            s3 = a.fma(b, s3);
            s4 = a.fma(b, s4);
            s5 = a.fma(b, s5);
            s6 = a.fma(b, s6);
            s7 = a.fma(b, s7);
            s8 = a.fma(b, s8);
            s9 = a.fma(b, s9);
            s10 = a.fma(b, s10);
            s11 = a.fma(b, s11);
            s12 = a.fma(b, s12);
            s13 = a.fma(b, s13);
            s14 = a.fma(b, s14);
            s15 = a.fma(b, s15);
            s16 = a.fma(b, s16);
            s17 = a.fma(b, s17);
            s18 = a.fma(b, s18);
            s19 = a.fma(b, s19);
            s20 = a.fma(b, s20);
            s21 = a.fma(b, s21);
            s22 = a.fma(b, s22);
            s23 = a.fma(b, s23);
        }
        FloatVector sum = s0;
        sum = sum.add(s1);
        sum = sum.add(s2);
        sum = sum.add(s3);
        sum = sum.add(s4);
        sum = sum.add(s5);
        sum = sum.add(s6);
        sum = sum.add(s7);
        sum = sum.add(s8);
        sum = sum.add(s9);
        sum = sum.add(s10);
        sum = sum.add(s11);
        sum = sum.add(s12);
        sum = sum.add(s13);
        sum = sum.add(s14);
        sum = sum.add(s15);
        sum = sum.add(s16);
        sum = sum.add(s17);
        sum = sum.add(s18);
        sum = sum.add(s19);
        sum = sum.add(s20);
        sum = sum.add(s21);
        sum = sum.add(s22);
        sum = sum.add(s23);
        return sum.lane(0);
    }
}
