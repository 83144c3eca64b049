package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.ConvAlgorithm;
import dev.lanegrad.kernels.ConvShape;
import dev.lanegrad.kernels.Place;
import dev.lanegrad.kernels.WeightStrides;
import dev.lanegrad.kernels.Window;
import org.jspecify.annotations.Nullable;

/// Two-dimensional convolution with a weight that was brought into the algorithm's own form once,
/// for many images: inference.
public final class PackedConv2d {
    private PackedConv2d() {}

    /// The weight in the form that [#forward] reads, for any number of images; w and its strides
    /// are those of [Conv2d#forward]. Winograd's algorithm takes 36 elements for each 9.
    public static float[] pack(
            float[] w, int wo, WeightStrides ws, ConvShape s, ConvAlgorithm algorithm) {
        if (algorithm == ConvAlgorithm.WINOGRAD) {
            float[] packed = new float[Blocking.keptLength(WinogradWeights.length(s.c(), s.o()))];
            WinogradWeights.in(packed, s.c(), s.o())
                    .fill(new WinogradWindow(w, wo, ws.kh(), ws.kw(), ws.c(), ws.o()));
            return packed;
        }
        if (s.isDepthwise() || Grouped.serves(s)) {
            float[] packed = new float[DenseWeights.length(s)];
            DenseWeights.fill(packed, w, wo, ws, s);
            return packed;
        }
        Window window = Window.forward(s);
        int length = ConvWeights.length(window, s.groupC(), s.groupO());
        float[] packed = new float[Blocking.keptLength(s.groups() * length)];
        for (int g = 0; g < s.groups(); g++) {
            int from = wo + g * s.groupO() * ws.o();
            ConvWeights.at(window, s.groupC(), s.groupO(), packed, Blocking.LINE + g * length)
                    .fill(w, from, ws.kh(), ws.kw(), ws.c(), ws.o());
        }
        return packed;
    }

    /// Which form [#pack] gives to `w` for images of this size: sizes of the same number share it.
    public static int form(float[] w, ConvShape s, ConvAlgorithm algorithm) {
        boolean dense = algorithm == ConvAlgorithm.DIRECT && !s.isDepthwise() && !Grouped.serves(s);
        return dense ? WindowOrder.of(Window.forward(s), s.groupC(), s.groupO()).index : 0;
    }

    /// As [Conv2d#forward], bit for bit; then, if there is a scale, `clamp(scale[o]·y + shift[o] +
    /// residual)`.
    ///
    /// @param packed of [#pack] for the same algorithm and for a shape that differs in the number
    ///   and the size of its images at the most, the latter within one [#form]
    /// @param scale a factor for each channel, or null
    /// @param shift a summand for each channel; null without a scale
    /// @param residual of y's size and layout, from `ro`, or null
    /// @param low the least value of the result; NaN stays NaN
    /// @param high the largest value of the result
    public static void forward(
            float[] x,
            int xo,
            float[] packed,
            float @Nullable [] bias,
            int bo,
            float @Nullable [] scale,
            float @Nullable [] shift,
            float @Nullable [] residual,
            int ro,
            float low,
            float high,
            float[] y,
            int yo,
            ConvShape s,
            ConvAlgorithm algorithm) {
        Epilogue epilogue =
                scale == null || shift == null
                        ? null
                        : new Epilogue(scale, shift, 0, residual, ro - yo, low, high);
        if (algorithm == ConvAlgorithm.WINOGRAD) {
            Winograd.forward(x, xo, packed, bias, bo, y, yo, s, epilogue);
            return;
        }
        if (s.isDepthwise()) {
            Depthwise.forward(x, xo, packed, bias, bo, y, yo, s, epilogue);
            return;
        }
        if (Grouped.serves(s)) {
            Grouped.forward(x, xo, packed, bias, bo, y, yo, s, epilogue);
            return;
        }
        Window window = Window.forward(s);
        int channels = s.groupC();
        int outputs = s.groupO();
        int length = ConvWeights.length(window, channels, outputs);
        for (int g = 0; g < s.groups() && window.pixels() > 0; g++) {
            int from = Blocking.LINE + g * length;
            ConvWeights weights = ConvWeights.at(window, channels, outputs, packed, from);
            int o = g * outputs;
            new ConvBlocks(window, x, xo + g * channels, s.c(), channels, weights, outputs)
                    .run(
                            bias,
                            bo + o,
                            y,
                            new Place(yo + o, s.outH(), s.outW(), s.o(), 0, 0, 1, 1),
                            epilogue == null ? null : epilogue.from(o));
        }
    }
}
