package dev.lanegrad.nn.models;

import dev.lanegrad.nn.BatchNorm2d;
import dev.lanegrad.nn.Conv2d;
import dev.lanegrad.nn.Module;

/// What residual networks are made of: convolutions without bias, and normalizations.
final class ResNetLayers {
    private ResNetLayers() {}

    static Module conv1x1(int in, int out, int stride) {
        return Conv2d.builder(in, out, 1).stride(stride).bias(false).skipInit().build();
    }

    static Module conv3x3(int in, int out, int stride, int groups) {
        return Conv2d.builder(in, out, 3)
                .stride(stride)
                .padding(1)
                .groups(groups)
                .bias(false)
                .skipInit()
                .build();
    }

    static Module norm(int channels) {
        return new Norm(channels);
    }

    /// Prints as torchvision's networks are recorded, from before PyTorch told of the bias.
    private static final class Norm extends BatchNorm2d {
        Norm(int channels) {
            super(channels);
        }

        @Override
        protected String typeName() {
            return "BatchNorm2d";
        }

        @Override
        protected String extraRepr() {
            return super.extraRepr().replace(", bias=True", "");
        }
    }
}
