package dev.lanegrad.nn.models;

import dev.lanegrad.Tensor;
import dev.lanegrad.nn.Fusion;
import dev.lanegrad.nn.Module;
import dev.lanegrad.nn.ReLU;
import org.jspecify.annotations.Nullable;

/// Two 3×3 convolutions and a shortcut around them (He et al. 2015, figure 2).
final class BasicBlock extends Module {
    private final Child conv1;
    private final Child bn1;
    private final Child relu;
    private final Child conv2;
    private final Child bn2;
    private final @Nullable Child downsample;

    BasicBlock(int in, int width, int stride, @Nullable Module downsample) {
        conv1 = module("conv1", ResNetLayers.conv3x3(in, width, stride, 1));
        bn1 = module("bn1", ResNetLayers.norm(width));
        relu = module("relu", new ReLU(true));
        conv2 = module("conv2", ResNetLayers.conv3x3(width, width, 1, 1));
        bn2 = module("bn2", ResNetLayers.norm(width));
        this.downsample = downsample == null ? null : module("downsample", downsample);
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = Fusion.normalized(conv1, bn1, null, relu, x);
        return Fusion.normalized(
                conv2, bn2, () -> downsample == null ? x : downsample.forward(x), relu, y);
    }
}
