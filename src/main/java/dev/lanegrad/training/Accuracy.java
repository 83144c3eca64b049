package dev.lanegrad.training;

import dev.lanegrad.Tensor;

/// The share of examples whose class is among the k of the highest scores. Of equal scores that of
/// the lowest number is the highest.
public final class Accuracy implements Metric {
    private final int k;
    private long right;
    private long seen;

    /// The class of the highest score must be right.
    public Accuracy() {
        this(1);
    }

    /// @throws IllegalArgumentException if `k` is not positive
    public Accuracy(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("accuracy: k " + k + " is not positive");
        }
        this.k = k;
    }

    @Override
    public void reset() {
        right = 0;
        seen = 0;
    }

    /// Scores `[N, C]`, and classes `[N]`, int64.
    @Override
    public void add(Tensor output, Tensor target) {
        Classes.check("accuracy", output, target);
        long[] classes = target.toLongArray();
        float[] scores = output.toFloatArray();
        int n = output.size(1);
        for (int i = 0; i < classes.length; i++) {
            int wanted = (int) classes[i];
            float score = scores[i * n + wanted];
            int better = Float.isNaN(score) ? n : 0;
            for (int c = 0; c < n; c++) {
                float other = scores[i * n + c];
                better += other > score || (other == score && c < wanted) ? 1 : 0;
            }
            right += better < k ? 1 : 0;
        }
        seen += classes.length;
    }

    /// How many were right.
    public long right() {
        return right;
    }

    @Override
    public double value() {
        return (double) right / seen;
    }
}
