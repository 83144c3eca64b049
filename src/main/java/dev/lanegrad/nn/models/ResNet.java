package dev.lanegrad.nn.models;

import dev.lanegrad.Tensor;
import dev.lanegrad.io.Pth;
import dev.lanegrad.nn.AdaptiveAvgPool2d;
import dev.lanegrad.nn.Conv2d;
import dev.lanegrad.nn.Fusion;
import dev.lanegrad.nn.Init;
import dev.lanegrad.nn.Linear;
import dev.lanegrad.nn.MaxPool2d;
import dev.lanegrad.nn.Module;
import dev.lanegrad.nn.ReLU;
import dev.lanegrad.nn.Sequential;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Deep residual networks for images `[N, C, H, W]` (He et al. 2015), with the names, the starting
/// values for a seed, and the text of torchvision's.
///
/// An input of any layout is taken; the network puts it into channels-last once.
public final class ResNet extends Module {
    private static final int CLASSES = 1000;

    private final Child conv1;
    private final Child bn1;
    private final Child relu;
    private final @Nullable Child maxpool;
    private final List<Child> stages = new ArrayList<>();
    private final Child avgpool;
    private final Child fc;

    /// The network of 18 layers for 1000 classes of colour images.
    public static ResNet resnet18() {
        return resnet18(CLASSES);
    }

    /// The network of 18 layers for colour images.
    public static ResNet resnet18(int numClasses) {
        return named("resnet18", numClasses);
    }

    /// The network of 18 layers with trained values, in evaluation mode; see [WeightsCache].
    ///
    /// @throws IllegalArgumentException if torchvision has no such values
    /// @throws IOException if the file is not in the cache and cannot be downloaded, or is damaged
    public static ResNet resnet18(Weights weights) throws IOException {
        return trained("resnet18", weights, WeightsCache.standard());
    }

    /// The network of 34 layers for 1000 classes of colour images.
    public static ResNet resnet34() {
        return resnet34(CLASSES);
    }

    /// The network of 34 layers for colour images.
    public static ResNet resnet34(int numClasses) {
        return named("resnet34", numClasses);
    }

    /// The network of 34 layers with trained values, in evaluation mode; see [WeightsCache].
    ///
    /// @throws IllegalArgumentException if torchvision has no such values
    /// @throws IOException if the file is not in the cache and cannot be downloaded, or is damaged
    public static ResNet resnet34(Weights weights) throws IOException {
        return trained("resnet34", weights, WeightsCache.standard());
    }

    /// The network of 50 layers for 1000 classes of colour images.
    public static ResNet resnet50() {
        return resnet50(CLASSES);
    }

    /// The network of 50 layers for colour images.
    public static ResNet resnet50(int numClasses) {
        return named("resnet50", numClasses);
    }

    /// The network of 50 layers with trained values, in evaluation mode; see [WeightsCache].
    ///
    /// @throws IllegalArgumentException if torchvision has no such values
    /// @throws IOException if the file is not in the cache and cannot be downloaded, or is damaged
    public static ResNet resnet50(Weights weights) throws IOException {
        return trained("resnet50", weights, WeightsCache.standard());
    }

    /// The network of 50 layers with 3×3 convolutions in 32 groups (Xie et al. 2016), for 1000
    /// classes of colour images.
    public static ResNet resnext50_32x4d() {
        return named("resnext50_32x4d", CLASSES);
    }

    /// The network of 50 layers in 32 groups with trained values, in evaluation mode; see
    /// [WeightsCache].
    ///
    /// @throws IllegalArgumentException if torchvision has no such values
    /// @throws IOException if the file is not in the cache and cannot be downloaded, or is damaged
    public static ResNet resnext50_32x4d(Weights weights) throws IOException {
        return trained("resnext50_32x4d", weights, WeightsCache.standard());
    }

    /// A network by its name in torchvision with trained values from a cache, in evaluation mode.
    ///
    /// @throws IllegalArgumentException if there is no such network, or torchvision has no such
    ///   values for it
    /// @throws IOException if the file is not in the cache and cannot be downloaded, or is damaged
    public static ResNet trained(String name, Weights weights, WeightsCache cache)
            throws IOException {
        ResNet network = named(name, CLASSES);
        network.loadStateDict(Pth.readStateDict(cache.get(weights.file(name))));
        network.eval();
        return network;
    }

    /// A network for colour images by its name in torchvision: `resnet18`, `resnet34`, `resnet50`
    /// or `resnext50_32x4d`.
    ///
    /// @throws IllegalArgumentException if there is no such network
    public static ResNet named(String name, int numClasses) {
        Plan plan = Plan.imageNet(numClasses);
        return new ResNet(
                switch (name) {
                    case "resnet18" -> plan.blocks(2, 2, 2, 2);
                    case "resnet34" -> plan.blocks(3, 4, 6, 3);
                    case "resnet50" -> plan.blocks(3, 4, 6, 3).bottleneck(1, 64);
                    case "resnext50_32x4d" -> plan.blocks(3, 4, 6, 3).bottleneck(32, 4);
                    default -> throw new IllegalArgumentException("resnet: no network " + name);
                });
    }

    /// The network of 20 layers for small images, 28 to 32 pixels high and wide (He et al. 2015,
    /// section 4.2): three stages of 16, 32 and 64 channels. Shortcuts to more channels are 1×1
    /// convolutions.
    public static ResNet resnet20(int inputChannels, int numClasses) {
        return small(inputChannels, numClasses, 16, 3, 3, 3);
    }

    /// A network for small images: a first layer of 3×3 at stride 1, then a stage of basic blocks
    /// for each number in `blocks`, the first one of `width` channels, each other of twice as many
    /// on half the height and width.
    public static ResNet small(int inputChannels, int numClasses, int width, int... blocks) {
        return new ResNet(new Plan(inputChannels, width, true, numClasses, 0, 0, blocks));
    }

    /// What tells one network from another.
    ///
    /// @param width channels of the first stage; each one after has twice as many
    /// @param small whether the images are, so that the first layer keeps their size
    /// @param groups groups of a bottleneck's 3×3 convolution; 0 for basic blocks
    /// @param groupWidth channels in a group at 64 channels of width
    /// @param blocks blocks in each stage
    private record Plan(
            int channels,
            int width,
            boolean small,
            int classes,
            int groups,
            int groupWidth,
            int... blocks) {
        static Plan imageNet(int classes) {
            return new Plan(3, 64, false, classes, 0, 0);
        }

        Plan blocks(int... blocks) {
            return new Plan(channels, width, small, classes, groups, groupWidth, blocks);
        }

        Plan bottleneck(int groups, int groupWidth) {
            return new Plan(channels, width, small, classes, groups, groupWidth, blocks);
        }

        int expansion() {
            return groups == 0 ? 1 : Bottleneck.EXPANSION;
        }

        Module stem() {
            return small
                    ? ResNetLayers.conv3x3(channels, width, 1, 1)
                    : Conv2d.builder(channels, width, 7)
                            .stride(2)
                            .padding(3)
                            .bias(false)
                            .skipInit()
                            .build();
        }

        Module block(int in, int width, int stride, @Nullable Module downsample) {
            return groups == 0
                    ? new BasicBlock(in, width, stride, downsample)
                    : new Bottleneck(
                            in,
                            width,
                            width * groupWidth / 64 * groups,
                            stride,
                            groups,
                            downsample);
        }
    }

    private ResNet(Plan plan) {
        conv1 = module("conv1", plan.stem());
        bn1 = module("bn1", ResNetLayers.norm(plan.width));
        relu = module("relu", new ReLU(true));
        maxpool = plan.small ? null : module("maxpool", new MaxPool2d(3, 2, 1));
        int in = plan.width;
        for (int i = 0; i < plan.blocks.length; i++) {
            int width = plan.width << i;
            stages.add(module("layer" + (i + 1), stage(plan, in, width, i == 0 ? 1 : 2, i)));
            in = width * plan.expansion();
        }
        avgpool = module("avgpool", new AdaptiveAvgPool2d(1, 1));
        fc = module("fc", new Linear(in, plan.classes));
        initialize();
    }

    /// The shortcut's layers are made before the block they belong to, as torchvision does, which
    /// decides who draws which random values.
    private static Module stage(Plan plan, int in, int width, int stride, int i) {
        int out = width * plan.expansion();
        Module shortcut =
                stride == 1 && in == out
                        ? null
                        : new Sequential(
                                ResNetLayers.conv1x1(in, out, stride), ResNetLayers.norm(out));
        Sequential blocks = new Sequential(plan.block(in, width, stride, shortcut));
        while (blocks.size() < plan.blocks[i]) {
            blocks.append(plan.block(out, width, 1, null));
        }
        return blocks;
    }

    private void initialize() {
        for (Module m : modules()) {
            if (m instanceof Conv2d conv) {
                Init.kaimingNormal_(conv.weight(), 0, "fan_out", "relu");
            }
        }
    }

    /// Scores `[N, classes]` of images `[N, C, H, W]`.
    @Override
    public Tensor forward(Tensor x) {
        Tensor y = Fusion.normalized(conv1, bn1, null, relu, x.channelsLast());
        if (maxpool != null) {
            y = maxpool.forward(y);
        }
        for (Child stage : stages) {
            y = stage.forward(y);
        }
        return fc.forward(avgpool.forward(y).flatten(1, -1));
    }
}
