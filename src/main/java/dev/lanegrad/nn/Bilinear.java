package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import dev.lanegrad.text.PythonText;
import org.jspecify.annotations.Nullable;

/// `yₒ = x₁ᵀ·Wₒ·x₂ + bₒ` over the last axes, as `torch.nn.Bilinear`.
public final class Bilinear extends Module {
    private final int in1;
    private final int in2;
    private final int out;
    private final Tensor weight;
    private final @Nullable Tensor bias;

    /// A layer with a bias.
    public Bilinear(int in1, int in2, int out) {
        this(in1, in2, out, true);
    }

    /// A layer with or without a bias; the parameters start as PyTorch's do.
    public Bilinear(int in1, int in2, int out, boolean bias) {
        this.in1 = in1;
        this.in2 = in2;
        this.out = out;
        double bound = 1 / Math.sqrt(in1);
        weight = parameter("weight", Init.uniform_(Tensor.empty(out, in1, in2), -bound, bound));
        this.bias =
                bias ? parameter("bias", Init.uniform_(Tensor.empty(out), -bound, bound)) : null;
    }

    /// The weight `[out, in1, in2]`.
    public Tensor weight() {
        return now(weight);
    }

    /// The bias `[out]`, if there is one.
    public @Nullable Tensor bias() {
        return now(bias);
    }

    /// The form of `x` with itself.
    @Override
    public Tensor forward(Tensor x) {
        return forward(x, x);
    }

    /// The form of `[..., in1]` and `[..., in2]`: `[..., out]`.
    public Tensor forward(Tensor x1, Tensor x2) {
        long[] sizes = x1.shape().toArray();
        sizes[sizes.length - 1] = out;
        Tensor left = x1.reshape(-1, in1).matmul(now(weight).permute(1, 0, 2).reshape(in1, -1));
        Tensor y = left.reshape(-1, out, in2).mul(x2.reshape(-1, 1, in2)).sum(-1).reshape(sizes);
        Tensor b = now(bias);
        return b == null ? y : y.add(b);
    }

    @Override
    protected String extraRepr() {
        return "in1_features=%d, in2_features=%d, out_features=%d, bias=%s"
                .formatted(in1, in2, out, PythonText.of(bias != null));
    }
}
