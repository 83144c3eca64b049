package dev.lanegrad.nn;

import dev.lanegrad.Plan;
import dev.lanegrad.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A network that has learned, as the calls of kernels that it comes to for inputs of one shape:
/// bit for bit what `model.call(x)` gives in evaluation mode, without a walk through modules and
/// without new memory but the result's.
///
/// ```java
/// Inference inference = Inference.compile(model.eval(), example);
/// Tensor y = inference.run(x);
/// ```
///
/// Any number of threads may use one: as many plans are made as are in use at once, each with
/// memory of its own. A weight that is written to makes them anew at the next call. What is
/// [replaced][Module#replace] in the network later is not noticed.
public final class Inference {
    private final Module model;
    private final Tensor example;
    private final ArrayDeque<Plan> idle = new ArrayDeque<>();

    private Inference(Module model, Tensor example) {
        this.model = model;
        this.example = example;
    }

    /// The plan of a network for inputs of the example's shape and type. The network runs about ten
    /// times.
    ///
    /// @param example an input like those to come; its values matter only in that others are made
    ///   of them, to try whether the plan holds for these too
    /// @throws IllegalArgumentException if the network is in training mode or cannot be planned: if
    ///   it looks at values, draws random numbers or keeps something from one call to the next
    public static Inference compile(Module model, Tensor example) {
        Inference inference = new Inference(model, example.detach().clone().keep());
        inference.giveBack(inference.plan());
        return inference;
    }

    /// The network's result, in memory of its own; nothing is recorded.
    ///
    /// @throws IllegalArgumentException if x has not the example's shape and type
    public Tensor run(Tensor x) {
        Plan plan = take();
        if (plan == null || !plan.isCurrent()) {
            plan = plan();
        }
        try {
            return plan.run(x);
        } finally {
            giveBack(plan);
        }
    }

    private Plan plan() {
        if (model.isTraining()) {
            throw new IllegalArgumentException(
                    "compile: %s is in training mode (call eval() first)"
                            .formatted(model.typeName()));
        }
        List<Tensor> constants = new ArrayList<>(model.parameters());
        constants.addAll(model.buffers());
        return Plan.of(model::call, constants, example);
    }

    private synchronized @Nullable Plan take() {
        return idle.poll();
    }

    private synchronized void giveBack(Plan plan) {
        idle.push(plan);
    }
}
