package dev.lanegrad.nn.models;

import dev.lanegrad.Tensor;
import dev.lanegrad.nn.BatchNorm2d;
import dev.lanegrad.nn.Conv2d;
import dev.lanegrad.nn.Dropout;
import dev.lanegrad.nn.Fusion;
import dev.lanegrad.nn.Init;
import dev.lanegrad.nn.Linear;
import dev.lanegrad.nn.Module;
import dev.lanegrad.nn.ReLU6;
import dev.lanegrad.nn.Sequential;
import java.util.ArrayList;
import java.util.List;

/// A small, fast network for images `[N, C, H, W]` of convolutions of single channels between
/// others of single pixels (Sandler et al. 2018), with the names, the starting values for a seed,
/// and the text of torchvision's `mobilenet_v2`.
///
/// An input of any layout is taken; the network puts it into channels-last once.
public final class MobileNetV2 extends Module {
    /// Widening, output channels, blocks and first stride of each stage.
    private static final int[][] STAGES = {
        {1, 16, 1, 1},
        {6, 24, 2, 2},
        {6, 32, 3, 2},
        {6, 64, 4, 2},
        {6, 96, 3, 1},
        {6, 160, 3, 2},
        {6, 320, 1, 1}
    };

    private static final int STEM = 32;
    private static final int LAST = 1280;
    private static final double DROPOUT = 0.2;

    private final Child features;
    private final Child classifier;

    /// For 1000 classes of colour images.
    public MobileNetV2() {
        this(1000, 1);
    }

    /// For colour images.
    ///
    /// @param width how many times as many channels as the original has, each a multiple of 8
    public MobileNetV2(int numClasses, double width) {
        int in = channels(STEM * width);
        int last = channels(LAST * Math.max(1, width));
        List<Module> layers = new ArrayList<>();
        layers.add(new ConvNormActivation(3, in, 3, 2, 1));
        for (int[] stage : STAGES) {
            int out = channels(stage[1] * width);
            for (int i = 0; i < stage[2]; i++) {
                layers.add(new InvertedResidual(in, out, i == 0 ? stage[3] : 1, stage[0]));
                in = out;
            }
        }
        layers.add(new ConvNormActivation(in, last, 1, 1, 1));
        features = module("features", new Sequential(layers.toArray(Module[]::new)));
        classifier =
                module(
                        "classifier",
                        new Sequential(new Dropout(DROPOUT), new Linear(last, numClasses)));
        initialize();
    }

    /// The multiple of 8 next to it, less by at most a tenth.
    private static int channels(double wanted) {
        int rounded = Math.max(8, (int) (wanted + 4) / 8 * 8);
        return rounded < 0.9 * wanted ? rounded + 8 : rounded;
    }

    private void initialize() {
        for (Module m : modules()) {
            if (m instanceof Conv2d conv) {
                Init.kaimingNormal_(conv.weight(), 0, "fan_out", "leaky_relu");
            } else if (m instanceof Linear linear && linear.bias() != null) {
                Init.normal_(linear.weight(), 0, 0.01);
                Init.zeros_(linear.bias());
            }
        }
    }

    /// Scores `[N, classes]` of images `[N, 3, H, W]`.
    @Override
    public Tensor forward(Tensor x) {
        Tensor y = features.forward(x.channelsLast());
        return classifier.forward(y.adaptiveAvgPool2d(1, 1).flatten(1, -1));
    }

    /// A convolution, a normalization and what cuts it off above 6.
    private static final class ConvNormActivation extends Module {
        private final List<Child> layers = new ArrayList<>();

        ConvNormActivation(int in, int out, int kernel, int stride, int groups) {
            add(
                    Conv2d.builder(in, out, kernel)
                            .stride(stride)
                            .padding((kernel - 1) / 2)
                            .groups(groups)
                            .bias(false)
                            .skipInit()
                            .build());
            add(new BatchNorm2d(out));
            add(new ReLU6(true));
        }

        private void add(Module layer) {
            layers.add(module(Integer.toString(layers.size()), layer));
        }

        @Override
        public Tensor forward(Tensor x) {
            return Fusion.normalized(layers.get(0), layers.get(1), null, layers.get(2), x);
        }

        @Override
        protected String typeName() {
            return "Conv2dNormActivation";
        }
    }

    /// Widens the channels, convolves each by itself, and narrows them, with a shortcut around all
    /// where sizes allow.
    private static final class InvertedResidual extends Module {
        private final Child conv;
        private final boolean shortcut;

        InvertedResidual(int in, int out, int stride, int widening) {
            int inner = in * widening;
            List<Module> layers = new ArrayList<>();
            if (widening != 1) {
                layers.add(new ConvNormActivation(in, inner, 1, 1, 1));
            }
            layers.add(new ConvNormActivation(inner, inner, 3, stride, inner));
            layers.add(ResNetLayers.conv1x1(inner, out, 1));
            layers.add(new BatchNorm2d(out));
            conv = module("conv", new Sequential(layers.toArray(Module[]::new)));
            shortcut = stride == 1 && in == out;
        }

        @Override
        public Tensor forward(Tensor x) {
            Tensor y = conv.forward(x);
            return shortcut ? x.add(y) : y;
        }
    }
}
