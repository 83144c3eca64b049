package dev.lanegrad.nn;

import dev.lanegrad.Autograd;
import dev.lanegrad.Lanegrad;
import dev.lanegrad.NormalizedConvolution;
import dev.lanegrad.RemovableHandle;
import dev.lanegrad.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Makes a trained network faster: where a convolution's output goes into a normalization with
/// fixed statistics, the convolution can do both, as `torch.nn.utils.fusion.fuse_conv_bn_eval`.
public final class Fusion {
    /// How far the fused network's output may differ, as a share of its largest value.
    private static final double TOLERANCE = 1e-3;

    private Fusion() {}

    /// What `activation(norm(conv(x)) + residual)` gives. Where nothing is recorded, a [Conv2d], a
    /// [BatchNorm2d] in evaluation and a [ReLU] or [ReLU6] without hooks do it in one pass over
    /// memory, to rounding the same. In training normalization, sum and activation take one pass,
    /// to the same bits. All else runs one by one.
    ///
    /// @param residual asked after the convolution; null for none
    /// @param activation null for none
    public static Tensor normalized(
            Module.Child conv,
            Module.Child norm,
            @Nullable Supplier<Tensor> residual,
            Module.@Nullable Child activation,
            Tensor x) {
        Module f = activation == null ? null : activation.get();
        Tensor fused = inOnePass(conv.get(), norm.get(), residual, f, x);
        if (fused != null) {
            return fused;
        }
        Tensor y = conv.forward(x);
        Tensor z = residual == null ? null : residual.get();
        Tensor passed = rectified(norm.get(), f, y, z);
        if (passed != null) {
            return passed;
        }
        y = norm.forward(y);
        y = z == null ? y : y.add_(z);
        return activation == null ? y : activation.forward(y);
    }

    /// `activation(norm(x) + residual)` in as few passes over memory, or null if that cannot be
    /// done.
    static @Nullable Tensor rectified(
            Module norm, @Nullable Module activation, Tensor x, @Nullable Tensor residual) {
        return norm instanceof BatchNorm b
                        && activation != null
                        && isLimit(activation)
                        && norm.isUnwatched()
                        && activation.isUnwatched()
                ? b.rectified(x, residual, high(activation))
                : null;
    }

    /// Whether it limits its input to 0 and [#high].
    static boolean isLimit(@Nullable Module activation) {
        return activation instanceof ReLU || activation instanceof ReLU6;
    }

    private static double high(@Nullable Module limit) {
        return limit instanceof ReLU6 ? 6 : Double.POSITIVE_INFINITY;
    }

    /// The same, or null if that cannot be done in one pass.
    static @Nullable Tensor inOnePass(
            Module conv,
            Module norm,
            @Nullable Supplier<Tensor> residual,
            @Nullable Module activation,
            Tensor x) {
        boolean limited = isLimit(activation);
        boolean watched = activation != null && !activation.isUnwatched();
        if (watched
                || (!limited && activation != null)
                || !conv.isUnwatched()
                || !norm.isUnwatched()) {
            return null;
        }
        double low = limited ? 0 : Double.NEGATIVE_INFINITY;
        double high = high(activation);
        if (conv instanceof Conv2d c && norm instanceof BatchNorm2d n && !n.isTraining()) {
            return run(normalized(c, n, low, high), residual, x, c::padded);
        }
        if (conv instanceof FusedConv2d c && norm instanceof Identity) {
            return run(c.within(low, high), residual, x, c::padded);
        }
        return null;
    }

    private static @Nullable Tensor run(
            @Nullable NormalizedConvolution all,
            @Nullable Supplier<Tensor> residual,
            Tensor x,
            UnaryOperator<Tensor> padded) {
        return all == null || !all.serves(x)
                ? null
                : all.apply(padded.apply(x), residual == null ? null : residual.get());
    }

    private static @Nullable NormalizedConvolution normalized(
            Conv2d conv, BatchNorm2d norm, double low, double high) {
        Tensor mean = norm.runningMean();
        Tensor variance = norm.runningVar();
        return mean == null || variance == null
                ? null
                : new NormalizedConvolution(
                        conv.weight(),
                        conv.bias(),
                        mean,
                        variance,
                        norm.weight(),
                        norm.bias(),
                        norm.eps(),
                        low,
                        high,
                        conv.stride(),
                        conv.zeros(),
                        conv.dilation(),
                        conv.groups());
    }

    /// Puts `model` into evaluation mode, finds by an example which [BatchNorm2d] gets the output
    /// of which [Conv2d], puts convolutions that do both in the place of the first and [Identity]
    /// in that of the second. The network learns no more statistics then; its state has other
    /// names.
    ///
    /// @param example an input of the network
    /// @return how many there were
    /// @throws IllegalArgumentException if the network makes something else of the example then,
    ///   since it uses an output of a convolution elsewhere too; nothing has changed
    public static int fuse(Module model, Tensor example) {
        model.eval();
        try (var _ = Lanegrad.scope();
                var _ = Autograd.noGrad()) {
            SequencedMap<String, String> pairs = new LinkedHashMap<>();
            Tensor before = trace(model, example, pairs);
            Map<String, Module> replaced = new LinkedHashMap<>();
            pairs.forEach((norm, conv) -> {
                Module second = model.replace(norm, new Identity());
                Conv2d first = (Conv2d) model.get(conv);
                replaced.put(norm, second);
                replaced.put(
                        conv, model.replace(conv, new FusedConv2d(first, (BatchNorm2d) second)));
            });
            model.eval();
            double largest = ((Number) before.abs().max().item()).doubleValue();
            if (!model.call(example).allclose(before, TOLERANCE, TOLERANCE * largest)) {
                replaced.forEach(model::replace);
                throw new IllegalArgumentException(
                        "fuse: %s uses outputs of convolutions before and after normalization"
                                .formatted(model.typeName()));
            }
            return pairs.size();
        }
    }

    /// The output of `model`; fills `pairs` with the paths of normalizations and of the
    /// convolutions before them.
    private static Tensor trace(Module model, Tensor example, Map<String, String> pairs) {
        IdentityHashMap<Tensor, String> outputs = new IdentityHashMap<>();
        List<RemovableHandle> hooks = new ArrayList<>();
        List<String> calls = new ArrayList<>();
        model.namedModules()
                .forEach((path, m) -> {
                    if (m instanceof Conv2d) {
                        hooks.add(
                                m.registerForwardHook((_, _, y) -> {
                                    outputs.put(y, path);
                                    calls.add(path);
                                    return null;
                                }));
                    } else if (m instanceof BatchNorm2d norm && norm.runningMean() != null) {
                        hooks.add(
                                m.registerForwardPreHook((_, x) -> {
                                    String conv = outputs.get(x);
                                    calls.add(path);
                                    if (conv != null) {
                                        pairs.put(path, conv);
                                    }
                                    return null;
                                }));
                    }
                });
        Tensor y = model.call(example);
        hooks.forEach(RemovableHandle::remove);
        pairs.entrySet()
                .removeIf(e -> isRepeated(calls, e.getKey()) || isRepeated(calls, e.getValue()));
        return y;
    }

    private static boolean isRepeated(List<String> calls, String path) {
        return calls.indexOf(path) != calls.lastIndexOf(path);
    }
}
