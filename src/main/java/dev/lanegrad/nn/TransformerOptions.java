package dev.lanegrad.nn;

import dev.lanegrad.Generator;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The options of a transformer's layers; unset ones are as in PyTorch.
///
/// @param <B> the builder itself
abstract class TransformerOptions<B extends TransformerOptions<B>> {
    private final int features;
    private final int heads;
    private int inner = 2048;
    private Number dropout = 0.1;
    private UnaryOperator<Tensor> activation = Tensor::relu;
    private Number eps = 1e-5;
    private boolean batchFirst;
    private boolean normFirst;
    private boolean bias = true;

    TransformerOptions(int features, int heads) {
        this.features = features;
        this.heads = heads;
    }

    abstract B self();

    /// Features between the two linear layers.
    public B inner(int features) {
        inner = features;
        return self();
    }

    /// The share of elements, and of attention, that training drops.
    public B dropout(Number p) {
        dropout = p;
        return self();
    }

    /// The function between the two linear layers.
    public B activation(UnaryOperator<Tensor> function) {
        activation = function;
        return self();
    }

    /// Added to variances.
    public B eps(Number eps) {
        this.eps = eps;
        return self();
    }

    /// Whether sequences are `[N, T, E]`, not `[T, N, E]`.
    public B batchFirst(boolean first) {
        batchFirst = first;
        return self();
    }

    /// Whether each part is normalized before, not after.
    public B normFirst(boolean first) {
        normFirst = first;
        return self();
    }

    /// Whether numbers are added, in all layers.
    public B bias(boolean bias) {
        this.bias = bias;
        return self();
    }

    final Plan plan() {
        return new Plan(
                features, heads, inner, dropout, activation, eps, batchFirst, normFirst, bias);
    }

    /// What a layer is built from.
    record Plan(
            int features,
            int heads,
            int inner,
            Number dropout,
            UnaryOperator<Tensor> activation,
            Number eps,
            boolean batchFirst,
            boolean normFirst,
            boolean bias) {
        MultiheadAttention attention() {
            return MultiheadAttention.builder(features, heads)
                    .dropout(dropout.doubleValue())
                    .bias(bias)
                    .batchFirst(batchFirst)
                    .build();
        }

        Linear widening() {
            return new Linear(features, inner, bias);
        }

        Linear narrowing() {
            return new Linear(inner, features, bias);
        }

        LayerNorm norm() {
            return new LayerNorm(Shape.of(features), eps, true, bias);
        }
    }

    /// Modules made by `another` with the values of `module`; nothing is drawn from the random
    /// stream for them.
    static <M extends Module> List<M> copies(M module, int count, Supplier<M> another) {
        Generator random = Generator.defaultGenerator();
        byte[] before = random.state();
        List<M> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            M copy = another.get();
            copy.loadStateDict(module.stateDict());
            copy.train(module.isTraining());
            all.add(copy);
        }
        random.state(before);
        return all;
    }
}
