package dev.lanegrad.bench;

import dev.lanegrad.kernels.ConvShape;
import java.util.Map;

/// Convolution layers by name: the stage of ResNet-18 (or another network, or what is odd about
/// it), the window, the stride and the batch.
public final class ConvLayer {
    private static final Map<String, ConvShape> LAYERS =
            Map.ofEntries(
                    // channels, image, outputs, window, stride, padding
                    Map.entry("conv1 7x7 s2", layer(3, 224, 64, 7, 2, 3)),
                    Map.entry("conv2_x 3x3 s1", layer(64, 56, 64, 3, 1, 1)),
                    Map.entry("conv3_x 3x3 s1", layer(128, 28, 128, 3, 1, 1)),
                    Map.entry("conv4_x 3x3 s1", layer(256, 14, 256, 3, 1, 1)),
                    Map.entry("conv5_x 3x3 s1", layer(512, 7, 512, 3, 1, 1)),
                    Map.entry("conv3_1 3x3 s2", layer(64, 56, 128, 3, 2, 1)),
                    Map.entry("conv4_1 3x3 s2", layer(128, 28, 256, 3, 2, 1)),
                    Map.entry("conv5_1 3x3 s2", layer(256, 14, 512, 3, 2, 1)),
                    Map.entry("conv3_1 1x1 s2", layer(64, 56, 128, 1, 2, 0)),
                    Map.entry("conv4_1 1x1 s2", layer(128, 28, 256, 1, 2, 0)),
                    Map.entry("conv5_1 1x1 s2", layer(256, 14, 512, 1, 2, 0)),
                    // of a 64x64 image
                    Map.entry("64/conv1 7x7 s2", layer(3, 64, 64, 7, 2, 3)),
                    Map.entry("64/conv2_x 3x3 s1", layer(64, 16, 64, 3, 1, 1)),
                    Map.entry("64/conv3_x 3x3 s1", layer(128, 8, 128, 3, 1, 1)),
                    Map.entry("64/conv4_x 3x3 s1", layer(256, 4, 256, 3, 1, 1)),
                    Map.entry("64/conv5_x 3x3 s1", layer(512, 2, 512, 3, 1, 1)),
                    Map.entry("channels3 3x3 s1", layer(3, 28, 64, 3, 1, 1)),
                    Map.entry("channels16 3x3 s1", layer(16, 28, 16, 3, 1, 1)),
                    Map.entry("channels24 3x3 s1", layer(24, 28, 24, 3, 1, 1)),
                    Map.entry("channels32 3x3 s1", layer(32, 28, 32, 3, 1, 1)),
                    Map.entry("channels48 3x3 s1", layer(48, 28, 48, 3, 1, 1)),
                    Map.entry("channels64 3x3 s1", layer(64, 28, 64, 3, 1, 1)),
                    Map.entry("channels96 3x3 s1", layer(96, 28, 96, 3, 1, 1)),
                    Map.entry("channels100 3x3 s1", layer(100, 28, 100, 3, 1, 1)),
                    Map.entry("channels128 3x3 s1", layer(128, 28, 128, 3, 1, 1)),
                    Map.entry("channels320 3x3 s1", layer(320, 14, 320, 3, 1, 1)),
                    Map.entry("small1 3x3 s1", layer(16, 32, 16, 3, 1, 1)),
                    Map.entry("small2 3x3 s1", layer(32, 16, 32, 3, 1, 1)),
                    Map.entry("small3 3x3 s1", layer(64, 8, 64, 3, 1, 1)),
                    // of MobileNetV2 and ResNeXt-50
                    Map.entry("depthwise56 3x3 s1", grouped(144, 56, 144, 3, 1, 1, 144)),
                    Map.entry("depthwise56 3x3 s2", grouped(144, 56, 144, 3, 2, 1, 144)),
                    Map.entry("depthwise14 3x3 s1", grouped(384, 14, 384, 3, 1, 1, 384)),
                    Map.entry("expand56 1x1 s1", layer(24, 56, 144, 1, 1, 0)),
                    Map.entry("project14 1x1 s1", layer(384, 14, 64, 1, 1, 0)),
                    Map.entry("groups32 3x3 s1", grouped(256, 28, 256, 3, 1, 1, 32)),
                    Map.entry("window5 5x5 s1", layer(64, 28, 64, 5, 1, 2)),
                    Map.entry("dilation2 3x3 s1", dilated(128, 28, 128, 3, 2)));

    private ConvLayer() {}

    private static ConvShape layer(
            int channels, int image, int outputs, int window, int stride, int pad) {
        return ConvShape.of(1, channels, image, image, outputs, window, window, stride, pad);
    }

    private static ConvShape grouped(
            int c, int image, int o, int window, int stride, int pad, int groups) {
        return new ConvShape(
                1, c, image, image, o, window, window, stride, stride, pad, pad, 1, 1, groups);
    }

    /// Of stride 1, the output as large as the image.
    private static ConvShape dilated(int c, int image, int o, int window, int dilation) {
        int pad = dilation * (window - 1) / 2;
        return new ConvShape(
                1, c, image, image, o, window, window, 1, 1, pad, pad, dilation, dilation, 1);
    }

    /// The shape of `conv2_x 3x3 s1 b16` and the like.
    public static ConvShape shape(String name) {
        int cut = name.lastIndexOf(" b");
        ConvShape l = LAYERS.get(name.substring(0, cut));
        if (l == null) {
            throw new IllegalArgumentException("no layer is called " + name.substring(0, cut));
        }
        return new ConvShape(
                Integer.parseInt(name.substring(cut + 2)),
                l.c(),
                l.h(),
                l.w(),
                l.o(),
                l.kh(),
                l.kw(),
                l.strideH(),
                l.strideW(),
                l.padH(),
                l.padW(),
                l.dilationH(),
                l.dilationW(),
                l.groups());
    }

    /// Floating point operations of the layer, two a product.
    public static double flop(ConvShape s) {
        return 2.0 * s.n() * s.outH() * s.outW() * s.o() * s.groupC() * s.kh() * s.kw();
    }
}
