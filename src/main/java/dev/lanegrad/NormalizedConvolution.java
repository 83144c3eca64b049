package dev.lanegrad;

import static dev.lanegrad.OptionalOperand.array;
import static dev.lanegrad.OptionalOperand.offset;

import dev.lanegrad.kernels.any.BatchNorm;
import org.jspecify.annotations.Nullable;

/// A convolution and what mostly follows it in a trained network, in one pass over memory:
/// `clamp(batchNorm(conv2d(x)) + residual, low, high)` with fixed statistics. Never recorded;
/// `dev.lanegrad.nn.Fusion` runs it where nothing is.
///
/// @param weight of the convolution
/// @param bias of the convolution, or null
/// @param mean of each channel; null for 0
/// @param variance of each channel; null for one that with eps is 1
/// @param gamma the factor of each normalized channel; null for 1
/// @param beta the summand of each normalized channel; null for 0
/// @param eps added to the variance
/// @param low the least value of the result
/// @param high the largest value of the result
/// @param stride of the convolution
/// @param padding of the convolution
/// @param dilation of the convolution
/// @param groups of the convolution
public record NormalizedConvolution(
        Tensor weight,
        @Nullable Tensor bias,
        @Nullable Tensor mean,
        @Nullable Tensor variance,
        @Nullable Tensor gamma,
        @Nullable Tensor beta,
        double eps,
        double low,
        double high,
        int[] stride,
        int[] padding,
        int[] dilation,
        int groups) {
    /// Whether this is what the operations one by one would give: nothing is to be recorded, and
    /// all is of one type that the kernels compute in.
    public boolean serves(Tensor x) {
        DType dtype = x.dtype();
        boolean wide = dtype == DType.FLOAT32 || dtype == DType.FLOAT64;
        if (!wide || x.dim() != 4) {
            return false;
        }
        for (Tensor t : new Tensor[] {weight, bias, mean, variance, gamma, beta}) {
            if (t != null && t.dtype() != dtype) {
                return false;
            }
        }
        return !Tape.records(x, weight, bias, gamma, beta);
    }

    /// The result.
    ///
    /// @param x images `[N, C, H, W]`
    /// @param residual added before the limits are applied, or null
    /// @throws IllegalArgumentException if the shapes do not fit
    public Tensor apply(Tensor x, @Nullable Tensor residual) {
        PlaneConvolution plane =
                (PlaneConvolution)
                        new ConvolutionSizes(
                                        "conv2d", x, weight, bias, 2, stride, padding, dilation,
                                        groups)
                                .forward();
        Tensor scale = Creation.empty(Shape.of(weight.size(0)), x.dtype());
        Tensor shift = Creation.emptyLike(scale);
        fold(scale, shift);
        if (residual == null || fits(residual, plane.outputs(4), x.dtype())) {
            return plane.forward(x, weight, bias, scale, shift, residual, low, high);
        }
        double no = Double.POSITIVE_INFINITY;
        return plane.forward(x, weight, bias, scale, shift, null, -no, no)
                .add(residual)
                .clamp(low, high);
    }

    private static boolean fits(Tensor residual, Shape shape, DType dtype) {
        return residual.dtype() == dtype
                && residual.shape().equals(shape)
                && !Tape.records(residual);
    }

    private void fold(Tensor scale, Tensor shift) {
        Tensor m = dense(mean);
        Tensor v = dense(variance);
        Tensor w = dense(gamma);
        Tensor b = dense(beta);
        BatchNorm.fold(
                array(m),
                offset(m),
                array(v),
                offset(v),
                weight.size(0),
                eps,
                array(w),
                offset(w),
                array(b),
                offset(b),
                scale.array(),
                shift.array());
    }

    private @Nullable Tensor dense(@Nullable Tensor t) {
        if (t == null) {
            return null;
        }
        if (t.dim() != 1 || t.size(0) != weight.size(0)) {
            throw new IllegalArgumentException(
                    "batchNorm: the input has %d channels but a statistic or parameter has the shape %s"
                            .formatted(weight.size(0), t.shape()));
        }
        return Elementwise.converted(t, t.dtype());
    }
}
