package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// Convolutions of images `[N, C, H, W]`, sequences `[N, C, L]` and volumes `[N, C, D, H, W]`, and
/// their transposes.
///
/// The batch axis may be missing. Inputs of any strides are taken; results lie with the channels
/// innermost in memory ([Copies#channelsLast()]), which is what the next convolution, normalization
/// or pooling reads without a copy. The gradient of a weight lies in memory as the weight does.
public sealed interface Convolution permits Tensor {
    // ------------------------------------------------------------ conv2d

    /// As [#conv2d(Tensor, Tensor, int, int, int, int)] with stride 1, no padding, no dilation and
    /// one group.
    default Tensor conv2d(Tensor weight, @Nullable Tensor bias) {
        return conv2d(weight, bias, 1, 0, 1, 1);
    }

    /// As [#conv2d(Tensor, Tensor, int, int, int, int)] without dilation and with one group.
    default Tensor conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
        return conv2d(weight, bias, stride, padding, 1, 1);
    }

    /// The convolution of images `[N, C, H, W]` or one image `[C, H, W]`, as `F.conv2d`.
    ///
    /// @param weight `[O, C / groups, KH, KW]`
    /// @param bias `[O]`, or null
    /// @param stride pixels from one window to the next
    /// @param padding pixels of zeros around the image
    /// @param dilation pixels between neighbours in the window
    /// @param groups number of convolutions side by side, each on its share of the channels
    /// @throws IllegalArgumentException if the shapes or types do not fit
    default Tensor conv2d(
            Tensor weight,
            @Nullable Tensor bias,
            int stride,
            int padding,
            int dilation,
            int groups) {
        return conv2d(
                weight,
                bias,
                new int[] {stride},
                new int[] {padding},
                new int[] {dilation},
                groups);
    }

    /// As [#conv2d(Tensor, Tensor, int, int, int, int)] with a number for each of the two axes, or
    /// one for both.
    default Tensor conv2d(
            Tensor weight,
            @Nullable Tensor bias,
            int[] stride,
            int[] padding,
            int[] dilation,
            int groups) {
        return Convolutions.apply(
                "conv2d", (Tensor) this, weight, bias, 2, stride, padding, dilation, groups);
    }

    // ------------------------------------------------------------ conv1d

    /// The convolution of sequences `[N, C, L]` or one sequence `[C, L]` with a weight `[O, C /
    /// groups, K]`, as `F.conv1d`; the arguments are those of [#conv2d(Tensor, Tensor, int, int,
    /// int, int)].
    default Tensor conv1d(
            Tensor weight,
            @Nullable Tensor bias,
            int stride,
            int padding,
            int dilation,
            int groups) {
        return Convolutions.apply(
                "conv1d",
                (Tensor) this,
                weight,
                bias,
                1,
                new int[] {stride},
                new int[] {padding},
                new int[] {dilation},
                groups);
    }

    /// As [#conv1d(Tensor, Tensor, int, int, int, int)] with stride 1, no padding, no dilation and
    /// one group.
    default Tensor conv1d(Tensor weight, @Nullable Tensor bias) {
        return conv1d(weight, bias, 1, 0, 1, 1);
    }

    // ------------------------------------------------------------ transposes

    /// The transpose of [#conv2d(Tensor, Tensor, int, int, int, int)], as `F.conv_transpose2d`: the
    /// gradient of a convolution's input, as an operation.
    ///
    /// The result has `(size − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1`
    /// rows and columns.
    ///
    /// @param weight `[C, O / groups, KH, KW]`, C being this tensor's channels
    /// @param bias `[O]`, or null
    /// @param outputPadding rows and columns added at the end; less than the stride
    /// @throws IllegalArgumentException if the shapes or types do not fit
    default Tensor convTranspose2d(
            Tensor weight,
            @Nullable Tensor bias,
            int stride,
            int padding,
            int outputPadding,
            int groups,
            int dilation) {
        return convTranspose2d(
                weight,
                bias,
                new int[] {stride},
                new int[] {padding},
                new int[] {outputPadding},
                groups,
                new int[] {dilation});
    }

    /// As [#convTranspose2d(Tensor, Tensor, int, int, int, int, int)] with a number for each of the
    /// two axes, or one for both.
    default Tensor convTranspose2d(
            Tensor weight,
            @Nullable Tensor bias,
            int[] stride,
            int[] padding,
            int[] outputPadding,
            int groups,
            int[] dilation) {
        return Convolutions.applyTransposed(
                "convTranspose2d",
                (Tensor) this,
                weight,
                bias,
                2,
                stride,
                padding,
                outputPadding,
                dilation,
                groups);
    }

    /// The transpose of [#conv1d(Tensor, Tensor, int, int, int, int)], as `F.conv_transpose1d`,
    /// with a weight `[C, O / groups, K]`.
    default Tensor convTranspose1d(
            Tensor weight,
            @Nullable Tensor bias,
            int stride,
            int padding,
            int outputPadding,
            int groups,
            int dilation) {
        return Convolutions.applyTransposed(
                "convTranspose1d",
                (Tensor) this,
                weight,
                bias,
                1,
                new int[] {stride},
                new int[] {padding},
                new int[] {outputPadding},
                new int[] {dilation},
                groups);
    }

    // ------------------------------------------------------------ volumes

    /// The convolution of volumes `[N, C, D, H, W]` or one volume `[C, D, H, W]`, as `F.conv3d`,
    /// with a number for each of the three axes, or one for all.
    ///
    /// @param weight `[O, C / groups, KD, KH, KW]`
    /// @param bias `[O]`, or null
    /// @param stride elements from one window to the next
    /// @param padding elements of zeros around the volume
    /// @param dilation elements between neighbours in the window
    /// @param groups number of convolutions side by side, each on its share of the channels
    /// @throws IllegalArgumentException if the shapes or types do not fit
    default Tensor conv3d(
            Tensor weight,
            @Nullable Tensor bias,
            int[] stride,
            int[] padding,
            int[] dilation,
            int groups) {
        return Convolutions.apply(
                "conv3d", (Tensor) this, weight, bias, 3, stride, padding, dilation, groups);
    }

    /// As [#conv3d(Tensor, Tensor, int[], int[], int[], int)] without dilation and with one group.
    default Tensor conv3d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
        return conv3d(weight, bias, new int[] {stride}, new int[] {padding}, new int[] {1}, 1);
    }

    /// As [#conv3d(Tensor, Tensor, int, int)] with stride 1 and no padding.
    default Tensor conv3d(Tensor weight, @Nullable Tensor bias) {
        return conv3d(weight, bias, 1, 0);
    }

    /// The transpose of [#conv3d(Tensor, Tensor, int[], int[], int[], int)], as
    /// `F.conv_transpose3d`.
    ///
    /// @param weight `[C, O / groups, KD, KH, KW]`, C being this tensor's channels
    /// @param bias `[O]`, or null
    /// @param outputPadding elements added at the end; less than the stride
    /// @throws IllegalArgumentException if the shapes or types do not fit
    default Tensor convTranspose3d(
            Tensor weight,
            @Nullable Tensor bias,
            int[] stride,
            int[] padding,
            int[] outputPadding,
            int groups,
            int[] dilation) {
        return Convolutions.applyTransposed(
                "convTranspose3d",
                (Tensor) this,
                weight,
                bias,
                3,
                stride,
                padding,
                outputPadding,
                dilation,
                groups);
    }
}
