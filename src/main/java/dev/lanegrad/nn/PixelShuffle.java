package dev.lanegrad.nn;

/// Images `[..., C·r², H, W]` as `[..., C, H·r, W·r]`, as `torch.nn.PixelShuffle`.
public final class PixelShuffle extends Activation {
    /// For blocks of `r` × `r` pixels.
    public PixelShuffle(int r) {
        super(x -> x.pixelShuffle(r), "upscale_factor=" + r);
    }
}
