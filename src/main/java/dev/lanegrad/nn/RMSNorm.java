package dev.lanegrad.nn;

import dev.lanegrad.DType;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.text.PythonText;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Each sample divided by its root mean square over its last axes, as `torch.nn.RMSNorm`.
public final class RMSNorm extends Module {
    private final Shape shape;
    private final @Nullable Number eps;
    private final @Nullable Tensor weight;

    /// Over the last axes, which have these sizes, with the type's own eps and a weight.
    public RMSNorm(long... sizes) {
        this(Shape.of(sizes), null, true);
    }

    /// @param shape the sizes of the last axes
    /// @param eps added to the mean square; null for the distance of 1 to the next number of the
    ///   input's type
    /// @param affine whether there is a weight
    public RMSNorm(Shape shape, @Nullable Number eps, boolean affine) {
        this.shape = shape;
        this.eps = eps;
        weight = affine ? parameter("weight", Tensor.full(shape, 1)) : null;
    }

    @Override
    public Tensor forward(Tensor x) {
        double own = x.dtype() == DType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f);
        return x.rmsNorm(shape, now(weight), eps == null ? own : eps.doubleValue());
    }

    @Override
    protected String extraRepr() {
        return "%s, eps=%s, elementwise_affine=%s"
                .formatted(
                        PythonText.of(Arrays.stream(shape.toArray()).boxed().toList()),
                        PythonText.of(eps),
                        PythonText.of(weight != null));
    }
}
