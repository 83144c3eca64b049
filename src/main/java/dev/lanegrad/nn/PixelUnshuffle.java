package dev.lanegrad.nn;

/// Images `[..., C, H·r, W·r]` as `[..., C·r², H, W]`, as `torch.nn.PixelUnshuffle`.
public final class PixelUnshuffle extends Activation {
    /// For blocks of `r` × `r` pixels.
    public PixelUnshuffle(int r) {
        super(x -> x.pixelUnshuffle(r), "downscale_factor=" + r);
    }
}
