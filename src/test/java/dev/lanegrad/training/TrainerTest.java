package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanegrad.Tensor;
import dev.lanegrad.data.DataLoader;
import dev.lanegrad.data.Digits;
import dev.lanegrad.data.TensorDataset;
import dev.lanegrad.io.Pth;
import dev.lanegrad.io.Safetensors;
import dev.lanegrad.nn.CrossEntropyLoss;
import dev.lanegrad.nn.Dropout;
import dev.lanegrad.nn.Flatten;
import dev.lanegrad.nn.Linear;
import dev.lanegrad.nn.MSELoss;
import dev.lanegrad.nn.ReLU;
import dev.lanegrad.nn.Sequential;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.OneCycleLR;
import dev.lanegrad.optim.SGD;
import dev.lanegrad.optim.StepLR;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    @TempDir Path temp;

    private static Sequential digitsNetwork() {
        Tensor.manualSeed(1);
        return new Sequential(new Flatten(), new Linear(64, 64), new ReLU(), new Linear(64, 10));
    }

    private static DataLoader digits(TensorDataset data, int batch) {
        return DataLoader.builder(data)
                .batchSize(batch)
                .shuffle(true)
                .normalization(Digits.NORMALIZATION)
                .build();
    }

    @Test
    void aNetworkLearnsDigitsAndLeavesItsBestAndLastValues() throws IOException {
        Sequential model = digitsNetwork();
        var optimizer = Adam.builder(model.parameters()).lr(3e-3).build();
        DataLoader train = digits(Digits.train(), 32);
        List<EpochReport> heard = new ArrayList<>();
        List<Trainer.Step> steps = new ArrayList<>();
        var trainer =
                Trainer.builder(model, optimizer, new CrossEntropyLoss())
                        .metric("top-3", new Accuracy(3))
                        .metric("accuracy", new Accuracy())
                        .stepSchedule(
                                OneCycleLR.builder(optimizer, 3e-3)
                                        .totalSteps(4 * train.batches())
                                        .build())
                        .average(WeightAverage.exponential(model, 0.99))
                        .clipNorm(5)
                        .checkpoints(temp.resolve("run"))
                        .log(temp.resolve("log.csv"))
                        .onEpoch(heard::add)
                        .onStep(steps::add)
                        .build();
        List<EpochReport> reports = trainer.fit(train, digits(Digits.test(), 100), 4);
        assertEquals(reports, heard);
        assertEquals(4 * train.batches(), trainer.steps());
        assertEquals(trainer.steps(), steps.getLast().number());
        EpochReport last = reports.getLast();
        assertEquals(1437, last.examples());
        assertEquals(List.of("loss", "top-3", "accuracy"), List.copyOf(last.training().keySet()));
        assertTrue(last.validation().get("accuracy") > 0.94, last.toString());
        assertTrue(last.validation().get("top-3") > last.validation().get("accuracy"));
        assertTrue(last.training().get("loss") < 0.3 * reports.get(0).training().get("loss"));

        List<String> log = Files.readAllLines(temp.resolve("log.csv"));
        assertEquals(5, log.size());
        assertEquals(
                "epoch,seconds,examples,lr,loss,top-3,accuracy,val_loss,val_top-3,val_accuracy",
                log.get(0));
        assertTrue(log.get(4).endsWith("," + last.validation().get("accuracy")));

        int best = 0;
        for (EpochReport r : reports) {
            best = r.best() ? r.epoch() : best;
        }
        var saved = Safetensors.read(temp.resolve("run/best.safetensors"));
        assertEquals(Integer.toString(best), saved.metadata().get("epoch"));
        Sequential again = digitsNetwork();
        again.loadStateDict(saved.tensors());
        var values =
                Trainer.builder(again, optimizer, new CrossEntropyLoss())
                        .metric("accuracy", new Accuracy())
                        .build()
                        .evaluate(digits(Digits.test(), 100).epoch(0));
        assertEquals(reports.get(best - 1).validation().get("accuracy"), values.get("accuracy"));
    }

    /// Points of a line.
    private static final TensorDataset LINE =
            new TensorDataset(
                    Tensor.of(new float[][] {{0}, {1}, {2}, {3}, {4}}),
                    Tensor.of(new float[][] {{1}, {3}, {5}, {7}, {9}}));

    private static Linear line() {
        Tensor.manualSeed(2);
        return new Linear(1, 1);
    }

    private static Trainer.Builder trainer(Linear model, double lr) {
        return Trainer.builder(
                model, SGD.builder(model.parameters()).lr(lr).build(), new MSELoss());
    }

    @Test
    void severalBatchesMakeTheStepOfALargeOne() throws IOException {
        Linear whole = line();
        trainer(whole, 0.05).build().fit(DataLoader.builder(LINE).batchSize(5).build(), null, 3);
        Linear parts = line();
        Trainer trainer = trainer(parts, 0.05).accumulate(3).build();
        List<EpochReport> reports =
                trainer.fit(DataLoader.builder(LINE).batchSize(2).build(), null, 3);
        assertEquals(3, trainer.steps());
        assertEquals(5, reports.get(0).examples());
        assertEquals((Float) whole.weight().item(), (Float) parts.weight().item(), 1e-6f);
        assertTrue(reports.get(0).validation().isEmpty());
    }

    @Test
    void whatIsLeftOverAtTheEndOfAnEpochIsAStepToo() {
        Trainer trainer = trainer(line(), 0.05).accumulate(2).build();
        trainer.train(DataLoader.builder(LINE).batchSize(2).build().epoch(0));
        assertEquals(2, trainer.steps());
    }

    @Test
    void aLossThatIsNoNumberEndsTheTraining() {
        Linear model = line();
        Trainer trainer = trainer(model, 1e30).build();
        var e =
                assertThrows(
                        DivergedException.class,
                        () -> trainer.fit(DataLoader.builder(LINE).build(), null, 9));
        assertTrue(e.getMessage().matches("trainer: the loss is \\w+ in step [23]"), e.toString());
        assertEquals(trainer.steps() + 1, e.step());
        assertFalse(Double.isFinite(e.loss()));
    }

    @Test
    void trainingStopsEarlyOrWhenAsked() throws IOException {
        DataLoader all = DataLoader.builder(LINE).batchSize(5).build();
        Linear model = line();
        Trainer still = trainer(model, 0).earlyStopping(2).build();
        assertEquals(4, still.fit(all, all, 10).size());
        assertEquals(
                List.of(true, false, false, false),
                still.fit(all, all, 0).stream().map(EpochReport::best).toList());

        Trainer[] asked = new Trainer[1];
        asked[0] =
                trainer(model, 0.01)
                        .onStep(step -> {
                            if (step.number() == 7) {
                                asked[0].stop();
                            }
                        })
                        .build();
        assertEquals(1, asked[0].fit(DataLoader.builder(LINE).build(), null, 10).size());
        assertEquals(7, asked[0].steps());
        assertEquals(3, asked[0].fit(DataLoader.builder(LINE).build(), null, 2).size());
    }

    @Test
    void schedulesOfEpochsMoveAfterEach() throws IOException {
        Linear model = line();
        var optimizer = SGD.builder(model.parameters()).lr(0.1).build();
        var trainer =
                Trainer.builder(model, optimizer, new MSELoss())
                        .epochSchedule(new StepLR(optimizer, 1))
                        .log(temp.resolve("log.jsonl"))
                        .build();
        List<EpochReport> reports =
                trainer.fit(DataLoader.builder(LINE).batchSize(5).build(), null, 2);
        double[] rates = reports.stream().mapToDouble(EpochReport::lr).toArray();
        assertArrayEquals(new double[] {0.01, 0.001}, rates, 1e-12);
        var json = new ObjectMapper();
        for (String line : Files.readAllLines(temp.resolve("log.jsonl"))) {
            assertTrue(json.readTree(line).get("loss").isNumber(), line);
        }
        Path svg = temp.resolve("curves.svg");
        Curves.write(svg, reports);
        String text = Files.readString(svg);
        assertTrue(text.contains("<polyline") && !text.contains("NaN"), text);
    }

    @Test
    void evaluationLeavesTheModeAsItWas() {
        Linear model = line();
        Trainer trainer = trainer(model, 0.1).build();
        for (boolean training : new boolean[] {true, false}) {
            model.train(training);
            double loss = trainer.evaluate(DataLoader.builder(LINE).build().epoch(0)).get("loss");
            assertTrue(loss > 0);
            assertEquals(training, model.isTraining());
        }
        assertEquals(0, trainer.steps());
    }

    @Test
    void aValueToWatchMustBeThere() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                trainer(line(), 1)
                                        .metric("auc", new RocAuc())
                                        .watch("accuracy")
                                        .build());
        assertEquals(
                "trainer: there is no value accuracy to watch, but loss and [auc]", e.getMessage());
    }

    /// With all that a training may remember.
    private static Trainer rememberingTrainer(Sequential model) {
        var optimizer = Adam.builder(model.parameters()).lr(1e-3).build();
        return Trainer.builder(model, optimizer, new CrossEntropyLoss())
                .metric("accuracy", new Accuracy())
                .stepSchedule(OneCycleLR.builder(optimizer, 3e-3).totalSteps(200).build())
                .average(WeightAverage.exponential(model, 0.9))
                .earlyStopping(3)
                .build();
    }

    private static Sequential noisyNetwork() {
        Tensor.manualSeed(1);
        return new Sequential(new Flatten(), new Linear(64, 10), new Dropout(0.3));
    }

    @Test
    void aTrainingThatWasBrokenOffGoesOnToTheSameBits() throws IOException {
        DataLoader train = digits(Digits.train(), 64);
        DataLoader test = digits(Digits.test(), 100);
        Sequential whole = noisyNetwork();
        List<EpochReport> expected = rememberingTrainer(whole).fit(train, test, 4);

        Path file = temp.resolve("state.pth");
        Trainer first = rememberingTrainer(noisyNetwork());
        first.fit(train, test, 2);
        Pth.write(file, first.state());
        Sequential model = noisyNetwork();
        Trainer second = rememberingTrainer(model);
        assertEquals(2, second.restore((Map<?, ?>) Pth.read(file)).size());
        List<EpochReport> reports = second.fit(train, test, 2);

        assertEquals(4 * train.batches(), second.steps());
        for (int i = 0; i < 4; i++) {
            assertEquals(expected.get(i).training(), reports.get(i).training());
            assertEquals(expected.get(i).validation(), reports.get(i).validation());
            assertEquals(expected.get(i).lr(), reports.get(i).lr());
            assertEquals(expected.get(i).best(), reports.get(i).best());
        }
        whole.stateDict().forEach((name, t) -> assertTrue(t.equal(model.stateDict().get(name))));
    }

    @Test
    void anotherTrainingsStateIsRefused() throws IOException {
        Trainer plain = trainer(line(), 0.1).build();
        assertThrows(IllegalArgumentException.class, () -> plain.restore(Map.of("steps", 3)));
        Sequential model = digitsNetwork();
        assertThrows(
                IllegalArgumentException.class,
                () -> plain.restore(rememberingTrainer(model).state()));
        var state = trainer(line(), 0.1).build().state();
        plain.fit(DataLoader.builder(LINE).batchSize(5).build(), null, 1);
        var e = assertThrows(IllegalStateException.class, () -> plain.restore(state));
        assertEquals("trainer: restored after step 1, not before the first", e.getMessage());
    }

    @Test
    void whoStopsATrainingWhileItValidatesWaitsForNoMoreThanABatch() throws IOException {
        Linear model = line();
        int[] validated = new int[1];
        Trainer[] asked = new Trainer[1];
        asked[0] =
                Trainer.builder(
                                model,
                                SGD.builder(model.parameters()).lr(0.01).build(),
                                (y, target) -> {
                                    if (!model.isTraining() && ++validated[0] == 2) {
                                        asked[0].stop();
                                    }
                                    return y.sub(target).square().mean();
                                })
                        .build();
        DataLoader ones = DataLoader.builder(LINE).build();
        assertEquals(0, asked[0].fit(ones, ones, 3).size());
        assertEquals(2, validated[0]);
        assertTrue(model.isTraining());
        assertEquals(3, asked[0].fit(ones, ones, 3).size());
        asked[0].stop();
        assertEquals(3, asked[0].fit(ones, ones, 1).size());
    }
}
