package dev.lanegrad;

import dev.lanegrad.kernels.ConvAlgorithm;
import dev.lanegrad.kernels.ConvShape;

/// How convolutions may be computed.
public enum ConvolutionMode {
    /// By their definition: the error of a sum of k products is at most k·u·Σ|x·w|, where u is half
    /// an ulp of 1.
    EXACT,

    /// By the faster algorithm for the shape. Where that is Winograd's F(4×4, 3×3) (windows of
    /// three by three pixels, stride 1, many channels) the error is about five times that of
    /// [#EXACT], typically 2e-6 of the largest output in float32. The shape alone decides, so that
    /// results are the same in every run.
    FAST;

    ConvAlgorithm algorithm(ConvShape s) {
        return this == FAST ? ConvAlgorithm.fastest(s) : ConvAlgorithm.DIRECT;
    }
}
