package dev.lanegrad.nn;

/// An axis as several, as `torch.nn.Unflatten`.
public final class Unflatten extends Activation {
    /// Axis `dim` as axes of these sizes, one of which may be −1.
    public Unflatten(int dim, int... sizes) {
        super(
                x -> x.unflatten(dim, java.util.Arrays.stream(sizes).asLongStream().toArray()),
                "dim=%d, unflattened_size=%s".formatted(dim, PerAxis.of(sizes).tuple()));
    }
}
