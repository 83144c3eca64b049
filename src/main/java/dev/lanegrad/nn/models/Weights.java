package dev.lanegrad.nn.models;

import dev.lanegrad.data.ImagePreset;

/// Values that torchvision has trained, as its `ResNet18_Weights` and the like: for the thousand
/// classes of [dev.lanegrad.data.ImageNet].
public enum Weights {
    /// The first ones, of the papers' recipes.
    IMAGENET1K_V1,

    /// The second ones, of a better recipe, for some networks.
    IMAGENET1K_V2;

    /// The name of torchvision's file for a network.
    ///
    /// @throws IllegalArgumentException if there is none
    String file(String network) {
        String checksum =
                switch (network + " " + name()) {
                    case "resnet18 IMAGENET1K_V1" -> "f37072fd";
                    case "resnet34 IMAGENET1K_V1" -> "b627a593";
                    case "resnet50 IMAGENET1K_V1" -> "0676ba61";
                    case "resnet50 IMAGENET1K_V2" -> "11ad3fa6";
                    case "resnext50_32x4d IMAGENET1K_V1" -> "7cdf4587";
                    case "resnext50_32x4d IMAGENET1K_V2" -> "1a0047aa";
                    default ->
                            throw new IllegalArgumentException(
                                    "weights: torchvision has no %s of %s"
                                            .formatted(this, network));
                };
        return network + "-" + checksum + ".pth";
    }

    /// How a network with these values wants its pictures.
    public ImagePreset preset() {
        return switch (this) {
            case IMAGENET1K_V1 -> ImagePreset.IMAGENET;
            case IMAGENET1K_V2 -> ImagePreset.IMAGENET_V2;
        };
    }
}
