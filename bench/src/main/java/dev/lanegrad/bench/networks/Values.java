package dev.lanegrad.bench.networks;

import java.util.Arrays;
import java.util.Random;

/// Values that all libraries start with.
final class Values {
    /// Elements of a gradient that are compared.
    private static final int SHOWN = 90;

    private Values() {}

    /// `n` values between −1 and 1.
    static float[] uniform(int n, int seed) {
        Random random = new Random(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }

    /// What a first step of training tells: the loss, and a gradient in parts of its largest
    /// element.
    static float[] learned(float loss, float[] gradient) {
        float largest = 0;
        for (float g : gradient) {
            largest = Math.max(largest, Math.abs(g));
        }
        float[] told = new float[1 + Math.min(SHOWN, gradient.length)];
        told[0] = loss;
        for (int i = 1; i < told.length; i++) {
            told[i] = gradient[i - 1] / largest;
        }
        return told;
    }

    /// What the parameter at position `index` of a network starts with: weights of such a size that
    /// activations keep theirs; ones and zeros for a normalization's factors and offsets.
    static float[] parameter(String name, int index, int... shape) {
        int n = 1;
        for (int size : shape) {
            n *= size;
        }
        float[] values = new float[n];
        if (shape.length > 1) {
            float bound = (float) Math.sqrt(3.0 * shape[0] / n);
            float[] uniform = uniform(n, index);
            for (int i = 0; i < n; i++) {
                values[i] = bound * uniform[i];
            }
        } else if (name.endsWith("weight")) {
            Arrays.fill(values, 1);
        }
        return values;
    }
}
