package dev.lanegrad.nn;

import dev.lanegrad.NormalizedConvolution;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A convolution that normalizes too, with fixed statistics.
final class FusedConv2d extends Module {
    private final Conv2d plan;
    private final Tensor weight;
    private final Tensor bias;

    FusedConv2d(Conv2d conv, BatchNorm2d norm) {
        plan = conv;
        int channels = conv.weight().size(0);
        Tensor scale = required(norm.runningVar()).add(norm.eps()).rsqrt();
        Tensor gamma = norm.weight();
        scale = gamma == null ? scale : scale.mul(gamma.detach());
        Tensor offset = required(norm.runningMean()).neg();
        Tensor before = conv.bias();
        offset = (before == null ? offset : offset.add(before.detach())).mul(scale);
        Tensor beta = norm.bias();
        offset = beta == null ? offset : offset.add(beta.detach());
        Tensor factors = scale.view(Shape.of(channels, 1, 1, 1).toArray());
        weight = parameter("weight", conv.weight().detach().mul(factors));
        bias = parameter("bias", offset);
    }

    private static Tensor required(@Nullable Tensor statistics) {
        return Objects.requireNonNull(statistics);
    }

    /// This as a convolution whose normalization changes nothing, with the limits of an activation.
    NormalizedConvolution within(double low, double high) {
        return new NormalizedConvolution(
                now(weight),
                now(bias),
                null,
                null,
                null,
                null,
                0,
                low,
                high,
                plan.stride(),
                plan.zeros(),
                plan.dilation(),
                plan.groups());
    }

    Tensor padded(Tensor x) {
        return plan.padded(x);
    }

    @Override
    public Tensor forward(Tensor x) {
        return plan.padded(x)
                .conv2d(
                        now(weight),
                        now(bias),
                        plan.stride(),
                        plan.zeros(),
                        plan.dilation(),
                        plan.groups());
    }

    @Override
    protected String typeName() {
        return "Conv2d";
    }

    @Override
    protected String extraRepr() {
        return plan.extraRepr().replace(", bias=False", "");
    }
}
