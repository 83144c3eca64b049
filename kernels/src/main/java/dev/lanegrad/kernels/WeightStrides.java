package dev.lanegrad.kernels;

/// The strides, in elements, of a convolution's weight `[O, C / groups, KH, KW]`.
///
/// @param o stride of the output channels
/// @param c stride of the input channels
/// @param kh stride of the window's rows
/// @param kw stride of the window's columns
public record WeightStrides(int o, int c, int kh, int kw) {
    /// A dense weight in memory order `[KH, KW, C / groups, O]`: the kernels read and write it as
    /// it is.
    public static WeightStrides channelsLast(ConvShape s) {
        int c = s.o();
        int kw = s.groupC() * c;
        return new WeightStrides(1, c, s.kw() * kw, kw);
    }

    /// A dense weight in memory order `[O, C / groups, KH, KW]`.
    public static WeightStrides rowMajor(ConvShape s) {
        int c = s.kh() * s.kw();
        return new WeightStrides(s.groupC() * c, c, s.kw(), 1);
    }
}
