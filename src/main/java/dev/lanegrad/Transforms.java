package dev.lanegrad;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Functions made of functions, as `torch.func`.
///
/// ```java
/// UnaryOperator<Tensor> third = Transforms.grad(Transforms.grad(Transforms.grad(f)));
/// Tensor hessian = Transforms.jacfwd(Transforms.jacrev(f)).apply(x);
/// ```
///
/// They nest in any order, in each other and in forward mode. Results have a history if the
/// argument requires a gradient. What a function uses besides its argument counts as constant,
/// except for a transform around this one.
public final class Transforms {
    private Transforms() {}

    // ------------------------------------------------------------ backward

    /// The gradient of `f`, whose value is a single number.
    public static UnaryOperator<Tensor> grad(UnaryOperator<Tensor> f) {
        return x -> gradAndValue(f).apply(x).result();
    }

    /// The gradient of `f`, whose value is a single number, and that number.
    public static Function<Tensor, Functional.Product> gradAndValue(UnaryOperator<Tensor> f) {
        return x -> gradients("grad", t -> f.apply(t[0]), x);
    }

    /// The gradients of a function of several tensors by those at `argnums`, by all if none is
    /// named; the others count as constant.
    ///
    /// @throws IllegalArgumentException if an argument that is named is not there
    public static Function<Tensor[], Tensor[]> gradAll(
            Function<Tensor[], Tensor> f, int... argnums) {
        return x -> {
            int[] by = argnums.length == 0 ? IntStream.range(0, x.length).toArray() : argnums;
            Tensor[] some = new Tensor[by.length];
            for (int i = 0; i < by.length; i++) {
                if (by[i] < 0 || by[i] >= x.length) {
                    throw new IllegalArgumentException(
                            "grad: got argnum %d, but there are %d arguments"
                                    .formatted(by[i], x.length));
                }
                some[i] = x[by[i]];
            }
            return gradients(
                            "grad",
                            t -> {
                                Tensor[] all = x.clone();
                                for (int i = 0; i < by.length; i++) {
                                    all[by[i]] = t[i];
                                }
                                return f.apply(all);
                            },
                            some)
                    .product();
        };
    }

    /// The gradients of a function of tensors by name, for example of a network's parameters, in
    /// the map's order.
    public static Function<Map<String, Tensor>, SequencedMap<String, Tensor>> gradByName(
            Function<Map<String, Tensor>, Tensor> f) {
        return named -> {
            List<String> names = List.copyOf(new LinkedHashMap<>(named).sequencedKeySet());
            Tensor[] x = names.stream().map(named::get).toArray(Tensor[]::new);
            return byName(names, gradients("grad", t -> f.apply(byName(names, t)), x).product());
        };
    }

    private static SequencedMap<String, Tensor> byName(List<String> names, Tensor[] tensors) {
        SequencedMap<String, Tensor> all = new LinkedHashMap<>();
        for (int i = 0; i < tensors.length; i++) {
            all.put(names.get(i), tensors[i]);
        }
        return all;
    }

    /// All derivatives of `f`, row by row in backward passes: of the shape of f's value followed by
    /// that of its argument. For functions that take more numbers than they return.
    public static UnaryOperator<Tensor> jacrev(UnaryOperator<Tensor> f) {
        return x -> {
            Tensor[] at = {x};
            boolean outside = isSeenFromOutside(at);
            return nested(() ->
                    Functional.jacobian(t -> new Tensor[] {f.apply(t[0])}, at, outside)[0][0]);
        };
    }

    private static Functional.Product gradients(
            String op, Function<Tensor[], Tensor> f, Tensor... x) {
        boolean outside = isSeenFromOutside(x);
        return nested(() ->
                Functional.vjp(
                        t -> new Tensor[] {single(op, f.apply(t))},
                        x,
                        new @Nullable Tensor[1],
                        outside));
    }

    private static Tensor single(String op, Tensor y) {
        if (y.numel() != 1) {
            throw new IllegalArgumentException(
                    op
                            + ": the function must return a single number, but the shape is "
                            + y.shape());
        }
        return y;
    }

    // ------------------------------------------------------------ forward

    /// The derivative of `f` in a direction, the second argument of what is returned, in [forward
    /// mode][Autograd#forwardMode()].
    public static BinaryOperator<Tensor> jvp(UnaryOperator<Tensor> f) {
        return (x, v) -> directional(f, isSeenFromOutside(x) ? x : ForwardMode.detached(x), v);
    }

    private static Tensor directional(UnaryOperator<Tensor> f, Tensor x, Tensor v) {
        boolean outside = isSeenFromOutside(x, v);
        return nested(() -> {
            try (var _ = Autograd.forwardMode()) {
                Tensor y = f.apply(Autograd.makeDual(x, v));
                Tensor tangent = Autograd.unpackDual(y).tangent();
                Tensor found = tangent == null ? Tensor.zerosLike(y) : tangent;
                return outside ? found : ForwardMode.detached(found);
            }
        });
    }

    /// As [#jacrev], column by column in forward mode: one call of `f` for every element of its
    /// argument, which keeps nothing. For functions that return more numbers than they take.
    public static UnaryOperator<Tensor> jacfwd(UnaryOperator<Tensor> f) {
        return x -> {
            Tensor at = isSeenFromOutside(x) ? x : ForwardMode.detached(x);
            if (x.numel() == 0) {
                Shape shape = f.apply(at).shape();
                return Creation.zeros(Functional.joined(shape, x.shape()), x.dtype());
            }
            Tensor[] columns = new Tensor[x.numel()];
            for (int j = 0; j < columns.length; j++) {
                Tensor unit = Creation.zeros(x.shape(), x.dtype());
                unit.storage().setDouble(j, 1);
                columns[j] = directional(f, at, unit);
            }
            Shape shape = columns[0].shape();
            return Tensor.stack(Arrays.asList(columns), shape.dim())
                    .reshape(Functional.joined(shape, x.shape()).toArray());
        };
    }

    /// All second derivatives of `f`, whose value is a single number: `[x..., x...]`; forward mode
    /// over backward.
    public static UnaryOperator<Tensor> hessian(UnaryOperator<Tensor> f) {
        return jacfwd(grad(f));
    }

    /// The second derivatives of `f`, whose value is a single number, times a direction: one call
    /// of `f` and one backward, both in forward mode.
    public static BinaryOperator<Tensor> hvp(UnaryOperator<Tensor> f) {
        return jvp(grad(f));
    }

    // ------------------------------------------------------------ samples

    /// The gradients of a loss by `parameters` for each sample of a batch by itself: of the shapes
    /// of the parameters after `[N]`.
    ///
    /// Every sample has a forward and a backward of its own, which costs N small passes.
    ///
    /// @param loss of the parameters and a batch of one sample, `[1, ...]`; a single number
    /// @param batch `[N, ...]`, with N ≥ 1
    public static Tensor[] perSampleGrad(
            java.util.function.BiFunction<Tensor[], Tensor, Tensor> loss,
            Tensor[] parameters,
            Tensor batch) {
        Tensor[][] samples = new Tensor[parameters.length][batch.size(0)];
        for (int n = 0; n < batch.size(0); n++) {
            Tensor sample = batch.narrow(0, n, 1);
            Tensor[] g =
                    gradients("perSampleGrad", w -> loss.apply(w, sample), parameters).product();
            for (int i = 0; i < parameters.length; i++) {
                samples[i][n] = g[i];
            }
        }
        return Arrays.stream(samples)
                .map(all -> Tensor.stack(Arrays.asList(all), 0))
                .toArray(Tensor[]::new);
    }

    // ------------------------------------------------------------ inside

    /// Whether what becomes of these is differentiated by somebody outside of this transform.
    private static boolean isSeenFromOutside(Tensor... x) {
        Modes modes = Modes.current();
        return modes.grad
                && (modes.transforms > 0 || Arrays.stream(x).anyMatch(Tensor::requiresGrad));
    }

    private static <T> T nested(Supplier<T> call) {
        Modes modes = Modes.current();
        modes.transforms++;
        try {
            return call.get();
        } finally {
            modes.transforms--;
        }
    }
}
