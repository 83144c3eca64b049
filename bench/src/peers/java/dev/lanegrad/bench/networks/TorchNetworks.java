package dev.lanegrad.bench.networks;

import dev.lanegrad.bench.networks.NetworkRow.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/// The rows by libtorch, in both of its memory formats.
public final class TorchNetworks implements NetworkPeers {
    private static final String NCHW = "libtorch NCHW";
    private static final String CHANNELS_LAST = "libtorch channels_last";
    private static final String LIBTORCH = "libtorch";
    private static final double LR = 1e-4;
    private static final int TINY_STEPS = 200;

    /// Made by the service loader.
    public TorchNetworks() {}

    @Override
    public List<String> names(NetworkRow row) {
        return switch (row.kind()) {
            case INFERENCE, COMPILED, CALLERS, TRAINING, MOBILENET, MOBILENET_TRAINING ->
                    List.of(NCHW, CHANNELS_LAST);
            case PERCEPTRON, TINY, TRANSFORMER, TRANSFORMER_TRAINING, LSTM, LSTM_TRAINING, ADAMW ->
                    List.of(LIBTORCH);
            case START, RESNET20, RESNET18 -> List.of();
        };
    }

    @Override
    public Workload workload(String name, NetworkRow row, int threads) {
        torch.set_num_threads(row.kind() == Kind.CALLERS ? 1 : threads);
        MemoryFormat format =
                name.equals(CHANNELS_LAST) ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous;
        return switch (row.kind()) {
            case INFERENCE, COMPILED -> inference(row, format);
            case CALLERS -> Callers.of(inference(row, format));
            case TRAINING -> {
                TorchResNet18 model = new TorchResNet18(format, false);
                yield training(
                        row,
                        images(row, format),
                        model.parameters(),
                        x -> model.forward(x, true),
                        1000,
                        0.9);
            }
            case PERCEPTRON -> perceptron(row);
            case TINY -> tiny();
            case MOBILENET -> {
                TorchMobileNetV2 model = new TorchMobileNetV2(format);
                Tensor x = images(row, format);
                yield inference(() -> model.forward(x, false));
            }
            case MOBILENET_TRAINING -> {
                TorchMobileNetV2 model = new TorchMobileNetV2(format);
                Tensor x = images(row, format);
                Tensor target = target(row, 1000);
                yield learning(
                        model.parameters(),
                        () -> torch.cross_entropy_loss(model.forward(x, true), target),
                        0.9);
            }
            case TRANSFORMER, TRANSFORMER_TRAINING -> {
                TorchTransformer model = new TorchTransformer();
                Tensor x = TorchTransformer.tokens(row);
                yield row.kind() == Kind.TRANSFORMER
                        ? inference(() -> model.forward(x))
                        : learning(model.parameters(), () -> model.forward(x).square().mean(), 0);
            }
            case LSTM, LSTM_TRAINING -> {
                boolean learns = row.kind() == Kind.LSTM_TRAINING;
                TorchLstm model = new TorchLstm(row, learns);
                yield learns
                        ? learning(model.parameters(), () -> model.forward().square().mean(), 0)
                        : inference(model::forward);
            }
            case ADAMW -> TorchAdamW.workload(row);
            case START, RESNET20, RESNET18 -> throw new IllegalArgumentException(row.name());
        };
    }

    private static Tensor images(NetworkRow row, MemoryFormat format) {
        long[] sizes = {row.batch(), 3, row.size(), row.size()};
        return torch.from_blob(new FloatPointer(row.images()), sizes).contiguous(format).clone();
    }

    private static Workload inference(NetworkRow row, MemoryFormat format) {
        TorchResNet18 model = new TorchResNet18(format, row.kind() == Kind.COMPILED);
        Tensor x = images(row, format);
        return inference(() -> model.forward(x, false));
    }

    private static Workload inference(Supplier<Tensor> forward) {
        return () -> {
            try (var _ = new PointerScope();
                    var _ = new NoGradGuard()) {
                return values(forward.get());
            }
        };
    }

    /// A training step; the first also tells a gradient.
    private static Workload learning(
            List<Tensor> parameters, Supplier<Tensor> losses, double momentum) {
        SGD sgd = sgd(parameters, momentum);
        return new Workload() {
            @Override
            public float[] step() {
                try (var _ = new PointerScope()) {
                    Tensor loss = losses.get();
                    sgd.zero_grad();
                    loss.backward();
                    sgd.step();
                    return new float[] {loss.item_float()};
                }
            }

            @Override
            public float[] first() {
                return Values.learned(step()[0], values(parameters.getFirst().grad()));
            }
        };
    }

    private static SGD sgd(List<Tensor> parameters, double momentum) {
        TensorVector all = new TensorVector();
        for (Tensor p : parameters) {
            p.set_requires_grad(true);
            all.push_back(p);
        }
        SGDOptions options = new SGDOptions(LR);
        options.momentum().put(momentum);
        return new SGD(all, options);
    }

    private static Tensor target(NetworkRow row, int classes) {
        long[] targets = row.targets(classes);
        return torch.from_blob(
                        new LongPointer(targets),
                        new long[] {targets.length},
                        new TensorOptions(torch.ScalarType.Long))
                .clone();
    }

    static float[] values(Tensor t) {
        float[] values = new float[(int) t.numel()];
        new FloatPointer(t.contiguous().data_ptr_float()).get(values);
        return values;
    }

    private static Workload perceptron(NetworkRow row) {
        Tensor w1 = parameter("0.weight", 0, 128, 784);
        Tensor b1 = parameter("0.bias", 1, 128);
        Tensor w2 = parameter("2.weight", 2, 10, 128);
        Tensor b2 = parameter("2.bias", 3, 10);
        Tensor x = torch.from_blob(new FloatPointer(row.images()), row.batch(), 784).clone();
        Function<Tensor, Tensor> forward =
                images -> {
                    Tensor y = torch.relu(torch.linear(images, w1, new TensorOptional(b1)));
                    return torch.linear(y, w2, new TensorOptional(b2));
                };
        return training(row, x, List.of(w1, b1, w2, b2), forward, 10, 0);
    }

    static Tensor parameter(String name, int index, int... shape) {
        float[] values = Values.parameter(name, index, shape);
        long[] sizes = Arrays.stream(shape).asLongStream().toArray();
        return torch.from_blob(new FloatPointer(values), sizes).clone();
    }

    private static Workload training(
            NetworkRow row,
            Tensor x,
            List<Tensor> parameters,
            Function<Tensor, Tensor> forward,
            int classes,
            double momentum) {
        SGD sgd = sgd(parameters, momentum);
        Tensor target = target(row, classes);
        return () -> {
            try (var _ = new PointerScope()) {
                Tensor loss = torch.cross_entropy_loss(forward.apply(x), target);
                sgd.zero_grad();
                loss.backward();
                sgd.step();
                return new float[] {loss.item_float()};
            }
        };
    }

    private static Workload tiny() {
        Tensor a = torch.from_blob(new FloatPointer(2f, 3f), 2).clone();
        Tensor b = torch.from_blob(new FloatPointer(6f, 4f), 2).clone();
        a.set_requires_grad(true);
        b.set_requires_grad(true);
        BoolOptional retain = new BoolOptional();
        TensorArrayRefOptional inputs = new TensorArrayRefOptional();
        Tensor ones = torch.ones(2);
        Scalar two = new Scalar(2);
        Scalar three = new Scalar(3);
        TensorVector leaves = new TensorVector(a, b);
        SGD gradients = new SGD(leaves, new SGDOptions(0));
        return new Workload() {
            @Override
            public float[] step() {
                for (int i = 0; i < TINY_STEPS; i++) {
                    try (var _ = new PointerScope()) {
                        gradients.zero_grad();
                        Tensor q = a.pow(three).mul(three).sub(b.pow(two));
                        q.backward(ones, retain, false, inputs);
                    }
                }
                return values(a.grad());
            }

            @Override
            public int steps() {
                return TINY_STEPS;
            }
        };
    }
}
