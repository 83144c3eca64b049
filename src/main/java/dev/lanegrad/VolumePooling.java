package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// Maxima and means over windows of volumes `[N, C, D, H, W]`.
///
/// The batch axis may be missing. Inputs of any strides are taken; results lie with the channels
/// innermost in memory. Arrays have a number for each of the three axes, or one for all.
public sealed interface VolumePooling permits Tensor {
    /// The maximum of each window of volumes, as `F.max_pool3d`. A NaN in a window is its maximum;
    /// of equal maxima the first gets the gradient.
    ///
    /// @param kernel elements of a window
    /// @param stride elements from one window to the next; null for the kernel
    /// @param padding elements around the volume that lose against any other
    /// @param dilation elements between neighbours in the window
    /// @param ceilMode whether the number of windows is rounded up, the last one being cut off
    /// @throws IllegalArgumentException if the shape does not fit
    default Tensor maxPool3d(
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            int[] dilation,
            boolean ceilMode) {
        Tensor x = (Tensor) this;
        return MaxPools.values(
                x, PoolWindows.of("maxPool3d", x, 3, kernel, stride, padding, dilation, ceilMode));
    }

    /// As [#maxPool3d(int[], int[], int[], int[], boolean)] with cubes side by side.
    default Tensor maxPool3d(int kernel) {
        return maxPool3d(new int[] {kernel}, null, new int[1], new int[] {1}, false);
    }

    /// As [#maxPool3d(int[], int[], int[], int[], boolean)], with the positions of the maxima:
    /// int64, counted in row-major order in the volume of the channel.
    default ValuesAndIndices maxPool3dWithIndices(
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            int[] dilation,
            boolean ceilMode) {
        Tensor x = (Tensor) this;
        return MaxPools.maxima(
                x, PoolWindows.of("maxPool3d", x, 3, kernel, stride, padding, dilation, ceilMode));
    }

    /// The maxima of a grid of windows that cover the volume, as `F.adaptive_max_pool3d`.
    default Tensor adaptiveMaxPool3d(int depth, int rows, int columns) {
        Tensor x = (Tensor) this;
        return MaxPools.values(
                x, PoolWindows.adaptive("adaptiveMaxPool3d", x, depth, rows, columns));
    }

    /// As [#adaptiveMaxPool3d(int, int, int)], with the positions of the maxima.
    default ValuesAndIndices adaptiveMaxPool3dWithIndices(int depth, int rows, int columns) {
        Tensor x = (Tensor) this;
        return MaxPools.maxima(
                x, PoolWindows.adaptive("adaptiveMaxPool3d", x, depth, rows, columns));
    }

    /// The mean of each window of volumes, as `F.avg_pool3d`.
    ///
    /// @param kernel elements of a window
    /// @param stride elements from one window to the next; null for the kernel
    /// @param padding elements of zeros around the volume
    /// @param ceilMode whether the number of windows is rounded up, the last one being cut off
    /// @param countIncludePad whether the zeros count in the divisor
    /// @param divisorOverride divides every sum instead of the window's size, unless it is 0
    /// @throws IllegalArgumentException if the shape does not fit
    default Tensor avgPool3d(
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            boolean ceilMode,
            boolean countIncludePad,
            int divisorOverride) {
        Tensor x = (Tensor) this;
        PoolWindows windows =
                PoolWindows.of("avgPool3d", x, 3, kernel, stride, padding, new int[] {1}, ceilMode);
        return new Averages("AvgPool3DBackward", windows, countIncludePad, divisorOverride).mean(x);
    }

    /// As [#avgPool3d(int[], int[], int[], boolean, boolean, int)] with cubes side by side.
    default Tensor avgPool3d(int kernel) {
        return avgPool3d(new int[] {kernel}, null, new int[1], false, true, 0);
    }

    /// The means of a grid of windows that cover the volume, as `F.adaptive_avg_pool3d`.
    default Tensor adaptiveAvgPool3d(int depth, int rows, int columns) {
        Tensor x = (Tensor) this;
        PoolWindows windows = PoolWindows.adaptive("adaptiveAvgPool3d", x, depth, rows, columns);
        if (depth == 1 && rows == 1 && columns == 1) {
            return x.mean(new int[] {-1, -2, -3}, true);
        }
        return new Averages("AdaptiveAvgPool3DBackward", windows, false, 0).mean(x);
    }
}
