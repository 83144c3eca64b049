package dev.lanegrad.cli;

import dev.lanegrad.Autograd;
import dev.lanegrad.DType;
import dev.lanegrad.Generator;
import dev.lanegrad.Lanegrad;
import dev.lanegrad.Tensor;
import dev.lanegrad.data.DataLoader;
import dev.lanegrad.nn.Module;
import dev.lanegrad.optim.OneCycleLR;
import dev.lanegrad.optim.OptimizerState;
import dev.lanegrad.optim.SGD;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A network that learns images: SGD with momentum along one cycle of the learning rate.
final class Training {
    private static final double MOMENTUM = 0.9;
    private static final double WEIGHT_DECAY = 5e-4;
    private static final int TEST_BATCH = 250;

    /// Hears of every step.
    interface Observer {
        void stepped(int images, double loss);

        /// Whether to stop after this step.
        boolean stops();
    }

    private final Module model;
    private final DataLoader train;
    private final DataLoader test;
    private final int testImages;
    private final SGD optimizer;
    private final OneCycleLR schedule;
    private int steps;

    Training(Module model, Images images, Settings settings) {
        this.model = model;
        train =
                DataLoader.builder(images.train())
                        .batchSize(settings.batch())
                        .shuffle(true)
                        .dropLast(true)
                        .seed(settings.seed())
                        .transform(images.transform())
                        .normalization(images.normalization())
                        .build();
        test =
                DataLoader.builder(images.test())
                        .batchSize(TEST_BATCH)
                        .normalization(images.normalization())
                        .build();
        testImages = images.test().size();
        optimizer =
                SGD.builder(model.parameters())
                        .lr(settings.lr())
                        .momentum(MOMENTUM)
                        .weightDecay(WEIGHT_DECAY)
                        .build();
        schedule =
                OneCycleLR.builder(optimizer, settings.lr())
                        .totalSteps(settings.epochs() * train.batches())
                        .cycleMomentum(false)
                        .build();
    }

    /// All that the steps to come depend on.
    Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("model", model.stateDict());
        state.put("optimizer", optimizer.stateDict().toMap());
        state.put("steps", steps);
        state.put("rng", rng());
        return state;
    }

    /// Goes on from a [#state()] of a training of the same settings, which has done no step yet.
    ///
    /// @throws IllegalArgumentException if it is another's
    void restore(Map<?, ?> state) {
        if (!(state.get("model") instanceof Map<?, ?> values)
                || !(state.get("optimizer") instanceof Map<?, ?> memory)
                || !(state.get("steps") instanceof Number done)
                || !(state.get("rng") instanceof Tensor random)) {
            throw new IllegalArgumentException("it is not the state of a training");
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        values.forEach((name, t) -> tensors.put(String.valueOf(name), (Tensor) t));
        model.loadStateDict(tensors);
        while (steps < done.intValue()) {
            schedule.step();
            steps++;
        }
        optimizer.loadStateDict(OptimizerState.of(memory));
        Generator.defaultGenerator().state(bytes(random));
    }

    /// The state of the random stream, in PyTorch's form.
    private static Tensor rng() {
        byte[] bytes = Generator.defaultGenerator().state();
        int[] values = new int[bytes.length];
        Arrays.setAll(values, i -> bytes[i] & 0xFF);
        return Tensor.of(values).to(DType.UINT8);
    }

    private static byte[] bytes(Tensor t) {
        long[] values = t.toLongArray();
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /// Steps done so far.
    int steps() {
        return steps;
    }

    /// Steps in one epoch.
    int stepsPerEpoch() {
        return train.batches();
    }

    /// One pass over the training images, then a test.
    ///
    /// @param number from 1
    /// @return null if the observer stopped it
    /// @throws Complaint if the loss is no number any more
    @Nullable EpochResult epoch(int number, Observer observer) throws Complaint {
        model.train();
        long start = System.nanoTime();
        double loss = 0;
        int right = 0;
        int images = 0;
        for (DataLoader.Batch batch : train.epoch(number - 1)) {
            Step step = step(batch);
            int n = batch.targets().numel();
            loss += step.loss * n;
            right += step.right;
            images += n;
            if (!Double.isFinite(loss)) {
                throw new Complaint(
                        "the loss is %s after step %d of epoch %d: a smaller --lr may help"
                                .formatted(step.loss, steps % train.batches(), number));
            }
            observer.stepped(n, step.loss);
            if (observer.stops()) {
                return null;
            }
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        int testRight = countRight(observer);
        return observer.stops()
                ? null
                : new EpochResult(
                        number,
                        loss / images,
                        (double) right / images,
                        testRight,
                        testImages,
                        images / seconds);
    }

    private record Step(double loss, int right) {}

    private Step step(DataLoader.Batch batch) {
        try (var _ = Lanegrad.scope()) {
            Tensor scores = model.forward(batch.inputs());
            Tensor loss = scores.crossEntropy(batch.targets());
            optimizer.zeroGrad();
            loss.backward();
            optimizer.step();
            schedule.step();
            steps++;
            return new Step(((Number) loss.item()).doubleValue(), right(scores, batch.targets()));
        }
    }

    private int countRight(Observer observer) {
        model.eval();
        int right = 0;
        for (DataLoader.Batch batch : test.epoch(0)) {
            try (var _ = Lanegrad.scope();
                    var _ = Autograd.noGrad()) {
                right += right(model.forward(batch.inputs()), batch.targets());
            }
            if (observer.stops()) {
                break;
            }
        }
        return right;
    }

    private static int right(Tensor scores, Tensor labels) {
        return ((Number) scores.detach().argmax(1).eq(labels).sum().item()).intValue();
    }
}
