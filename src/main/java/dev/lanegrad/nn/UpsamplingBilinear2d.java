package dev.lanegrad.nn;

/// Images `[N, C, H, W]` at another size, on lines between pixels, the corners staying where they
/// are, as `torch.nn.UpsamplingBilinear2d`.
public final class UpsamplingBilinear2d extends Upsample {
    private UpsamplingBilinear2d(Builder options) {
        super(options);
    }

    /// At a size of rows and columns, or of one number for both.
    public static UpsamplingBilinear2d toSize(int... size) {
        return new UpsamplingBilinear2d(builder().size(size).mode("bilinear").alignCorners(true));
    }

    /// At so many times the size, down and across, or one number for both.
    public static UpsamplingBilinear2d scaledBy(double... scale) {
        return new UpsamplingBilinear2d(
                builder().scaleFactor(scale).mode("bilinear").alignCorners(true));
    }
}
