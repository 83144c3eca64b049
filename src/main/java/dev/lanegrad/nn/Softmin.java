package dev.lanegrad.nn;

/// e⁻ˣ divided by its sum along an axis, as `torch.nn.Softmin`.
public final class Softmin extends Activation {
    /// Along axis `dim`; negative axes count from the last.
    public Softmin(int dim) {
        super(x -> x.softmin(dim), "dim=" + dim);
    }
}
