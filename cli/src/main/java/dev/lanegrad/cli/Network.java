package dev.lanegrad.cli;

import dev.lanegrad.nn.models.ResNet;
import java.util.List;
import java.util.stream.Collectors;

/// A network that `--model` names. Its first layer keeps the size of small images.
///
/// @param width channels of the first stage
/// @param blocks blocks in each stage
record Network(String name, int width, int... blocks) {
    static final List<Network> ALL =
            List.of(
                    new Network("resnet8", 16, 1, 1, 1),
                    new Network("resnet20", 16, 3, 3, 3),
                    new Network("resnet18", 64, 2, 2, 2, 2));

    static Network of(String name) throws Complaint {
        for (Network network : ALL) {
            if (network.name.equals(name)) {
                return network;
            }
        }
        String all = ALL.stream().map(Network::name).collect(Collectors.joining(", "));
        throw new Complaint("--model: there is no network " + name + ", but " + all);
    }

    ResNet create(int channels, int classes) {
        return ResNet.small(channels, classes, width, blocks);
    }

    @Override
    public String toString() {
        return name;
    }
}
