package dev.lanegrad.optim;

import dev.lanegrad.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The method of Broyden, Fletcher, Goldfarb and Shanno with limited memory, as
/// `torch.optim.LBFGS`: for smooth losses that are computed on all data at once. Has one group.
///
/// A step computes the loss several times, so it needs a closure:
///
/// ```java
/// var optimizer = LBFGS.builder(model.parameters()).strongWolfe(true).build();
/// optimizer.step(() -> {
///     optimizer.zeroGrad();
///     Tensor loss = model.forward(x).sub(y).square().mean();
///     loss.backward();
///     return loss;
/// });
/// ```
///
/// What it remembers is saved under the first parameter, in PyTorch's names: numbers as tensors
/// without axes, lists as one tensor whose rows are their elements.
public final class LBFGS extends Optimizer {
    private static final String STRONG_WOLFE = "strong_wolfe";

    private final CurvaturePairs pairs = new CurvaturePairs();
    private int evaluations;
    private int iterations;
    private @Nullable Tensor direction;
    private @Nullable Tensor lastGradient;
    private double length;
    private double lastLoss;

    private LBFGS(Builder builder) {
        super(builder);
    }

    /// Of no parameters yet.
    public static Builder builder() {
        return new Builder();
    }

    /// Of these parameters, in one group.
    public static Builder builder(List<Tensor> params) {
        return builder().group(params);
    }

    /// The options; unset ones are as in PyTorch: `lr` 1, 20 iterations a step, 100 remembered
    /// pairs, no line search.
    public static final class Builder extends Optimizer.Builder<Builder> {
        private Builder() {
            option("lr", 1).option("max_iter", 20).option("max_eval", null);
            option("tolerance_grad", 1e-7).option("tolerance_change", 1e-9);
            option("history_size", 100).option("line_search_fn", null);
        }

        @Override
        Builder self() {
            return this;
        }

        /// Iterations of a step at most.
        public Builder maxIter(int iterations) {
            return option("max_iter", iterations);
        }

        /// Computations of the loss in a step at most; if not set, a quarter more than iterations.
        public Builder maxEval(int evaluations) {
            return option("max_eval", evaluations);
        }

        /// A step ends when no element of the gradient is larger.
        public Builder toleranceGrad(Number tolerance) {
            return option("tolerance_grad", tolerance);
        }

        /// A step ends when neither loss nor parameters change by more.
        public Builder toleranceChange(Number tolerance) {
            return option("tolerance_change", tolerance);
        }

        /// How many pairs of differences are remembered.
        public Builder historySize(int pairs) {
            return option("history_size", pairs);
        }

        /// Whether the length of each iteration is searched for, until Wolfe's strong conditions
        /// hold; else it is the learning rate.
        public Builder strongWolfe(boolean search) {
            return option("line_search_fn", search ? STRONG_WOLFE : null);
        }

        /// The optimizer.
        ///
        /// @throws IllegalArgumentException if there are no parameters or several groups of them,
        ///   one is not a leaf or comes twice, or an option is invalid
        public LBFGS build() {
            if (option("max_eval") == null && option("max_iter") instanceof Number n) {
                option("max_eval", n.intValue() * 5 / 4);
            }
            return new LBFGS(this);
        }
    }

    @Override
    void check(ParamGroup group) {
        nonNegative(group, "lr", "learning rate");
        Object search = group.get("line_search_fn");
        require(search == null || search.equals(STRONG_WOLFE), "only 'strong_wolfe' is supported");
        require(
                paramGroups().isEmpty(),
                "LBFGS doesn't support per-parameter options (parameter groups)");
    }

    @Override
    void update(Tensor w, Tensor gradient, ParamGroup group) {
        throw new AssertionError("all parameters are moved at once");
    }

    // ------------------------------------------------------------ steps

    @Override
    Tensor move(@Nullable Supplier<Tensor> closure) {
        if (closure == null) {
            throw new IllegalArgumentException(
                    "LBFGS: a step needs a closure, as it computes the loss several times");
        }
        ParamGroup group = paramGroups().getFirst();
        Tensor first = closure.get();
        Point here = new Point(value(first), gradient());
        evaluations++;
        int maxIterations = (int) group.number("max_iter");
        int left = (int) group.number("max_eval") - 1;
        double change = group.number("tolerance_change");
        boolean done = isFlat(here.gradient, group);
        for (int i = 1; i <= maxIterations && !done; i++) {
            Tensor d = newDirection(here, group);
            double slope = product(here.gradient, d);
            if (slope > -change) {
                break;
            }
            int before = evaluations;
            here = advance(here, d, slope, closure, i < maxIterations, group);
            left -= evaluations - before;
            done =
                    left <= 0
                            || isFlat(here.gradient, group)
                            || largest(d) * length <= change
                            || Math.abs(here.loss - lastLoss) < change;
        }
        keep();
        return first;
    }

    /// Loss and gradient somewhere.
    private record Point(double loss, Tensor gradient) {}

    /// Where to go from `here`, and how far at first, with what the last iteration taught.
    private Tensor newDirection(Point here, ParamGroup group) {
        iterations++;
        Tensor last = lastGradient;
        Tensor d = direction;
        Tensor next = here.gradient.neg();
        double came = length;
        length = group.lr();
        if (last == null || d == null) {
            length *= Math.min(1, 1 / ((Number) here.gradient.abs().sum().item()).doubleValue());
        } else {
            pairs.learn(here.gradient.sub(last), d.mul(came), (int) group.number("history_size"));
            pairs.turn(next);
        }
        lastGradient = here.gradient;
        lastLoss = here.loss;
        direction = next;
        return next;
    }

    /// Moves the parameters along `d`, and computes the loss there if a line search has not and the
    /// step `goesOn`.
    private Point advance(
            Point here,
            Tensor d,
            double slope,
            Supplier<Tensor> closure,
            boolean goesOn,
            ParamGroup group) {
        if (group.get("line_search_fn") != null) {
            List<Tensor> start = group.params().stream().map(p -> p.detach().clone()).toList();
            LineSearch search =
                    new LineSearch(
                            t -> {
                                shift(t, d);
                                Point there = new Point(value(closure.get()), gradient());
                                evaluations++;
                                for (int i = 0; i < start.size(); i++) {
                                    group.params().get(i).copy_(start.get(i));
                                }
                                return new LineSearch.Trial(
                                        t, there.loss, there.gradient, product(there.gradient, d));
                            },
                            largest(d),
                            new LineSearch.Trial(0, here.loss, here.gradient, slope));
            LineSearch.Trial found = search.run(length);
            length = found.t();
            shift(length, d);
            return new Point(found.loss(), found.gradient());
        }
        shift(length, d);
        if (!goesOn) {
            return here;
        }
        evaluations++;
        return new Point(value(closure.get()), gradient());
    }

    private void shift(double t, Tensor d) {
        int from = 0;
        for (Tensor p : paramGroups().getFirst().params()) {
            p.add_(d.narrow(0, from, p.numel()).view(p.shape().toArray()), t);
            from += p.numel();
        }
    }

    /// The gradients of all parameters, one after the other.
    private Tensor gradient() {
        List<Tensor> parts = new ArrayList<>();
        for (Tensor p : paramGroups().getFirst().params()) {
            Tensor g = p.grad();
            parts.add(g == null ? Tensor.zerosLike(p.detach()).flatten() : g.flatten());
        }
        return Tensor.cat(parts, 0);
    }

    private static boolean isFlat(Tensor gradient, ParamGroup group) {
        return largest(gradient) <= group.number("tolerance_grad");
    }

    private static double value(Tensor x) {
        return ((Number) x.item()).doubleValue();
    }

    private static double product(Tensor a, Tensor b) {
        return value(a.dot(b));
    }

    private static double largest(Tensor x) {
        return value(x.abs().max());
    }

    /// What the next step needs outlives the scope of this one.
    private void keep() {
        pairs.keep();
        if (direction != null && lastGradient != null) {
            direction.keep();
            lastGradient.keep();
        }
    }

    // ------------------------------------------------------------ state

    private Tensor first() {
        return paramGroups().getFirst().params().getFirst();
    }

    @Override
    SequencedMap<String, Tensor> saved(Tensor w) {
        SequencedMap<String, Tensor> state = new LinkedHashMap<>();
        Tensor d = direction;
        Tensor last = lastGradient;
        if (w != first() || evaluations == 0) {
            return state;
        }
        state.put("func_evals", Tensor.scalar((long) evaluations));
        state.put("n_iter", Tensor.scalar((long) iterations));
        if (d == null || last == null) {
            return state;
        }
        state.put("al", Tensor.of(pairs.lastProducts()));
        state.put("d", d);
        state.put("t", Tensor.scalar(length));
        state.put("old_dirs", pairs.changes(d));
        state.put("old_stps", pairs.steps(d));
        state.put("ro", Tensor.of(pairs.inverses()));
        state.put("H_diag", Tensor.scalar(pairs.scale()));
        state.put("prev_flat_grad", last);
        state.put("prev_loss", Tensor.scalar(lastLoss));
        return state;
    }

    @Override
    SequencedMap<String, Tensor> copy(SequencedMap<String, Tensor> own, Tensor w) {
        int n = paramGroups().getFirst().params().stream().mapToInt(Tensor::numel).sum();
        SequencedMap<String, Tensor> copies = new LinkedHashMap<>();
        own.forEach((name, t) -> {
            boolean vectors = List.of("d", "prev_flat_grad", "old_dirs", "old_stps").contains(name);
            require(
                    !vectors || (t.dim() > 0 && t.size(-1) == n),
                    "loaded state dict: %s is %s but there are %d parameters"
                            .formatted(name, t.shape(), n));
            copies.put(name, (vectors ? t.to(w.dtype()) : t).detach().clone().keep());
        });
        return copies;
    }

    @Override
    void restored() {
        SequencedMap<String, Tensor> state = state(first());
        evaluations = (int) number(state, "func_evals");
        iterations = (int) number(state, "n_iter");
        length = number(state, "t");
        lastLoss = number(state, "prev_loss");
        direction = state.get("d");
        lastGradient = state.get("prev_flat_grad");
        pairs.restore(state);
        state.clear();
        keep();
    }

    private static double number(SequencedMap<String, Tensor> state, String name) {
        Tensor t = state.get(name);
        return t == null ? 0 : value(t);
    }
}
