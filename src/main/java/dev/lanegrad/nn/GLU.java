package dev.lanegrad.nn;

/// The first half of an axis times the sigmoid of the second, as `torch.nn.GLU`.
public final class GLU extends Activation {
    /// Along the last axis.
    public GLU() {
        this(-1);
    }

    /// Along axis `dim`; negative axes count from the last.
    public GLU(int dim) {
        super(x -> x.glu(dim), "dim=" + dim);
    }
}
