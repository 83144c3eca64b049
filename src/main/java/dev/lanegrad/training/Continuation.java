package dev.lanegrad.training;

import dev.lanegrad.DType;
import dev.lanegrad.Generator;
import dev.lanegrad.Tensor;
import dev.lanegrad.optim.LRScheduler;
import dev.lanegrad.optim.OptimizerState;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What the steps to come of a [Trainer] depend on, in types that [dev.lanegrad.io.Pth] writes.
final class Continuation {
    private static final String MODEL = "model";
    private static final String OPTIMIZER = "optimizer";
    private static final String STEPS = "steps";
    private static final String EPOCHS = "epochs";
    private static final String AVERAGE = "average";
    private static final String RNG = "rng";

    private final Trainer.Builder options;

    Continuation(Trainer.Builder options) {
        this.options = options;
    }

    SequencedMap<String, Object> state(int steps, List<EpochReport> reports) {
        SequencedMap<String, Object> state = new LinkedHashMap<>();
        state.put(MODEL, options.model.stateDict());
        state.put(OPTIMIZER, options.optimizer.stateDict().toMap());
        state.put(STEPS, steps);
        state.put(EPOCHS, reports.stream().map(Continuation::entry).toList());
        if (options.average != null) {
            state.put(AVERAGE, options.average.state());
        }
        state.put(RNG, rng());
        return state;
    }

    /// What [#restore(Map)] does not put in its place itself.
    record Progress(int steps, List<EpochReport> reports) {}

    Progress restore(Map<?, ?> state) {
        if (!(state.get(MODEL) instanceof Map<?, ?> model)
                || !(state.get(OPTIMIZER) instanceof Map<?, ?> optimizer)
                || !(state.get(STEPS) instanceof Number steps)
                || !(state.get(EPOCHS) instanceof List<?> epochs)
                || !(state.get(RNG) instanceof Tensor random)
                || (state.get(AVERAGE) == null) != (options.average == null)) {
            throw new IllegalArgumentException("trainer: this is not the state of such a training");
        }
        List<EpochReport> reports = epochs.stream().map(Continuation::report).toList();
        OptimizerState memory = OptimizerState.of(optimizer);
        options.model.loadStateDict(tensors(model));
        if (options.average != null) {
            options.average.restore(map(state.get(AVERAGE)));
        }
        move(options.perStep, steps.intValue());
        move(options.perEpoch, reports.size());
        options.optimizer.loadStateDict(memory); // the rates too, which are now those of schedules
        Generator.defaultGenerator().state(bytes(random));
        return new Progress(steps.intValue(), reports);
    }

    private static void move(@Nullable LRScheduler schedule, int steps) {
        for (int i = 0; i < steps && schedule != null; i++) {
            schedule.step();
        }
    }

    static SequencedMap<String, Tensor> tensors(Map<?, ?> named) {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        named.forEach((name, value) -> {
            if (!(value instanceof Tensor t)) {
                throw new IllegalArgumentException("trainer: " + name + " is no tensor");
            }
            tensors.put(String.valueOf(name), t);
        });
        return tensors;
    }

    // ------------------------------------------------------------ reports

    private static Map<String, Object> entry(EpochReport r) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("epoch", r.epoch());
        entry.put("seconds", r.seconds());
        entry.put("examples", r.examples());
        entry.put("lr", r.lr());
        entry.put("training", r.training());
        entry.put("validation", r.validation());
        entry.put("best", r.best());
        return entry;
    }

    private static EpochReport report(@Nullable Object entry) {
        Map<?, ?> e = map(entry);
        return new EpochReport(
                number(e.get("epoch")).intValue(),
                number(e.get("seconds")).doubleValue(),
                number(e.get("examples")).intValue(),
                number(e.get("lr")).doubleValue(),
                values(e.get("training")),
                values(e.get("validation")),
                Boolean.TRUE.equals(e.get("best")));
    }

    private static SequencedMap<String, Double> values(@Nullable Object named) {
        SequencedMap<String, Double> values = new LinkedHashMap<>();
        map(named).forEach((name, v) -> values.put(String.valueOf(name), number(v).doubleValue()));
        return values;
    }

    static Number number(@Nullable Object value) {
        if (value instanceof Number n) {
            return n;
        }
        throw new IllegalArgumentException("trainer: " + value + " is no number");
    }

    static Map<?, ?> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException("trainer: " + value + " is no dict");
    }

    // ------------------------------------------------------------ randomness

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
}
