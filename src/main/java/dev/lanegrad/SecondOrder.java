package dev.lanegrad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The gradient of a function as a function, whose gradients are then checked.
final class SecondOrder {
    private SecondOrder() {}

    static GradReport check(
            GradCheck.Options options, Function<Tensor[], Tensor[]> fn, Tensor... inputs) {
        Probe first = new Probe(fn, inputs);
        Tensor[] outputs;
        try {
            outputs = first.call().outputs();
        } catch (RuntimeException e) {
            return GradReport.threw("the function threw " + e, e);
        }
        int n = inputs.length;
        List<Tensor> all = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            int at = i;
            boolean wanted = Arrays.stream(first.checked()).anyMatch(c -> c == at);
            all.add(inputs[i].detach().requiresGrad(wanted));
        }
        SplittableRandom random = new SplittableRandom(options.seed());
        for (Tensor y : outputs) {
            double[] weight = Probe.direction(random, y.numel());
            all.add(Tensor.of(weight, y.shape()).to(y.dtype()).requiresGrad(true));
        }
        return options.checkAll(in -> gradients(fn, in, n), all.toArray(new Tensor[0]));
    }

    /// The gradients of the first `n` of `in`, weighted by the rest.
    private static Tensor[] gradients(Function<Tensor[], Tensor[]> fn, Tensor[] in, int n) {
        Tensor[] inputs = Arrays.copyOf(in, n);
        List<Tensor> outputs = new ArrayList<>();
        List<Tensor> weights = new ArrayList<>();
        int next = n;
        for (Tensor y : fn.apply(inputs)) {
            if (y.dtype().isFloatingPoint()) {
                Tensor weight = in[next++];
                if (y.requiresGrad()) {
                    outputs.add(y);
                    weights.add(weight);
                }
            }
        }
        Tensor[] wanted = Arrays.stream(inputs).filter(Tensor::requiresGrad).toArray(Tensor[]::new);
        @Nullable Tensor[] found =
                Autograd.grad(
                        outputs.toArray(new Tensor[0]),
                        wanted,
                        weights.toArray(new Tensor[0]),
                        true,
                        true,
                        true);
        Tensor[] gradients = new Tensor[wanted.length];
        for (int i = 0; i < gradients.length; i++) {
            Tensor g = found[i];
            gradients[i] = g == null ? Tensor.zerosLike(wanted[i]) : g;
        }
        return gradients;
    }
}
