package dev.lanegrad.cli;

import dev.lanegrad.data.DataLoader;
import dev.lanegrad.nn.CrossEntropyLoss;
import dev.lanegrad.nn.Module;
import dev.lanegrad.optim.OneCycleLR;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.training.Accuracy;
import dev.lanegrad.training.DivergedException;
import dev.lanegrad.training.EpochReport;
import dev.lanegrad.training.Trainer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A network that learns images: SGD with momentum along one cycle of the learning rate.
final class Training {
    private static final String ACCURACY = "accuracy";

    private static final double MOMENTUM = 0.9;
    private static final double WEIGHT_DECAY = 5e-4;
    private static final int TEST_BATCH = 250;

    private final DataLoader train;
    private final DataLoader test;
    private final Trainer trainer;

    /// @param onStep is told of each step
    Training(Module model, Images images, Settings settings, Consumer<Trainer.Step> onStep) {
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
        SGD optimizer =
                SGD.builder(model.parameters())
                        .lr(settings.lr())
                        .momentum(MOMENTUM)
                        .weightDecay(WEIGHT_DECAY)
                        .build();
        trainer =
                Trainer.builder(model, optimizer, new CrossEntropyLoss())
                        .metric(ACCURACY, new Accuracy())
                        .stepSchedule(
                                OneCycleLR.builder(optimizer, settings.lr())
                                        .totalSteps(settings.epochs() * train.batches())
                                        .cycleMomentum(false)
                                        .build())
                        .onStep(onStep)
                        .build();
    }

    /// One more pass over the training images, then a test. Returns the reports of all epochs; one
    /// that was [stopped][#stop()] has none.
    ///
    /// @throws Complaint if the loss is no number any more
    List<EpochReport> epoch() throws IOException, Complaint {
        try {
            return trainer.fit(train, test, 1);
        } catch (DivergedException e) {
            int before = e.step() - 1;
            throw new Complaint(
                    "the loss is %s after step %d of epoch %d: a smaller --lr may help"
                            .formatted(
                                    e.loss(),
                                    before % train.batches() + 1,
                                    before / train.batches() + 1));
        }
    }

    /// The share of images that were told right, of a report's values.
    static double accuracy(Map<String, Double> values) {
        return values.getOrDefault(ACCURACY, Double.NaN);
    }

    /// Ends the epoch that is being done, from any thread.
    void stop() {
        trainer.stop();
    }

    /// All that the epochs to come depend on.
    Map<String, Object> state() {
        return trainer.state();
    }

    /// Goes on from a [#state()] of a training of the same settings, which has done no step yet.
    ///
    /// @throws IllegalArgumentException if it is another's
    List<EpochReport> restore(Map<?, ?> state) {
        return trainer.restore(state);
    }

    /// Steps done so far.
    int steps() {
        return trainer.steps();
    }

    /// Images in one epoch.
    int imagesPerEpoch() {
        return train.examples();
    }
}
