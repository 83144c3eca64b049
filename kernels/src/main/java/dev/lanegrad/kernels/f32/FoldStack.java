// derive: f64 i64 i32 i16 i8
package dev.lanegrad.kernels.f32;

/// Joins results in the order they come, pairwise: level k holds the result of 2ᵏ leaves.
final class FoldStack {
    private final Fold.Op op;
    private final int n;
    final float[] t;
    private int leaves;
    private int height;

    /// For at most `leaves` results of n accumulators each.
    FoldStack(Fold.Op op, int leaves, int n) {
        this.op = op;
        this.n = n;
        this.t = new float[(33 - Integer.numberOfLeadingZeros(leaves)) * n];
    }

    /// Where the next result is to be written in [#t] before it is pushed.
    int top() {
        return height * n;
    }

    void push() {
        height++;
        for (int k = leaves++; (k & 1) == 1; k >>= 1) {
            joinTop();
        }
    }

    /// Joins what is there into the first n accumulators of [#t], and starts anew.
    void finish() {
        while (height > 1) {
            joinTop();
        }
        height = 0;
        leaves = 0;
    }

    private void joinTop() {
        height--;
        Fold.join(op, t, (height - 1) * n, t, height * n, n);
    }
}
