package dev.lanegrad.nn;

import dev.lanegrad.Tensor;

/// The axes from `start` to `end`, both included, as one, as `torch.nn.Flatten`.
public final class Flatten extends Module {
    private final int start;
    private final int end;

    /// All axes but the first, the batch.
    public Flatten() {
        this(1, -1);
    }

    /// These axes; negative ones count from the last.
    public Flatten(int start, int end) {
        this.start = start;
        this.end = end;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.flatten(start, end);
    }

    @Override
    protected String extraRepr() {
        return "start_dim=%d, end_dim=%d".formatted(start, end);
    }
}
