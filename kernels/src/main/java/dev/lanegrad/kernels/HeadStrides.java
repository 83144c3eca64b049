package dev.lanegrad.kernels;

/// How far it is in memory from one matrix of a batch, from one head and from one row to the next;
/// rows are dense.
public record HeadStrides(int batch, int head, int row) {
    /// Where the matrix of pair `t` begins, counted through the heads of all of the batch.
    public int at(int t, int heads) {
        return t / heads * batch + t % heads * head;
    }
}
