package dev.lanegrad.bench.networks;

import static java.util.Objects.requireNonNull;

import dev.lanegrad.Autograd;
import dev.lanegrad.Lanegrad;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.nn.Flatten;
import dev.lanegrad.nn.Inference;
import dev.lanegrad.nn.Linear;
import dev.lanegrad.nn.Module;
import dev.lanegrad.nn.ReLU;
import dev.lanegrad.nn.Sequential;
import dev.lanegrad.nn.models.MobileNetV2;
import dev.lanegrad.nn.models.ResNet;
import dev.lanegrad.optim.SGD;
import java.util.Arrays;
import java.util.Map;

/// The rows' work in Lanegrad, as a user writes it.
final class Lanegrads {
    private static final double LR = 1e-4;
    private static final int TINY_STEPS = 1000;

    private Lanegrads() {}

    static Workload workload(NetworkRow row, int threads) {
        Lanegrad.setNumThreads(threads);
        return switch (row.kind()) {
            case START -> inference(row, ResNet.resnet18());
            case INFERENCE -> inference(row, resnet());
            case COMPILED -> compiled(row, resnet());
            case CALLERS -> callers(row, resnet());
            case TRAINING -> training(row, resnet(), 1000, 0.9);
            case RESNET20 -> training(row, filled(ResNet.resnet20(1, 10)), 10, 0.9);
            case RESNET18 -> training(row, filled(ResNet.small(1, 10, 64, 2, 2, 2, 2)), 10, 0.9);
            case PERCEPTRON -> training(row, perceptron(), 10, 0);
            case TINY -> tiny();
            case MOBILENET -> inference(row, filled(new MobileNetV2()));
            case MOBILENET_TRAINING -> LanegradLearning.mobilenet(row);
            case TRANSFORMER ->
                    inference(LanegradLearning.transformer(), LanegradLearning.tokens(row));
            case TRANSFORMER_TRAINING ->
                    LanegradLearning.sequences(
                            LanegradLearning.transformer(), LanegradLearning.tokens(row));
            case LSTM -> inference(LanegradLearning.lstm(), LanegradLearning.moments(row));
            case LSTM_TRAINING ->
                    LanegradLearning.sequences(
                            LanegradLearning.lstm(), LanegradLearning.moments(row));
            case ADAMW -> LanegradLearning.adamw(row);
        };
    }

    private static Module resnet() {
        return filled(ResNet.resnet18());
    }

    private static Module perceptron() {
        return filled(
                new Sequential(
                        new Flatten(), new Linear(784, 128), new ReLU(), new Linear(128, 10)));
    }

    static <M extends Module> M filled(M model) {
        int index = 0;
        try (var _ = Autograd.noGrad()) {
            for (Map.Entry<String, Tensor> e : model.namedParameters().entrySet()) {
                Shape shape = e.getValue().shape();
                int[] sizes = Arrays.stream(shape.toArray()).mapToInt(Math::toIntExact).toArray();
                float[] values = Values.parameter(e.getKey(), index++, sizes);
                e.getValue().copy_(Tensor.of(values, shape));
            }
        }
        return model;
    }

    static Tensor images(NetworkRow row) {
        return Tensor.of(
                row.images(), Shape.of(row.batch(), row.channels(), row.size(), row.size()));
    }

    private static Workload inference(NetworkRow row, Module model) {
        return inference(model, images(row));
    }

    private static Workload inference(Module model, Tensor x) {
        model.eval();
        return () -> predict(model, x);
    }

    private static Workload compiled(NetworkRow row, Module model) {
        Tensor x = images(row);
        Inference inference = Inference.compile(model.eval(), x);
        return () -> {
            try (var _ = Lanegrad.scope()) {
                return inference.run(x).toFloatArray();
            }
        };
    }

    private static float[] predict(Module model, Tensor x) {
        try (var _ = Lanegrad.scope();
                var _ = Autograd.noGrad()) {
            return model.forward(x).toFloatArray();
        }
    }

    private static Workload callers(NetworkRow row, Module model) {
        Tensor x = images(row);
        model.eval();
        return Callers.of(() -> predict(model, x));
    }

    /// Gradients go into leaves that have none yet.
    private static Workload tiny() {
        Tensor a = Tensor.of(2f, 3f).requiresGrad(true);
        Tensor b = Tensor.of(6f, 4f).requiresGrad(true);
        Tensor ones = Tensor.of(1f, 1f);
        return new Workload() {
            @Override
            public float[] step() {
                for (int i = 0; i < TINY_STEPS; i++) {
                    a.grad(null);
                    b.grad(null);
                    a.pow(3).mul(3).sub(b.pow(2)).backward(ones);
                }
                return requireNonNull(a.grad()).toFloatArray();
            }

            @Override
            public int steps() {
                return TINY_STEPS;
            }
        };
    }

    private static Workload training(NetworkRow row, Module model, int classes, double momentum) {
        Tensor x = images(row);
        Tensor target = Tensor.of(row.targets(classes));
        SGD sgd = SGD.builder(model.parameters()).lr(LR).momentum(momentum).build();
        model.train();
        return () -> {
            try (var _ = Lanegrad.scope()) {
                Tensor loss = model.forward(x).crossEntropy(target);
                sgd.zeroGrad();
                loss.backward();
                sgd.step();
                return new float[] {((Number) loss.item()).floatValue()};
            }
        };
    }
}
