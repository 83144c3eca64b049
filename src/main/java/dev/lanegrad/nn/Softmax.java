package dev.lanegrad.nn;

/// eˣ divided by its sum along an axis, as `torch.nn.Softmax`.
public final class Softmax extends Activation {
    /// Along axis `dim`; negative axes count from the last.
    public Softmax(int dim) {
        super(x -> x.softmax(dim), "dim=" + dim);
    }
}
