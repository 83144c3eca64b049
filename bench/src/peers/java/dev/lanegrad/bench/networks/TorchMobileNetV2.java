package dev.lanegrad.bench.networks;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/// MobileNetV2 without dropout by libtorch's functions, in torchvision's order of parameters.
final class TorchMobileNetV2 {
    private static final double EPS = 1e-5;
    private static final double MOMENTUM = 0.1;
    private static final long[] ONE = {1, 1};
    private static final TensorOptional NONE = new TensorOptional();

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

    private final List<Tensor> parameters = new ArrayList<>();
    private final MemoryFormat format;
    private final Layer stem;
    private final List<Block> blocks = new ArrayList<>();
    private final Layer last;
    private final Tensor weight;
    private final TensorOptional bias;

    TorchMobileNetV2(MemoryFormat format) {
        this.format = format;
        stem = new Layer(3, 32, 3, 2, 1, true);
        int in = 32;
        for (int[] stage : STAGES) {
            for (int i = 0; i < stage[2]; i++) {
                blocks.add(new Block(in, stage[1], i == 0 ? stage[3] : 1, stage[0]));
                in = stage[1];
            }
        }
        last = new Layer(in, 1280, 1, 1, 1, true);
        weight = parameter("classifier.1.weight", 1000, 1280);
        bias = new TensorOptional(parameter("classifier.1.bias", 1000));
    }

    /// All parameters, in order.
    List<Tensor> parameters() {
        return parameters;
    }

    private Tensor parameter(String name, int... shape) {
        Tensor t = TorchNetworks.parameter(name, parameters.size(), shape);
        t = shape.length == 4 ? t.contiguous(format).clone() : t;
        parameters.add(t);
        return t;
    }

    /// Scores of images.
    Tensor forward(Tensor x, boolean training) {
        Tensor y = stem.forward(x, training);
        for (Block block : blocks) {
            y = block.forward(y, training);
        }
        y = torch.adaptive_avg_pool2d(last.forward(y, training), 1, 1);
        return torch.linear(torch.flatten(y, 1, -1), weight, bias);
    }

    /// A convolution, its normalization, and perhaps a ReLU6.
    private final class Layer {
        private final Tensor weight;
        private final TensorOptional gamma;
        private final TensorOptional beta;
        private final TensorOptional mean;
        private final TensorOptional variance;
        private final long[] stride;
        private final long[] padding;
        private final int groups;
        private final boolean activated;

        Layer(int in, int out, int kernel, int step, int groups, boolean activated) {
            weight = parameter("conv.weight", out, in / groups, kernel, kernel);
            Tensor factors = parameter("bn.weight", out);
            Tensor offsets = parameter("bn.bias", out);
            gamma = new TensorOptional(factors);
            beta = new TensorOptional(offsets);
            mean = new TensorOptional(offsets.clone());
            variance = new TensorOptional(factors.clone());
            stride = new long[] {step, step};
            padding = new long[] {kernel / 2, kernel / 2};
            this.groups = groups;
            this.activated = activated;
        }

        Tensor forward(Tensor x, boolean training) {
            Tensor y = torch.conv2d(x, weight, NONE, stride, padding, ONE, groups);
            y = torch.batch_norm(y, gamma, beta, mean, variance, training, MOMENTUM, EPS, false);
            return activated ? torch.relu6_(y) : y;
        }
    }

    /// Widens, convolves each channel by itself, and narrows.
    private final class Block {
        private final List<Layer> layers = new ArrayList<>();
        private final boolean shortcut;

        Block(int in, int out, int step, int widening) {
            int inner = in * widening;
            if (widening != 1) {
                layers.add(new Layer(in, inner, 1, 1, 1, true));
            }
            layers.add(new Layer(inner, inner, 3, step, inner, true));
            layers.add(new Layer(inner, out, 1, 1, 1, false));
            shortcut = step == 1 && in == out;
        }

        Tensor forward(Tensor x, boolean training) {
            Tensor y = x;
            for (Layer layer : layers) {
                y = layer.forward(y, training);
            }
            return shortcut ? x.add(y) : y;
        }
    }
}
