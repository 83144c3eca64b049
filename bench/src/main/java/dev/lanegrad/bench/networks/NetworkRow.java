package dev.lanegrad.bench.networks;

import java.util.Arrays;
import java.util.List;

/// A row of the networks' table.
///
/// @param name what is done
/// @param kind what runs
/// @param batch images or sequences of a step
/// @param size rows and columns of an image, or moments of a sequence
/// @param heapMegabytes the heap that Lanegrad's process gets
/// @param target how many times as fast as the fastest peer it shall be
record NetworkRow(String name, Kind kind, int batch, int size, int heapMegabytes, double target) {
    /// What runs.
    enum Kind {
        /// ResNet-18 as a user writes it first: in evaluation mode, without gradients.
        INFERENCE,
        /// ResNet-18 by `Inference.compile`; the peers' normalizations are folded into their
        /// convolutions.
        COMPILED,
        /// ResNet-18 for four callers at once, one image each.
        CALLERS,
        /// A training step of ResNet-18 by SGD with momentum.
        TRAINING,
        /// A training step of the ResNet-20 of `lanegrad train`, by SGD with momentum.
        RESNET20,
        /// A training step of its ResNet-18, whose first layer keeps the images' size.
        RESNET18,
        /// A training step of a perceptron of 784, 128 and 10 units by SGD.
        PERCEPTRON,
        /// Q = 3a³ − b² of two elements, and backward.
        TINY,
        /// MobileNetV2 in evaluation mode, without gradients.
        MOBILENET,
        /// A training step of MobileNetV2, without its dropout, by SGD with momentum.
        MOBILENET_TRAINING,
        /// Four encoder layers of a transformer: 256 features, 8 heads, 1024 inner features.
        TRANSFORMER,
        /// A training step of such a transformer, without dropout, by SGD.
        TRANSFORMER_TRAINING,
        /// A layer of long short-term memories with 128 features.
        LSTM,
        /// A training step of such a layer by SGD.
        LSTM_TRAINING,
        /// A step of AdamW on one matrix of parameters.
        ADAMW,
        /// From the start of the process to the first prediction of ResNet-18.
        START
    }

    /// Callers of [Kind#CALLERS].
    static final int CALLERS = 4;

    /// Features of [Kind#TRANSFORMER].
    static final int FEATURES = 256;

    /// Features of [Kind#LSTM].
    static final int HIDDEN = 128;

    static final List<NetworkRow> ROWS =
            List.of(
                    row("inference", Kind.INFERENCE, 1, 64, 192, 2),
                    row("inference", Kind.INFERENCE, 1, 224, 256, 1.8),
                    row("inference", Kind.INFERENCE, 16, 224, 640, 2),
                    row("compiled", Kind.COMPILED, 1, 64, 256, 2),
                    row("compiled", Kind.COMPILED, 1, 224, 256, 1.8),
                    row("compiled", Kind.COMPILED, 16, 224, 720, 1.8),
                    row("4 callers", Kind.CALLERS, 1, 64, 256, 2),
                    row("training", Kind.TRAINING, 1, 64, 400, 1.5),
                    row("training", Kind.TRAINING, 32, 32, 400, 2),
                    row("training", Kind.TRAINING, 16, 224, 1200, 2),
                    row("training resnet20", Kind.RESNET20, 128, 28, 1200, 1),
                    row("training resnet18", Kind.RESNET18, 128, 28, 2400, 1),
                    row("perceptron", Kind.PERCEPTRON, 1, 28, 64, 4),
                    row("perceptron", Kind.PERCEPTRON, 32, 28, 64, 2),
                    row("perceptron", Kind.PERCEPTRON, 256, 28, 64, 1.3),
                    row("mobilenet", Kind.MOBILENET, 1, 224, 256, 1.2),
                    row("mobilenet", Kind.MOBILENET, 16, 96, 400, 1.2),
                    row("mobilenet training", Kind.MOBILENET_TRAINING, 16, 96, 800, 1.2),
                    row("transformer", Kind.TRANSFORMER, 8, 128, 256, 1.2),
                    row("transformer training", Kind.TRANSFORMER_TRAINING, 8, 128, 600, 1.2),
                    row("LSTM", Kind.LSTM, 16, 64, 128, 1.2),
                    row("LSTM training", Kind.LSTM_TRAINING, 16, 64, 256, 1.2),
                    row("AdamW", Kind.ADAMW, 1, 2048, 256, 1),
                    row("3a³−b²", Kind.TINY, 1, 1, 64, 25),
                    row("first", Kind.START, 1, 64, 192, 1));

    private static NetworkRow row(
            String what, Kind kind, int batch, int size, int heap, double target) {
        String shape =
                switch (kind) {
                    case TINY -> "2 elements";
                    case PERCEPTRON -> batch + "x784";
                    case RESNET20, RESNET18 -> batch + "x1x" + size + "x" + size;
                    case TRANSFORMER, TRANSFORMER_TRAINING -> batch + "x" + size + "x" + FEATURES;
                    case LSTM, LSTM_TRAINING -> batch + "x" + size + "x" + HIDDEN;
                    case ADAMW -> size + "x" + size;
                    default -> batch + "x3x" + size + "x" + size;
                };
        return new NetworkRow(what + " " + shape, kind, batch, size, heap, target);
    }

    static NetworkRow named(String name) {
        return ROWS.stream()
                .filter(r -> r.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no row is called " + name));
    }

    /// How far results may be apart, in parts of the largest.
    ///
    /// MobileNetV2's first gradient passes through 52 normalizations and their clamped activations:
    /// by float32 it differs from that by float64 by 1 % of its largest element, and by as much
    /// from that of inputs that are 1e-7 larger. It is told beside a loss of 7.
    double tolerance() {
        return kind == Kind.MOBILENET_TRAINING ? 5e-3 : 2e-3;
    }

    /// The input of a step: `values[image, channel, row, column]`.
    float[] images() {
        return Values.uniform(batch * channels() * size * size, 7);
    }

    /// Channels of an image.
    int channels() {
        return switch (kind) {
            case PERCEPTRON, RESNET20, RESNET18 -> 1;
            default -> 3;
        };
    }

    /// The input of a step: sequences of so many features, or as many values to each parameter.
    float[] sequences(int features) {
        return Values.uniform(batch * size * features, 7);
    }

    /// The classes that training aims at, below `classes`.
    long[] targets(int classes) {
        long[] targets = new long[batch];
        Arrays.setAll(targets, i -> i * 7919L % classes);
        return targets;
    }
}
