package dev.lanegrad.optim;

import dev.lanegrad.FloatInfo;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Adam that remembers of a matrix only the means of the squares in its rows and columns, and steps
/// by a share of the parameter's own size, as `torch.optim.Adafactor` (Shazeer and Stern 2018).
///
/// A step is made of tensor operations, in PyTorch's order, in several passes over memory.
public final class Adafactor extends Optimizer {
    private Adafactor(Builder builder) {
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

    /// The options; unset ones are as in PyTorch, `lr` 1e-2, beta2 decay -0.8, eps null and 1e-3, d
    /// 1, weight decay 0.
    public static final class Builder extends DecayOptions<Builder> {
        private Builder() {
            option("lr", 1e-2).option("beta2_decay", -0.8).option("eps", Arrays.asList(null, 1e-3));
            option("d", 1.0).option("weight_decay", 0.0);
            option("foreach", null).option("maximize", false);
        }

        @Override
        Builder self() {
            return this;
        }

        /// The power of the number of steps that is the share of the newest squares in their means.
        public Builder beta2Decay(Number decay) {
            return option("beta2_decay", decay);
        }

        /// The least mean of squares, null for the precision of the parameter's type, and the least
        /// size of a parameter.
        public Builder eps(@Nullable Number square, Number size) {
            return option("eps", Arrays.asList(square, size));
        }

        /// The largest root of the mean square of a step.
        public Builder d(Number d) {
            return option("d", d);
        }

        /// The optimizer.
        ///
        /// @throws IllegalArgumentException if there are no parameters, one is not a leaf or comes
        ///   twice, or an option is invalid
        public Adafactor build() {
            return new Adafactor(this);
        }
    }

    @Override
    void check(ParamGroup group) {
        String least = " should be >= 0 but is: ";
        require(group.lr() >= 0, "Learning rate" + least + group.text("lr"));
        require(
                group.number("beta2_decay") <= 0,
                "beta2_decay should be <= 0 but is: " + group.text("beta2_decay"));
        require(leastSquare(group, 0) >= 0, "epsilon1" + least + group.text("eps", 0));
        require(group.number("eps", 1) >= 0, "epsilon2" + least + group.text("eps", 1));
        require(
                group.number("d") >= 1,
                "Clipping threshold d should be >= 1 but is: " + group.text("d"));
        require(
                group.number("weight_decay") >= 0,
                "weight_decay" + least + group.text("weight_decay"));
    }

    private static double leastSquare(ParamGroup group, double otherwise) {
        return group.get("eps") instanceof List<?> eps && eps.get(0) instanceof Number least
                ? least.doubleValue()
                : otherwise;
    }

    @Override
    Shape remembered(String name, Tensor w) {
        return switch (name) {
            case "row_var" -> single(w, -1);
            case "col_var" -> single(w, -2);
            default -> w.shape();
        };
    }

    private static Shape single(Tensor w, int axis) {
        long[] sizes = w.shape().toArray();
        sizes[sizes.length + axis] = 1;
        return Shape.of(sizes);
    }

    @Override
    void update(Tensor w, Tensor gradient, ParamGroup group) {
        int t = count(w);
        double decay = group.number("weight_decay");
        double newest = Math.pow(t, group.number("beta2_decay"));
        double least = leastSquare(group, FloatInfo.of(w.dtype()).eps());
        double size = Math.max(group.number("eps", 1), rootMeanSquare(w));
        double rate = size * Math.min(group.lr(), 1 / Math.sqrt(t));
        if (decay != 0) {
            w.mul_(1 - group.lr() * decay);
        }
        Tensor g = group.flag("maximize") ? gradient.neg() : gradient;
        Tensor step = g.dim() > 1 ? squares(w, g, newest, least) : squares(w, g, newest);
        step = step.clampMin_(least * least).rsqrt_().mul_(g);
        w.add_(step, -rate / Math.max(1, rootMeanSquare(step) / group.number("d")));
    }

    /// The means of the squares of a vector's elements.
    private Tensor squares(Tensor w, Tensor g, double newest) {
        return zeros(w, "variance").lerp_(g.mul(g), newest).clone();
    }

    /// The means of the squares of a matrix's elements as the product of those of rows and columns.
    private Tensor squares(Tensor w, Tensor g, double newest, double least) {
        Tensor rows = mean(w, g, "row_var", -1, newest);
        Tensor columns = mean(w, g, "col_var", -2, newest);
        return rows.matmul(columns).div_(rows.mean(-2, true).clampMin_(least));
    }

    private Tensor mean(Tensor w, Tensor g, String name, int axis, double newest) {
        Tensor squares = g.norm(2, new int[] {axis}, true).square_().div_(g.size(axis));
        return zeros(w, name).lerp_(squares, newest);
    }

    private static double rootMeanSquare(Tensor x) {
        return ((Number) x.norm().item()).doubleValue() / Math.sqrt(x.numel());
    }
}
