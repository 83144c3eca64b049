package dev.lanegrad.training;

import dev.lanegrad.Autograd;
import dev.lanegrad.Tensor;
import dev.lanegrad.nn.Module;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.IntToDoubleFunction;

/// An average of a network's parameters and buffers over the steps of training, which often tests
/// better than the last values, as `torch.optim.swa_utils.AveragedModel` with `use_buffers`.
///
/// ```java
/// var average = WeightAverage.exponential(model, 0.999);
/// ... average.update(); // after each step
/// try (var _ = average.inPlace()) {
///     test(model); // with the average
/// }
/// ```
public final class WeightAverage {
    private final Module model;
    private final IntToDoubleFunction share;
    private final SequencedMap<String, Tensor> average = new LinkedHashMap<>();
    private int updates;

    private WeightAverage(Module model, IntToDoubleFunction share) {
        this.model = model;
        this.share = share;
        model.stateDict().forEach((name, t) -> average.put(name, t.clone().keep()));
    }

    /// Keeps `decay` of the average in each step, less in the first ones, so that the values from
    /// before training fade: `(1 + n) / (10 + n)` at most.
    ///
    /// @throws IllegalArgumentException if the decay is not in 0 to 1
    public static WeightAverage exponential(Module model, double decay) {
        if (!(decay >= 0 && decay <= 1)) {
            throw new IllegalArgumentException("exponential: decay " + decay + " is not in 0 to 1");
        }
        return new WeightAverage(model, n -> 1 - Math.min(decay, (1.0 + n) / (10 + n)));
    }

    /// The mean of the values at all updates (stochastic weight averaging, Izmailov et al. 2018).
    public static WeightAverage mean(Module model) {
        return new WeightAverage(model, n -> 1.0 / (n + 1));
    }

    /// Takes the network's present values into the average. What is not floating point is taken as
    /// it is.
    public void update() {
        double taken = share.applyAsDouble(updates++);
        try (var _ = Autograd.noGrad()) {
            model.stateDict()
                    .forEach((name, now) -> {
                        Tensor mean = average.get(name);
                        if (mean != null && now.dtype().isFloatingPoint()) {
                            mean.lerp_(now, taken);
                        } else if (mean != null) {
                            mean.copy_(now);
                        }
                    });
        }
    }

    /// The average, by the names of the network's state.
    public SequencedMap<String, Tensor> stateDict() {
        return new LinkedHashMap<>(average);
    }

    /// What the updates to come depend on.
    SequencedMap<String, Object> state() {
        SequencedMap<String, Object> state = new LinkedHashMap<>();
        state.put("values", stateDict());
        state.put("updates", updates);
        return state;
    }

    void restore(Map<?, ?> state) {
        var values = Continuation.tensors(Continuation.map(state.get("values")));
        if (!values.keySet().equals(average.keySet())) {
            throw new IllegalArgumentException("trainer: the average is of another network");
        }
        updates = Continuation.number(state.get("updates")).intValue();
        try (var _ = Autograd.noGrad()) {
            average.forEach((name, mean) -> mean.copy_(values.getOrDefault(name, mean)));
        }
    }

    /// The network's own values while it has the average.
    public interface Replaced extends AutoCloseable {
        /// Gives the network its own values back.
        @Override
        void close();
    }

    /// Gives the network the values of the average until the result is closed.
    public Replaced inPlace() {
        SequencedMap<String, Tensor> own = new LinkedHashMap<>();
        model.stateDict().forEach((name, t) -> own.put(name, t.clone().keep()));
        model.loadStateDict(average);
        return () -> model.loadStateDict(own);
    }
}
