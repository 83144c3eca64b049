package dev.lanegrad.training;

import dev.lanegrad.Tensor;
import dev.lanegrad.data.DataLoader;
import dev.lanegrad.data.DataLoader.Batch;
import dev.lanegrad.io.Safetensors;
import dev.lanegrad.nn.Loss;
import dev.lanegrad.nn.Module;
import dev.lanegrad.optim.LRScheduler;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.optim.ParamGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A training loop. All of it, or a pass, or a step at a time; nothing is to be inherited from.
///
/// ```java
/// var optimizer = AdamW.builder(model.parameters()).lr(1e-3).build();
/// var trainer = Trainer.builder(model, optimizer, new CrossEntropyLoss())
///         .metric("accuracy", new Accuracy())
///         .checkpoints(Path.of("run"))
///         .onEpoch(report -> IO.println(report.values()))
///         .build();
/// trainer.fit(trainLoader, testLoader, 20);
/// ```
///
/// The outcome depends on the network, the seeds and the data alone, not on the number of threads.
public final class Trainer {
    private final Builder options;
    private final Loop loop;
    private final List<EpochReport> reports = new ArrayList<>();
    private @Nullable EarlyStopping watch;
    private volatile boolean stopped;

    private Trainer(Builder options) {
        this.options = options;
        loop = new Loop(options);
    }

    /// A training of `model` whose loss is a criterion of `dev.lanegrad.nn`.
    public static Builder builder(Module model, Optimizer optimizer, Loss loss) {
        return builder(model, optimizer, (output, target) -> loss.forward(output, target));
    }

    /// A training of `model`; `loss` takes its output and the target, and gives a mean over the
    /// batch.
    public static Builder builder(Module model, Optimizer optimizer, BinaryOperator<Tensor> loss) {
        return new Builder(model, optimizer, loss);
    }

    /// Options of a [Trainer].
    public static final class Builder {
        final Module model;
        final Optimizer optimizer;
        final BinaryOperator<Tensor> loss;
        final SequencedMap<String, Metric> metrics = new LinkedHashMap<>();
        private String watched = "loss";
        int accumulated = 1;
        double maxNorm = Double.POSITIVE_INFINITY;
        @Nullable LRScheduler perStep;
        @Nullable LRScheduler perEpoch;
        @Nullable WeightAverage average;
        private @Nullable Path folder;
        private @Nullable TrainingLog log;
        private int patience = Integer.MAX_VALUE;
        Consumer<Step> onStep = _ -> {};
        private Consumer<EpochReport> onEpoch = _ -> {};

        private Builder(Module model, Optimizer optimizer, BinaryOperator<Tensor> loss) {
            this.model = model;
            this.optimizer = optimizer;
            this.loss = loss;
        }

        /// Adds a number to the reports; the last one added is watched, unless [#watch(String)]
        /// says otherwise.
        public Builder metric(String name, Metric metric) {
            metrics.put(name, metric);
            watched = name;
            return this;
        }

        /// Which value decides what is best: `loss` or a metric's, over the validation examples if
        /// there are any.
        public Builder watch(String name) {
            watched = name;
            return this;
        }

        /// Moves the learning rate after each step of the optimizer; null for none.
        public Builder stepSchedule(@Nullable LRScheduler schedule) {
            perStep = schedule;
            return this;
        }

        /// Moves the learning rate after each epoch; null for none.
        public Builder epochSchedule(@Nullable LRScheduler schedule) {
            perEpoch = schedule;
            return this;
        }

        /// How many batches one step of the optimizer learns from, as if they were one.
        ///
        /// @throws IllegalArgumentException if not positive
        public Builder accumulate(int batches) {
            if (batches < 1) {
                throw new IllegalArgumentException("trainer: a step of " + batches + " batches");
            }
            accumulated = batches;
            return this;
        }

        /// Shortens gradients whose norm is larger.
        public Builder clipNorm(double largest) {
            maxNorm = largest;
            return this;
        }

        /// Validates, and keeps as the best, an average of the weights, which follows each step.
        public Builder average(@Nullable WeightAverage weights) {
            average = weights;
            return this;
        }

        /// Leaves `last.safetensors` and `best.safetensors` in a folder after each epoch.
        public Builder checkpoints(@Nullable Path folder) {
            this.folder = folder;
            return this;
        }

        /// Adds a line to a file after each epoch, see [TrainingLog].
        public Builder log(@Nullable Path file) {
            log = file == null ? null : new TrainingLog(file);
            return this;
        }

        /// Stops when the watched value was no better for more than `epochs` epochs in a row.
        public Builder earlyStopping(int epochs) {
            patience = epochs;
            return this;
        }

        /// Is told of each step.
        public Builder onStep(Consumer<Step> listener) {
            onStep = listener;
            return this;
        }

        /// Is told of each epoch.
        public Builder onEpoch(Consumer<EpochReport> listener) {
            onEpoch = listener;
            return this;
        }

        /// The trainer.
        ///
        /// @throws IllegalArgumentException if no value has the name of the watched one
        public Trainer build() {
            if (!watched.equals("loss") && !metrics.containsKey(watched)) {
                throw new IllegalArgumentException(
                        "trainer: there is no value %s to watch, but loss and %s"
                                .formatted(watched, metrics.keySet()));
            }
            return new Trainer(this);
        }
    }

    /// What a step did.
    ///
    /// @param number steps so far
    /// @param loss mean over its examples
    /// @param examples learned from
    public record Step(int number, double loss, int examples) {}

    // ------------------------------------------------------------ the whole

    /// Learns for `epochs` more epochs, or until it is [stopped][#stop()], and returns the reports
    /// of all so far. An epoch that was stopped has none.
    ///
    /// @param validation examples to validate with after each epoch; null for none
    /// @throws DivergedException if the loss is no finite number any more
    /// @throws IOException if a checkpoint or the log cannot be written
    public List<EpochReport> fit(DataLoader training, @Nullable DataLoader validation, int epochs)
            throws IOException {
        int last = reports.size() + epochs;
        try {
            while (reports.size() < last && !stopped) {
                long start = System.nanoTime();
                Loop.Totals totals = loop.learn(training.epoch(reports.size()), () -> stopped);
                if (stopped) {
                    break;
                }
                double seconds = (System.nanoTime() - start) * 1e-9;
                SequencedMap<String, Double> learned = totals.values();
                if (options.perEpoch != null) {
                    options.perEpoch.step();
                }
                report(totals, seconds, learned, validation);
            }
        } finally {
            stopped = false;
        }
        return List.copyOf(reports);
    }

    private void report(
            Loop.Totals totals,
            double seconds,
            SequencedMap<String, Double> learned,
            @Nullable DataLoader validation)
            throws IOException {
        ParamGroup group = options.optimizer.paramGroups().getFirst();
        double lr = group.lr();
        WeightAverage average = options.average;
        try (var _ = average == null ? null : average.inPlace()) {
            SequencedMap<String, Double> validated =
                    validation == null
                            ? new LinkedHashMap<>()
                            : loop.evaluate(validation.epoch(0), () -> stopped).values();
            if (stopped) {
                return;
            }
            boolean stops = stopsAfter(learned, validated);
            EpochReport report =
                    new EpochReport(
                            reports.size() + 1,
                            seconds,
                            totals.examples(),
                            lr,
                            learned,
                            validated,
                            watch().isBest());
            reports.add(report);
            save(report);
            options.onEpoch.accept(report);
            stopped |= stops;
        }
    }

    private boolean stopsAfter(Map<String, Double> learned, Map<String, Double> validated) {
        Map<String, Double> judged = validated.isEmpty() ? learned : validated;
        return watch().stopsAfter(judged.getOrDefault(options.watched, Double.NaN));
    }

    private EarlyStopping watch() {
        EarlyStopping now = watch;
        if (now == null) {
            Metric metric = options.metrics.get(options.watched);
            boolean rising = metric != null && metric.risesWhenBetter();
            now = new EarlyStopping(options.patience, 0, rising);
            watch = now;
        }
        return now;
    }

    private void save(EpochReport report) throws IOException {
        if (options.folder != null) {
            Files.createDirectories(options.folder);
            Map<String, String> metadata = new LinkedHashMap<>();
            metadata.put("format", "pt");
            report.values().forEach((name, value) -> metadata.put(name, String.valueOf(value)));
            var state = options.model.stateDict();
            Safetensors.write(options.folder.resolve("last.safetensors"), state, metadata);
            if (report.best()) {
                Safetensors.write(options.folder.resolve("best.safetensors"), state, metadata);
            }
        }
        if (options.log != null) {
            options.log.add(report);
        }
    }

    /// Ends [#fit], the one that runs or else the next one, after the batch that it is at; may be
    /// called from any thread.
    public void stop() {
        stopped = true;
    }

    /// All that the epochs to come depend on, and the reports of those that were: model, optimizer,
    /// average, and the default random stream. [dev.lanegrad.io.Pth] writes and reads it.
    public SequencedMap<String, Object> state() {
        return new Continuation(options).state(loop.steps(), reports);
    }

    /// Goes on from the [#state()] of a training that was built alike, to the same bits as if it
    /// had not been broken off. Returns its reports.
    ///
    /// @throws IllegalStateException if this training has done a step already
    /// @throws IllegalArgumentException if it is another's; what fits may have moved then
    public List<EpochReport> restore(Map<?, ?> state) {
        if (loop.steps() > 0) {
            throw new IllegalStateException(
                    "trainer: restored after step %d, not before the first"
                            .formatted(loop.steps()));
        }
        Continuation.Progress progress = new Continuation(options).restore(state);
        loop.steps(progress.steps());
        for (EpochReport report : progress.reports()) {
            boolean _ = stopsAfter(report.training(), report.validation());
            reports.add(report);
        }
        return List.copyOf(reports);
    }

    /// Steps of the optimizer so far.
    public int steps() {
        return loop.steps();
    }

    // ------------------------------------------------------------ its parts

    /// Learns from all batches once; returns `loss` and metrics over them.
    ///
    /// @throws DivergedException if the loss is no finite number any more
    public SequencedMap<String, Double> train(Iterable<Batch> batches) {
        return loop.learn(batches, () -> false).values();
    }

    /// One step of the optimizer from the mean of the losses of some batches, weighted by their
    /// sizes; the network's mode stays.
    ///
    /// @throws DivergedException if the loss is no finite number; then nothing has moved
    public Step step(List<Batch> batches) {
        return loop.step(batches);
    }

    /// `loss` and metrics over all batches, in evaluation mode and without gradients; the network's
    /// mode is then as before.
    public SequencedMap<String, Double> evaluate(Iterable<Batch> batches) {
        return loop.evaluate(batches, () -> false).values();
    }
}
