package dev.lanegrad;

/// How values between pixels are found.
public enum Interpolation {
    /// The pixel whose cell it is, as PyTorch's `nearest`.
    NEAREST,
    /// The nearest pixel's centre, as PyTorch's `nearest-exact`.
    NEAREST_EXACT,
    /// On lines between neighbours: PyTorch's `linear` and `bilinear`.
    BILINEAR,
    /// On cubic curves through four neighbours a side, as PyTorch's `bicubic`.
    BICUBIC
}
