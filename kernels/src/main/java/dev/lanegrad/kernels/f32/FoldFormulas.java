package dev.lanegrad.kernels.f32;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The operations that fold an axis; each becomes loops of its own (see [FoldTemplate]).
///
/// `step` takes one more element into an accumulator, `join` brings two accumulators together, and
/// `identity` is the accumulator of no elements.
final class FoldFormulas {
    private FoldFormulas() {}

    static final class Placeholder {
        static float identity() {
            return 0f;
        }

        static FloatVector step(FloatVector a, FloatVector x) {
            return a.add(x);
        }

        static float step(float a, float x) {
            return a + x;
        }

        static FloatVector join(FloatVector a, FloatVector b) {
            return a.add(b);
        }

        static float join(float a, float b) {
            return a + b;
        }
    }

    static final class Sum {
        static float identity() {
            return 0f;
        }

        static FloatVector step(FloatVector a, FloatVector x) {
            return a.add(x);
        }

        static float step(float a, float x) {
            return a + x;
        }

        static FloatVector join(FloatVector a, FloatVector b) {
            return a.add(b);
        }

        static float join(float a, float b) {
            return a + b;
        }
    }

    static final class SumOfSquares {
        static float identity() {
            return 0f;
        }

        static FloatVector step(FloatVector a, FloatVector x) {
            return x.fma(x, a);
        }

        static float step(float a, float x) {
            return a + x * x;
        }

        static FloatVector join(FloatVector a, FloatVector b) {
            return a.add(b);
        }

        static float join(float a, float b) {
            return a + b;
        }
    }

    static final class SumOfMagnitudes {
        static float identity() {
            return 0f;
        }

        static FloatVector step(FloatVector a, FloatVector x) {
            return a.add(x.abs());
        }

        static float step(float a, float x) {
            return a + Math.abs(x);
        }

        static FloatVector join(FloatVector a, FloatVector b) {
            return a.add(b);
        }

        static float join(float a, float b) {
            return a + b;
        }
    }

    static final class Prod {
        static float identity() {
            return 1f;
        }

        static FloatVector step(FloatVector a, FloatVector x) {
            return a.mul(x);
        }

        static float step(float a, float x) {
            return a * x;
        }

        static FloatVector join(FloatVector a, FloatVector b) {
            return a.mul(b);
        }

        static float join(float a, float b) {
            return a * b;
        }
    }

    /// A NaN is taken and never given up: comparisons with it are false.
    static final class Max {
        static float identity() {
            return Float.NEGATIVE_INFINITY;
        }

        static FloatVector step(FloatVector a, FloatVector x) {
            return a.blend(
                    x, x.compare(VectorOperators.GT, a).or(x.compare(VectorOperators.NE, x)));
        }

        static float step(float a, float x) {
            return Math.max(a, x);
        }

        static FloatVector join(FloatVector a, FloatVector b) {
            return step(a, b);
        }

        static float join(float a, float b) {
            return Math.max(a, b);
        }
    }

    static final class Min {
        static float identity() {
            return Float.POSITIVE_INFINITY;
        }

        static FloatVector step(FloatVector a, FloatVector x) {
            return a.blend(
                    x, x.compare(VectorOperators.LT, a).or(x.compare(VectorOperators.NE, x)));
        }

        static float step(float a, float x) {
            return Math.min(a, x);
        }

        static FloatVector join(FloatVector a, FloatVector b) {
            return step(a, b);
        }

        static float join(float a, float b) {
            return Math.min(a, b);
        }
    }
}
