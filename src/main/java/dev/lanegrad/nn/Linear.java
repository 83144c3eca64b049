package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import dev.lanegrad.text.PythonText;
import org.jspecify.annotations.Nullable;

/// `y = x·wᵀ + b` over the last axis, `[..., in]` to `[..., out]`, as `torch.nn.Linear`.
public final class Linear extends Module {
    private final String typeName;
    private final int in;
    private final int out;
    private final Tensor weight;
    private final @Nullable Tensor bias;

    /// A layer with a bias.
    public Linear(int in, int out) {
        this(in, out, true);
    }

    /// A layer with or without a bias; the parameters start as PyTorch's do.
    public Linear(int in, int out, boolean bias) {
        this(in, out, bias, "Linear");
    }

    /// @param typeName what the layer is called in texts
    Linear(int in, int out, boolean bias, String typeName) {
        this.typeName = typeName;
        this.in = in;
        this.out = out;
        Tensor w = Init.weight_(Tensor.empty(out, in));
        this.weight = parameter("weight", w);
        this.bias = bias ? parameter("bias", Init.bias_(Tensor.empty(out), w)) : null;
    }

    /// The weight `[out, in]`.
    public Tensor weight() {
        return now(weight);
    }

    /// The bias `[out]`, if there is one.
    public @Nullable Tensor bias() {
        return now(bias);
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.linear(now(weight), now(bias));
    }

    @Override
    protected String typeName() {
        return typeName;
    }

    @Override
    protected String extraRepr() {
        return "in_features=%d, out_features=%d, bias=%s"
                .formatted(in, out, PythonText.of(bias != null));
    }
}
