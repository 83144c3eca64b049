package dev.lanegrad.kernels;

/// The sizes of a two-dimensional convolution: x `[N, C, H, W]`, w `[O, C / groups, KH, KW]`, y
/// `[N, O, outH, outW]`.
///
/// Images lie channels-last: element `[n, c, h, w]` of x is at `((n·H + h)·W + w)·C + c`.
///
/// @param n images, may be 0
/// @param c input channels
/// @param h rows of an input image
/// @param w columns of an input image
/// @param o output channels
/// @param kh rows of the window
/// @param kw columns of the window
/// @param strideH rows from one window to the next
/// @param strideW columns from one window to the next
/// @param padH rows of zeros above and below the image
/// @param padW columns of zeros left and right of the image
/// @param dilationH rows from one row of the window to the next
/// @param dilationW columns from one column of the window to the next
/// @param groups number of independent convolutions side by side; divides c and o
public record ConvShape(
        int n,
        int c,
        int h,
        int w,
        int o,
        int kh,
        int kw,
        int strideH,
        int strideW,
        int padH,
        int padW,
        int dilationH,
        int dilationW,
        int groups) {
    /// The usual case: one stride and one padding for both axes, no dilation, one group.
    public static ConvShape of(
            int n, int c, int h, int w, int o, int kh, int kw, int stride, int pad) {
        return new ConvShape(n, c, h, w, o, kh, kw, stride, stride, pad, pad, 1, 1, 1);
    }

    /// Rows of an output image; 0 if the padded image is smaller than the window.
    public int outH() {
        return Math.max(0, Math.floorDiv(h + 2 * padH - dilationH * (kh - 1) - 1, strideH) + 1);
    }

    /// Columns of an output image; 0 if the padded image is smaller than the window.
    public int outW() {
        return Math.max(0, Math.floorDiv(w + 2 * padW - dilationW * (kw - 1) - 1, strideW) + 1);
    }

    /// Input channels of one group.
    public int groupC() {
        return c / groups;
    }

    /// Output channels of one group.
    public int groupO() {
        return o / groups;
    }

    /// Whether every channel is convolved by itself.
    public boolean isDepthwise() {
        return groupC() == 1 && groupO() == 1;
    }
}
