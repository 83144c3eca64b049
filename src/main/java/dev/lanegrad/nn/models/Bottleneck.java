package dev.lanegrad.nn.models;

import dev.lanegrad.Tensor;
import dev.lanegrad.nn.Fusion;
import dev.lanegrad.nn.Module;
import dev.lanegrad.nn.ReLU;
import org.jspecify.annotations.Nullable;

/// A 1×1 convolution to fewer channels, a 3×3 one among them, a 1×1 one to four times the width,
/// and a shortcut around them (He et al. 2015, figure 5).
final class Bottleneck extends Module {
    /// Output channels for each of the width.
    static final int EXPANSION = 4;

    private final Child conv1;
    private final Child bn1;
    private final Child conv2;
    private final Child bn2;
    private final Child conv3;
    private final Child bn3;
    private final Child relu;
    private final @Nullable Child downsample;

    /// @param inner channels of the 3×3 convolution
    Bottleneck(int in, int width, int inner, int stride, int groups, @Nullable Module downsample) {
        conv1 = module("conv1", ResNetLayers.conv1x1(in, inner, 1));
        bn1 = module("bn1", ResNetLayers.norm(inner));
        conv2 = module("conv2", ResNetLayers.conv3x3(inner, inner, stride, groups));
        bn2 = module("bn2", ResNetLayers.norm(inner));
        conv3 = module("conv3", ResNetLayers.conv1x1(inner, width * EXPANSION, 1));
        bn3 = module("bn3", ResNetLayers.norm(width * EXPANSION));
        relu = module("relu", new ReLU(true));
        this.downsample = downsample == null ? null : module("downsample", downsample);
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = Fusion.normalized(conv1, bn1, null, relu, x);
        y = Fusion.normalized(conv2, bn2, null, relu, y);
        return Fusion.normalized(
                conv3, bn3, () -> downsample == null ? x : downsample.forward(x), relu, y);
    }
}
