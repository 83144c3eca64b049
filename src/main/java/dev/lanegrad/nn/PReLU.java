package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// `max(x, 0) + w·min(x, 0)` with a learned slope, as `torch.nn.PReLU`.
public final class PReLU extends Module {
    private final Tensor weight;

    /// One slope, which starts at 0.25.
    public PReLU() {
        this(1);
    }

    /// A slope for each of so many channels, or one for all.
    public PReLU(int slopes) {
        this(slopes, 0.25);
    }

    /// @param init where the slopes start
    public PReLU(int slopes, double init) {
        weight = parameter("weight", Init.constant_(Tensor.empty(slopes), init));
    }

    /// The slopes `[C]` or `[1]`.
    public Tensor weight() {
        return now(weight);
    }

    /// Of `[N, C, ...]`.
    @Override
    public Tensor forward(Tensor x) {
        Tensor w = now(weight);
        if (w.numel() > 1) {
            long[] sizes = new long[Math.max(x.dim(), 1)];
            java.util.Arrays.fill(sizes, 1);
            sizes[Math.min(1, sizes.length - 1)] = w.numel();
            w = w.reshape(sizes);
        }
        return x.where(x.detach().gt(0), x.mul(w));
    }

    @Override
    protected String extraRepr() {
        return "num_parameters=" + weight.numel();
    }
}
