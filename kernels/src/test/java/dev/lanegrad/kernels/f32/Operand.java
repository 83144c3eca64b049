package dev.lanegrad.kernels.f32;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.kernels.Layout;
import java.util.Arrays;
import java.util.Random;

/// A test's operand: NaN lies around and between its elements, so that reading beyond them shows in
/// the result, and writing beyond them is noticed.
final class Operand {
    final Layout layout;
    final float[] data;

    private Operand(Layout layout) {
        this.layout = layout;
        this.data = new float[layout.length()];
        Arrays.fill(data, Float.NaN);
    }

    /// Elements drawn from a normal distribution of mean 0 and deviation 1.
    static Operand normal(Random random, Layout layout) {
        Operand x = new Operand(layout);
        for (int i = 0; i < layout.count(); i++) {
            x.data[layout.position(i)] = (float) random.nextGaussian();
        }
        return x;
    }

    /// Elements that are yet to be computed.
    static Operand output(Layout layout) {
        return new Operand(layout);
    }

    static Operand of(float... values) {
        Operand x = new Operand(Layout.dense(values.length));
        System.arraycopy(values, 0, x.data, x.offset(), values.length);
        return x;
    }

    int offset() {
        return layout.offset();
    }

    int[] sizes() {
        return layout.sizes();
    }

    int[] strides() {
        return layout.strides();
    }

    float get(int element) {
        return data[layout.position(element)];
    }

    void set(int element, float value) {
        data[layout.position(element)] = value;
    }

    /// The elements in row-major order.
    float[] values() {
        float[] values = new float[layout.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = get(i);
        }
        return values;
    }

    /// Asserts that what surrounds the elements is untouched.
    void assertGuards() {
        float[] rest = data.clone();
        for (int i = 0; i < layout.count(); i++) {
            rest[layout.position(i)] = Float.NaN;
        }
        for (int i = 0; i < rest.length; i++) {
            assertEquals(Float.NaN, rest[i], "written beyond the output, at " + i);
        }
    }
}
