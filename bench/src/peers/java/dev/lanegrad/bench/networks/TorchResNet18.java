package dev.lanegrad.bench.networks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/// ResNet-18 by libtorch's functions, in torchvision's order of parameters.
final class TorchResNet18 {
    private static final double EPS = 1e-5;
    private static final double MOMENTUM = 0.1;
    private static final long[] ONE = {1, 1};
    private static final long[] ZERO = {0, 0};
    private static final long[] TWO = {2, 2};
    private static final long[] THREE = {3, 3};
    private static final TensorOptional NONE = new TensorOptional();

    private final List<Tensor> parameters = new ArrayList<>();
    private final boolean folded;
    private final MemoryFormat format;
    private final Layer stem;
    private final List<Block> blocks = new ArrayList<>();
    private final Tensor fcWeight;
    private final TensorOptional fcBias;

    /// @param folded whether normalizations are part of the convolutions before them
    TorchResNet18(MemoryFormat format, boolean folded) {
        this.format = format;
        this.folded = folded;
        stem = new Layer(3, 64, 7, 2);
        int in = 64;
        for (int stage = 0; stage < 4; stage++) {
            int width = 64 << stage;
            blocks.add(new Block(in, width, stage == 0 ? 1 : 2));
            blocks.add(new Block(width, width, 1));
            in = width;
        }
        fcWeight = parameter("fc.weight", 1000, 512);
        fcBias = new TensorOptional(parameter("fc.bias", 1000));
    }

    /// All parameters, in order.
    List<Tensor> parameters() {
        return parameters;
    }

    private Tensor parameter(String name, int... shape) {
        float[] values = Values.parameter(name, parameters.size(), shape);
        long[] sizes = Arrays.stream(shape).asLongStream().toArray();
        Tensor t = torch.from_blob(new FloatPointer(values), sizes).clone();
        t = shape.length == 4 ? t.contiguous(format).clone() : t;
        parameters.add(t);
        return t;
    }

    /// Scores of images.
    Tensor forward(Tensor x, boolean training) {
        Tensor y = torch.relu_(stem.forward(x, training));
        y = torch.max_pool2d(y, THREE, TWO, ONE, ONE, false);
        for (Block block : blocks) {
            y = block.forward(y, training);
        }
        y = torch.adaptive_avg_pool2d(y, 1, 1);
        return torch.linear(torch.flatten(y, 1, -1), fcWeight, fcBias);
    }

    /// A convolution and its normalization.
    private final class Layer {
        private final Tensor weight;
        private final TensorOptional bias;
        private final TensorOptional gamma;
        private final TensorOptional beta;
        private final TensorOptional mean;
        private final TensorOptional variance;
        private final long[] stride;
        private final long[] padding;

        Layer(int in, int out, int kernel, int step) {
            Tensor w = parameter("conv.weight", out, in, kernel, kernel);
            Tensor factors = parameter("bn.weight", out);
            Tensor offsets = parameter("bn.bias", out);
            Tensor ones = factors.clone();
            weight = folded ? w.mul(new Scalar(1 / Math.sqrt(1 + EPS))) : w;
            bias = folded ? new TensorOptional(offsets) : NONE;
            gamma = new TensorOptional(factors);
            beta = new TensorOptional(offsets);
            mean = new TensorOptional(offsets.clone());
            variance = new TensorOptional(ones);
            stride = new long[] {step, step};
            padding = kernel == 1 ? ZERO : new long[] {kernel / 2, kernel / 2};
        }

        Tensor forward(Tensor x, boolean training) {
            Tensor y = torch.conv2d(x, weight, bias, stride, padding, ONE, 1);
            return folded
                    ? y
                    : torch.batch_norm(
                            y, gamma, beta, mean, variance, training, MOMENTUM, EPS, false);
        }
    }

    /// Two convolutions and a shortcut around them.
    private final class Block {
        private final Layer first;
        private final Layer second;
        private final List<Layer> shortcut;

        Block(int in, int out, int step) {
            first = new Layer(in, out, 3, step);
            second = new Layer(out, out, 3, 1);
            shortcut = step == 1 ? List.of() : List.of(new Layer(in, out, 1, step));
        }

        Tensor forward(Tensor x, boolean training) {
            Tensor y = torch.relu_(first.forward(x, training));
            y = second.forward(y, training);
            Tensor z = shortcut.isEmpty() ? x : shortcut.getFirst().forward(x, training);
            return torch.relu_(y.add_(z));
        }
    }
}
