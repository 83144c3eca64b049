package dev.lanegrad.bench;

import dev.lanegrad.kernels.ConvShape;
import java.util.Map;

/// Convolution layers by name: the stage of ResNet-18 (or ResNet-20 on 32×32 images), the window,
/// the stride and the batch.
public final class ConvLayer {
    private static final Map<String, int[]> LAYERS =
            Map.ofEntries(
                    // channels, image, outputs, window, stride, padding
                    Map.entry("conv1 7x7 s2", new int[] {3, 224, 64, 7, 2, 3}),
                    Map.entry("conv2_x 3x3 s1", new int[] {64, 56, 64, 3, 1, 1}),
                    Map.entry("conv3_x 3x3 s1", new int[] {128, 28, 128, 3, 1, 1}),
                    Map.entry("conv4_x 3x3 s1", new int[] {256, 14, 256, 3, 1, 1}),
                    Map.entry("conv5_x 3x3 s1", new int[] {512, 7, 512, 3, 1, 1}),
                    Map.entry("conv3_1 3x3 s2", new int[] {64, 56, 128, 3, 2, 1}),
                    Map.entry("conv4_1 3x3 s2", new int[] {128, 28, 256, 3, 2, 1}),
                    Map.entry("conv5_1 3x3 s2", new int[] {256, 14, 512, 3, 2, 1}),
                    Map.entry("conv3_1 1x1 s2", new int[] {64, 56, 128, 1, 2, 0}),
                    Map.entry("conv4_1 1x1 s2", new int[] {128, 28, 256, 1, 2, 0}),
                    Map.entry("conv5_1 1x1 s2", new int[] {256, 14, 512, 1, 2, 0}),
                    Map.entry("channels24 3x3 s1", new int[] {24, 28, 24, 3, 1, 1}),
                    Map.entry("channels48 3x3 s1", new int[] {48, 28, 48, 3, 1, 1}),
                    Map.entry("channels96 3x3 s1", new int[] {96, 28, 96, 3, 1, 1}),
                    Map.entry("channels100 3x3 s1", new int[] {100, 28, 100, 3, 1, 1}),
                    Map.entry("channels320 3x3 s1", new int[] {320, 14, 320, 3, 1, 1}),
                    Map.entry("small1 3x3 s1", new int[] {16, 32, 16, 3, 1, 1}),
                    Map.entry("small2 3x3 s1", new int[] {32, 16, 32, 3, 1, 1}),
                    Map.entry("small3 3x3 s1", new int[] {64, 8, 64, 3, 1, 1}));

    private ConvLayer() {}

    /// The shape of `conv2_x 3x3 s1 b16` and the like.
    public static ConvShape shape(String name) {
        int cut = name.lastIndexOf(" b");
        int[] l = LAYERS.get(name.substring(0, cut));
        if (l == null) {
            throw new IllegalArgumentException("no layer is called " + name.substring(0, cut));
        }
        int batch = Integer.parseInt(name.substring(cut + 2));
        return ConvShape.of(batch, l[0], l[1], l[1], l[2], l[3], l[3], l[4], l[5]);
    }

    /// Floating point operations of the layer, two a product.
    public static double flop(ConvShape s) {
        return 2.0 * s.n() * s.outH() * s.outW() * s.o() * s.groupC() * s.kh() * s.kw();
    }
}
