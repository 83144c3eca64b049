package dev.lanegrad.training;

import dev.lanegrad.Autograd;
import dev.lanegrad.Lanegrad;
import dev.lanegrad.Tensor;
import dev.lanegrad.data.DataLoader.Batch;
import dev.lanegrad.nn.ClipGrad;
import dev.lanegrad.nn.Module;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/// Steps and passes of a [Trainer].
final class Loop {
    private final Module model;
    private final Trainer.Builder options;
    private int steps;

    Loop(Trainer.Builder options) {
        model = options.model;
        this.options = options;
    }

    int steps() {
        return steps;
    }

    /// Goes on as if after so many steps.
    void steps(int done) {
        steps = done;
    }

    /// Sums over the batches of a pass.
    final class Totals {
        private double loss;
        private int examples;

        private void add(double batchLoss, int size) {
            loss += batchLoss * size;
            examples += size;
        }

        int examples() {
            return examples;
        }

        /// `loss`, and the metrics until the next pass begins.
        SequencedMap<String, Double> values() {
            SequencedMap<String, Double> values = new LinkedHashMap<>();
            values.put("loss", loss / examples);
            options.metrics.forEach((name, metric) -> values.put(name, metric.value()));
            return values;
        }
    }

    /// Learns from all batches, or until `stopped`.
    Totals learn(Iterable<Batch> batches, BooleanSupplier stopped) {
        model.train();
        options.metrics.values().forEach(Metric::reset);
        Totals totals = new Totals();
        List<Batch> group = new ArrayList<>();
        for (Batch batch : batches) {
            group.add(batch);
            if (group.size() == options.accumulated) {
                step(group, totals);
                group.clear();
            }
            if (stopped.getAsBoolean()) {
                return totals;
            }
        }
        if (!group.isEmpty()) {
            step(group, totals);
        }
        return totals;
    }

    private void step(List<Batch> group, Totals totals) {
        Trainer.Step step = step(group);
        totals.add(step.loss(), step.examples());
    }

    Trainer.Step step(List<Batch> batches) {
        int examples = batches.stream().mapToInt(Batch::size).sum();
        double sum = 0;
        options.optimizer.zeroGrad();
        for (Batch batch : batches) {
            double share = (double) batch.size() / examples;
            try (var _ = Lanegrad.scope()) {
                Tensor output = model.call(batch.inputs());
                Tensor loss = options.loss.apply(output, batch.targets());
                double value = ((Number) loss.item()).doubleValue();
                if (!Double.isFinite(value)) {
                    throw new DivergedException(value, steps + 1);
                }
                (share == 1 ? loss : loss.mul(share)).backward();
                collect(output, batch);
                sum += value * share;
            }
        }
        move();
        Trainer.Step step = new Trainer.Step(steps, sum, examples);
        options.onStep.accept(step);
        return step;
    }

    private void move() {
        try (var _ = Lanegrad.scope()) {
            if (options.maxNorm < Double.POSITIVE_INFINITY) {
                ClipGrad.norm_(model.parameters(), options.maxNorm);
            }
            options.optimizer.step();
            if (options.average != null) {
                options.average.update();
            }
        }
        if (options.perStep != null) {
            options.perStep.step();
        }
        steps++;
    }

    private void collect(Tensor output, Batch batch) {
        try (var _ = Autograd.noGrad()) {
            options.metrics.values().forEach(m -> m.add(output.detach(), batch.targets()));
        }
    }

    /// Over all batches, or until `stopped`.
    Totals evaluate(Iterable<Batch> batches, BooleanSupplier stopped) {
        boolean training = model.isTraining();
        model.eval();
        options.metrics.values().forEach(Metric::reset);
        Totals totals = new Totals();
        for (Batch batch : batches) {
            try (var _ = Lanegrad.scope();
                    var _ = Autograd.noGrad()) {
                Tensor output = model.call(batch.inputs());
                Tensor loss = options.loss.apply(output, batch.targets());
                collect(output, batch);
                totals.add(((Number) loss.item()).doubleValue(), batch.size());
            }
            if (stopped.getAsBoolean()) {
                break;
            }
        }
        model.train(training);
        return totals;
    }
}
