package dev.lanegrad.kernels;

/// An element-wise operation over rows: `y[i] := f(x₀[i], x₁[i], ...)`.
public interface LoopKernel {
    /// Number of inputs; the output is the operand after the last input.
    int inputs();

    /// Runs `n` elements. Operand k is the array `a[k]` from position `at[k]` on; an input's step
    /// is 0 or 1, the output's is 1. `p` and `q` are the operation's parameters, where it has any.
    void run(Object[] a, int[] at, int[] step, int n, double p, double q);

    /// Runs `rows` rows of `n` elements, each as [#run]; from row to row operand k's position moves
    /// by `by[k]`.
    default void rows(
            Object[] a, int[] at, int[] step, int[] by, int rows, int n, double p, double q) {
        int[] row = at.clone();
        for (int r = 0; r < rows; r++) {
            run(a, row, step, n, p, q);
            for (int k = 0; k < row.length; k++) {
                row[k] += by[k];
            }
        }
    }
}
