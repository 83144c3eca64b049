package dev.lanegrad.nn;

/// Images `[N, C, H, W]` at another size, each pixel the nearest one, as
/// `torch.nn.UpsamplingNearest2d`.
public final class UpsamplingNearest2d extends Upsample {
    private UpsamplingNearest2d(Builder options) {
        super(options);
    }

    /// At a size of rows and columns, or of one number for both.
    public static UpsamplingNearest2d toSize(int... size) {
        return new UpsamplingNearest2d(builder().size(size).mode("nearest"));
    }

    /// At so many times the size, down and across, or one number for both.
    public static UpsamplingNearest2d scaledBy(double... scale) {
        return new UpsamplingNearest2d(builder().scaleFactor(scale).mode("nearest"));
    }
}
