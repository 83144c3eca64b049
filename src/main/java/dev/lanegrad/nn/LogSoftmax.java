package dev.lanegrad.nn;

/// The logarithm of the softmax along an axis, as `torch.nn.LogSoftmax`.
public final class LogSoftmax extends Activation {
    /// Along axis `dim`; negative axes count from the last.
    public LogSoftmax(int dim) {
        super(x -> x.logSoftmax(dim), "dim=" + dim);
    }
}
