package dev.lanegrad.optim;

import dev.lanegrad.DType;
import dev.lanegrad.Tensor;
import java.util.List;

/// Steps along the momentum made orthogonal, for the matrices within a network, as
/// `torch.optim.Muon` (Jordan et al. 2024). What is no matrix, and as a rule embeddings and the
/// last layer, belong to another optimizer.
///
/// The Newton-Schulz iteration that makes a matrix orthogonal runs, as PyTorch's, in bfloat16.
public final class Muon extends Optimizer {
    private static final String MATCH = "match_rms_adamw";
    private static final String ORIGINAL = "original";

    private Muon(Builder builder) {
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

    /// The options; unset ones are as in PyTorch, `lr` 1e-3, weight decay 0.1, momentum 0.95,
    /// Nesterov's.
    public static final class Builder extends Optimizer.Builder<Builder> {
        private Builder() {
            option("lr", 1e-3).option("weight_decay", 0.1).option("momentum", 0.95);
            option("nesterov", true).option("ns_coefficients", List.of(3.4445, -4.775, 2.0315));
            option("eps", 1e-7).option("ns_steps", 5).option("adjust_lr_fn", null);
        }

        @Override
        Builder self() {
            return this;
        }

        /// The share of a parameter that decays with each step, times the learning rate.
        public Builder weightDecay(Number weightDecay) {
            return option("weight_decay", weightDecay);
        }

        /// How much of the momentum each step keeps.
        public Builder momentum(Number momentum) {
            return option("momentum", momentum);
        }

        /// Whether to step along the momentum that the step leads to.
        public Builder nesterov(boolean nesterov) {
            return option("nesterov", nesterov);
        }

        /// How often the matrix is brought nearer to an orthogonal one.
        public Builder nsSteps(int steps) {
            return option("ns_steps", steps);
        }

        /// Whether the steps are as large as AdamW's as a rule are, so that its learning rates
        /// suit; else they grow with the root of rows by columns.
        public Builder matchRmsAdamw(boolean match) {
            return option("adjust_lr_fn", match ? MATCH : null);
        }

        /// The optimizer.
        ///
        /// @throws IllegalArgumentException if there are no parameters, one is not a leaf, comes
        ///   twice or is no matrix, or an option is invalid
        public Muon build() {
            return new Muon(this);
        }
    }

    @Override
    void check(ParamGroup group) {
        String least = " should be >= 0 but is: ";
        require(group.lr() >= 0, "Learning rate" + least + group.text("lr"));
        require(group.number("momentum") >= 0, "momentum" + least + group.text("momentum"));
        require(
                group.number("weight_decay") >= 0,
                "weight decay" + least + group.text("weight_decay"));
        Object adjust = group.get("adjust_lr_fn");
        require(
                adjust == null || adjust.equals(ORIGINAL) || adjust.equals(MATCH),
                "Adjust learning rate function " + adjust + " is not supported");
        require(
                group.number("ns_steps") < 100,
                "Number of steps must be less than 100 for computational efficiency");
        for (Tensor w : group.params()) {
            require(
                    w.dim() == 2,
                    "Muon only supports 2D parameters whereas we found a parameter with size: Size("
                            + w.shape()
                            + ")");
        }
    }

    @Override
    void update(Tensor w, Tensor gradient, ParamGroup group) {
        double momentum = group.number("momentum");
        Tensor buffer = zeros(w, "momentum_buffer").lerp_(gradient, 1 - momentum);
        Tensor direction = group.flag("nesterov") ? gradient.lerp(buffer, momentum) : buffer;
        w.mul_(1 - group.lr() * group.number("weight_decay"));
        w.add_(orthogonal(direction, group), -rate(w, group));
    }

    private static double rate(Tensor w, ParamGroup group) {
        double rows = w.size(0);
        double columns = w.size(1);
        return group.lr()
                * (MATCH.equals(group.get("adjust_lr_fn"))
                        ? 0.2 * Math.sqrt(Math.max(rows, columns))
                        : Math.sqrt(Math.max(1, rows / columns)));
    }

    /// Near the orthogonal matrix next to `x`: `x ← a·x + (b·s + c·s·s)·x` with `s = x·xᵀ`, each
    /// product rounded to bfloat16.
    private static Tensor orthogonal(Tensor x, ParamGroup group) {
        double a = group.number("ns_coefficients", 0);
        double b = group.number("ns_coefficients", 1);
        double c = group.number("ns_coefficients", 2);
        boolean high = x.size(0) > x.size(1);
        Tensor y = rounded(high ? x.t() : x);
        Tensor norm = rounded(rounded(y.norm()).clampMin(group.number("eps")));
        y = rounded(y.div(norm));
        for (int i = 0; i < (int) group.number("ns_steps"); i++) {
            Tensor s = rounded(y.matmul(y.t()));
            Tensor update = rounded(s.addmm(s, s, b, c));
            y = rounded(y.addmm(update, y, a, 1));
        }
        return high ? y.t() : y;
    }

    private static Tensor rounded(Tensor x) {
        return x.to(DType.BFLOAT16).to(DType.FLOAT32);
    }
}
