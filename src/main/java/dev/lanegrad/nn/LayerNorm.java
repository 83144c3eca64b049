package dev.lanegrad.nn;

import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.text.PythonText;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Each sample normalized over its last axes, as `torch.nn.LayerNorm`.
public final class LayerNorm extends Module {
    private final Shape shape;
    private final Number eps;
    private final boolean affine;
    private final @Nullable Tensor weight;
    private final @Nullable Tensor bias;

    /// Over the last axes, which have these sizes, with eps 1e-5 and both parameters.
    public LayerNorm(long... sizes) {
        this(Shape.of(sizes), 1e-5, true, true);
    }

    /// @param shape the sizes of the last axes
    /// @param eps added to the variance
    /// @param affine whether there are parameters
    /// @param bias whether an affine layer shifts, not only scales
    public LayerNorm(Shape shape, Number eps, boolean affine, boolean bias) {
        this.shape = shape;
        this.eps = eps;
        this.affine = affine;
        weight = affine ? parameter("weight", Tensor.full(shape, 1)) : null;
        this.bias = affine && bias ? parameter("bias", Tensor.full(shape, 0)) : null;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.layerNorm(shape, now(weight), now(bias), eps.doubleValue());
    }

    @Override
    protected String extraRepr() {
        return "%s, eps=%s, elementwise_affine=%s, bias=%s"
                .formatted(
                        PythonText.of(Arrays.stream(shape.toArray()).boxed().toList()),
                        PythonText.of(eps),
                        PythonText.of(affine),
                        PythonText.of(bias != null));
    }
}
