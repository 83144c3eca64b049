package dev.lanegrad.bench.networks;

import static java.util.Objects.requireNonNull;

import dev.lanegrad.Lanegrad;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.nn.Dropout;
import dev.lanegrad.nn.LSTM;
import dev.lanegrad.nn.Module;
import dev.lanegrad.nn.TransformerEncoder;
import dev.lanegrad.nn.TransformerEncoderLayer;
import dev.lanegrad.nn.models.MobileNetV2;
import dev.lanegrad.optim.AdamW;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.SGD;
import java.util.List;
import java.util.function.Supplier;

/// Training steps in Lanegrad, and networks of sequences.
final class LanegradLearning {
    private static final double LR = 1e-4;

    private LanegradLearning() {}

    static Workload mobilenet(NetworkRow row) {
        MobileNetV2 model = Lanegrads.filled(new MobileNetV2());
        model.replace("classifier.0", new Dropout(0));
        Tensor x = Lanegrads.images(row);
        Tensor target = Tensor.of(row.targets(1000));
        SGD sgd = SGD.builder(model.parameters()).lr(LR).momentum(0.9).build();
        return learning(model, sgd, () -> model.forward(x).crossEntropy(target));
    }

    static Module transformer() {
        return Lanegrads.filled(
                new TransformerEncoder(
                        TransformerEncoderLayer.builder(NetworkRow.FEATURES, 8)
                                .inner(4 * NetworkRow.FEATURES)
                                .dropout(0)
                                .batchFirst(true)
                                .build(),
                        4));
    }

    static Module lstm() {
        return Lanegrads.filled(new LSTM(NetworkRow.HIDDEN, NetworkRow.HIDDEN));
    }

    /// `[N, T, E]`
    static Tensor tokens(NetworkRow row) {
        int features = NetworkRow.FEATURES;
        return Tensor.of(row.sequences(features), Shape.of(row.batch(), row.size(), features));
    }

    /// `[T, N, E]`
    static Tensor moments(NetworkRow row) {
        int features = NetworkRow.HIDDEN;
        return Tensor.of(row.sequences(features), Shape.of(row.size(), row.batch(), features));
    }

    static Workload sequences(Module model, Tensor x) {
        SGD sgd = SGD.builder(model.parameters()).lr(LR).build();
        return learning(model, sgd, () -> model.forward(x).square().mean());
    }

    private static Workload learning(Module model, Optimizer optimizer, Supplier<Tensor> losses) {
        model.train();
        return new Workload() {
            @Override
            public float[] step() {
                try (var _ = Lanegrad.scope()) {
                    Tensor loss = losses.get();
                    optimizer.zeroGrad();
                    loss.backward();
                    optimizer.step();
                    return new float[] {((Number) loss.item()).floatValue()};
                }
            }

            @Override
            public float[] first() {
                float loss = step()[0];
                Tensor gradient = requireNonNull(model.parameters().getFirst().grad());
                return Values.learned(loss, gradient.toFloatArray());
            }
        };
    }

    static Workload adamw(NetworkRow row) {
        int n = row.size();
        Tensor w = Tensor.of(row.sequences(n), Shape.of(n, n)).requiresGrad(true);
        w.grad(Tensor.of(row.sequences(n), Shape.of(n, n)));
        AdamW adamw = AdamW.builder(List.of(w)).lr(LR).build();
        return new Workload() {
            @Override
            public float[] step() {
                adamw.step();
                return new float[0];
            }

            @Override
            public float[] first() {
                adamw.step();
                return w.detach().narrow(0, 0, 1).toFloatArray();
            }
        };
    }
}
