package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// Maxima and means over windows of images `[N, C, H, W]` and sequences `[N, C, L]`.
///
/// The batch axis may be missing. Inputs of any strides are taken; results lie with the channels
/// innermost in memory ([Copies#channelsLast()]).
public sealed interface Pooling permits Tensor {
    // ------------------------------------------------------------ maxima

    /// As [#maxPool2d(int, int, int, int, boolean)] with windows side by side.
    default Tensor maxPool2d(int kernel) {
        return maxPool2d(kernel, kernel, 0, 1, false);
    }

    /// As [#maxPool2d(int, int, int, int, boolean)] without dilation, rounding down.
    default Tensor maxPool2d(int kernel, int stride, int padding) {
        return maxPool2d(kernel, stride, padding, 1, false);
    }

    /// The maximum of each window of images `[N, C, H, W]` or of one image `[C, H, W]`, as
    /// `F.max_pool2d`. A NaN in a window is its maximum; of equal maxima the first gets the
    /// gradient.
    ///
    /// @param kernel rows and columns of a window
    /// @param stride pixels from one window to the next
    /// @param padding pixels around the image that lose against any other
    /// @param dilation pixels between neighbours in the window
    /// @param ceilMode whether the number of windows is rounded up, the last one being cut off
    /// @throws IllegalArgumentException if the shape does not fit
    default Tensor maxPool2d(int kernel, int stride, int padding, int dilation, boolean ceilMode) {
        return maxPool2d(
                new int[] {kernel},
                new int[] {stride},
                new int[] {padding},
                new int[] {dilation},
                ceilMode);
    }

    /// As [#maxPool2d(int, int, int, int, boolean)] with a number for each of the two axes, or one
    /// for both; a null stride is the kernel.
    default Tensor maxPool2d(
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            int[] dilation,
            boolean ceilMode) {
        Tensor x = (Tensor) this;
        return MaxPools.values(
                x, PoolWindows.of("maxPool2d", x, 2, kernel, stride, padding, dilation, ceilMode));
    }

    /// As [#maxPool2d(int[], int[], int[], int[], boolean)], with the positions of the maxima:
    /// int64, counted row by row in the image of the channel.
    default ValuesAndIndices maxPool2dWithIndices(
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            int[] dilation,
            boolean ceilMode) {
        Tensor x = (Tensor) this;
        return MaxPools.maxima(
                x, PoolWindows.of("maxPool2d", x, 2, kernel, stride, padding, dilation, ceilMode));
    }

    /// The maximum of each window of sequences `[N, C, L]` or of one sequence `[C, L]`, as
    /// `F.max_pool1d`; the arguments are those of [#maxPool2d(int, int, int, int, boolean)].
    default Tensor maxPool1d(int kernel, int stride, int padding, int dilation, boolean ceilMode) {
        return PoolWindows.asRow("maxPool1d", (Tensor) this)
                .maxPool2d(
                        new int[] {1, kernel},
                        new int[] {1, stride},
                        new int[] {0, padding},
                        new int[] {1, dilation},
                        ceilMode)
                .squeeze(-2);
    }

    /// The maxima of a grid of `rows`·`columns` windows that cover the image, as
    /// `F.adaptive_max_pool2d`.
    default Tensor adaptiveMaxPool2d(int rows, int columns) {
        Tensor x = (Tensor) this;
        return MaxPools.values(x, PoolWindows.adaptive("adaptiveMaxPool2d", x, rows, columns));
    }

    /// As [#adaptiveMaxPool2d(int, int)] with as many rows as columns.
    default Tensor adaptiveMaxPool2d(int size) {
        return adaptiveMaxPool2d(size, size);
    }

    /// As [#adaptiveMaxPool2d(int, int)], with the positions of the maxima, counted row by row.
    default ValuesAndIndices adaptiveMaxPool2dWithIndices(int rows, int columns) {
        Tensor x = (Tensor) this;
        return MaxPools.maxima(x, PoolWindows.adaptive("adaptiveMaxPool2d", x, rows, columns));
    }

    /// The maxima of `size` windows that cover a sequence, as `F.adaptive_max_pool1d`.
    default Tensor adaptiveMaxPool1d(int size) {
        return PoolWindows.asRow("adaptiveMaxPool1d", (Tensor) this)
                .adaptiveMaxPool2d(1, size)
                .squeeze(-2);
    }

    // ------------------------------------------------------------ means

    /// As [#avgPool2d(int, int, int, boolean, boolean, int)] with windows side by side.
    default Tensor avgPool2d(int kernel) {
        return avgPool2d(kernel, kernel, 0);
    }

    /// As [#avgPool2d(int, int, int, boolean, boolean, int)], rounding down and dividing by the
    /// size of the window, padding included.
    default Tensor avgPool2d(int kernel, int stride, int padding) {
        return avgPool2d(kernel, stride, padding, false, true, 0);
    }

    /// The mean of each window of images `[N, C, H, W]` or of one image `[C, H, W]`, as
    /// `F.avg_pool2d`.
    ///
    /// @param kernel rows and columns of a window
    /// @param stride pixels from one window to the next
    /// @param padding pixels of zeros around the image
    /// @param ceilMode whether the number of windows is rounded up, the last one being cut off
    /// @param countIncludePad whether the zeros count in the divisor
    /// @param divisorOverride divides every sum instead of the window's size, unless it is 0
    /// @throws IllegalArgumentException if the shape does not fit
    default Tensor avgPool2d(
            int kernel,
            int stride,
            int padding,
            boolean ceilMode,
            boolean countIncludePad,
            int divisorOverride) {
        return avgPool2d(
                new int[] {kernel},
                new int[] {stride},
                new int[] {padding},
                ceilMode,
                countIncludePad,
                divisorOverride);
    }

    /// As [#avgPool2d(int, int, int, boolean, boolean, int)] with a number for each of the two
    /// axes, or one for both; a null stride is the kernel.
    default Tensor avgPool2d(
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            boolean ceilMode,
            boolean countIncludePad,
            int divisorOverride) {
        Tensor x = (Tensor) this;
        return new Averages(
                        "AvgPool2DBackward",
                        PoolWindows.of(
                                "avgPool2d",
                                x,
                                2,
                                kernel,
                                stride,
                                padding,
                                new int[] {1},
                                ceilMode),
                        countIncludePad,
                        divisorOverride)
                .mean(x);
    }

    /// The mean of each window of sequences `[N, C, L]` or of one sequence `[C, L]`, as
    /// `F.avg_pool1d`; the arguments are those of [#avgPool2d(int, int, int, boolean, boolean,
    /// int)].
    default Tensor avgPool1d(
            int kernel, int stride, int padding, boolean ceilMode, boolean countIncludePad) {
        return PoolWindows.asRow("avgPool1d", (Tensor) this)
                .avgPool2d(
                        new int[] {1, kernel},
                        new int[] {1, stride},
                        new int[] {0, padding},
                        ceilMode,
                        countIncludePad,
                        0)
                .squeeze(-2);
    }

    /// The means of a grid of `rows`·`columns` windows that cover the image, as
    /// `F.adaptive_avg_pool2d`.
    default Tensor adaptiveAvgPool2d(int rows, int columns) {
        Tensor x = (Tensor) this;
        PoolWindows windows = PoolWindows.adaptive("adaptiveAvgPool2d", x, rows, columns);
        if (rows == 1 && columns == 1) {
            return x.mean(new int[] {-1, -2}, true);
        }
        return new Averages("AdaptiveAvgPool2DBackward", windows, false, 0).mean(x);
    }

    /// As [#adaptiveAvgPool2d(int, int)] with as many rows as columns.
    default Tensor adaptiveAvgPool2d(int size) {
        return adaptiveAvgPool2d(size, size);
    }

    /// The means of `size` windows that cover a sequence, as `F.adaptive_avg_pool1d`.
    default Tensor adaptiveAvgPool1d(int size) {
        return PoolWindows.asRow("adaptiveAvgPool1d", (Tensor) this)
                .adaptiveAvgPool2d(1, size)
                .squeeze(-2);
    }

    /// The p-norm of each window of sequences, as `F.lp_pool1d`: `(Σ xᵖ)^(1/p)`.
    default Tensor lpPool1d(double p, int kernel, int stride, boolean ceilMode) {
        Tensor means = ((Tensor) this).pow(p).avgPool1d(kernel, stride, 0, ceilMode, true);
        return means.sign().mul(means.abs().relu()).mul((double) kernel).pow(1 / p);
    }

    /// The p-norm of each window of images, as `F.lp_pool2d`: `(Σ xᵖ)^(1/p)`.
    default Tensor lpPool2d(double p, int kernel, int stride, boolean ceilMode) {
        Tensor means = ((Tensor) this).pow(p).avgPool2d(kernel, stride, 0, ceilMode, true, 0);
        Tensor sums = means.sign().mul(means.abs().relu()).mul(kernel * (double) kernel);
        return sums.pow(1 / p);
    }
}
