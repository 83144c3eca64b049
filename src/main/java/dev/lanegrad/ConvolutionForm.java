package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// A convolution of certain sizes: the three derivatives of a form `Σ gy·y(x, w)` that is linear in
/// gy, x and w. Nothing here is recorded.
sealed interface ConvolutionForm permits PlaneConvolution, VolumeConvolution {
    /// y, plus `bias` for each output channel.
    Tensor forward(Tensor x, Tensor w, @Nullable Tensor bias);

    /// The gradient of x.
    Tensor gradInput(Tensor gy, Tensor w);

    /// The gradient of w, with these strides.
    Tensor gradWeight(Tensor x, Tensor gy, int[] strides);

    /// Channels of x.
    int channels();
}
