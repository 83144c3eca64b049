package dev.lanegrad;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Derivatives of functions on tensors, as `torch.autograd.functional`.
///
/// The functions are called with copies of the inputs, which require gradients; the inputs
/// themselves stay as they are. With `createGraph` the results can be differentiated again, with
/// respect to what the functions hold and to the inputs.
public final class Functional {
    private Functional() {}

    /// The values of a function and a product with its Jacobian.
    ///
    /// @param outputs what the function returned
    /// @param product of the shapes of the inputs or, for [#jvp], of the outputs
    public record Product(Tensor[] outputs, Tensor[] product) {
        /// The only output.
        public Tensor output() {
            return outputs[0];
        }

        /// The product of the only input or output.
        public Tensor result() {
            return product[0];
        }
    }

    // ------------------------------------------------------------ products

    /// `vᵀ·J`, the gradient of ⟨v, f(x)⟩.
    ///
    /// @param v of the shape of f's value; null for a single value
    public static Product vjp(UnaryOperator<Tensor> f, Tensor x, @Nullable Tensor v) {
        return vjp(one(f), new Tensor[] {x}, new @Nullable Tensor[] {v}, false);
    }

    /// `vᵀ·J` of a function of several tensors.
    ///
    /// @param v one per output; null for a single value
    public static Product vjp(
            Function<Tensor[], Tensor[]> f, Tensor[] x, @Nullable Tensor[] v, boolean createGraph) {
        try (var _ = Autograd.enableGrad()) {
            Tensor[] in = leaves(x, createGraph);
            Tensor[] y = f.apply(in);
            Tensor[] gx = gradients(y, in, v, createGraph, createGraph);
            return result(y, gx, createGraph);
        }
    }

    /// `J·v`, the derivative of f at `x` in direction `v`, by differentiating `vᵀ·J` once more.
    public static Product jvp(UnaryOperator<Tensor> f, Tensor x, Tensor v) {
        return jvp(one(f), new Tensor[] {x}, new Tensor[] {v}, false);
    }

    /// `J·v` of a function of several tensors.
    ///
    /// @param v one per input
    public static Product jvp(
            Function<Tensor[], Tensor[]> f, Tensor[] x, Tensor[] v, boolean createGraph) {
        checkDirections("jvp", x, v);
        try (var _ = Autograd.enableGrad()) {
            Tensor[] in = leaves(x, createGraph);
            Tensor[] y = f.apply(in);
            Tensor[] weights = map(y, w -> Tensor.zerosLike(w).requiresGrad(true));
            Tensor[] gx = gradients(y, in, weights, true, true);
            return result(y, gradients(gx, weights, v, createGraph, createGraph), createGraph);
        }
    }

    /// The gradient of f, whose value is a single number, at `x`, as `torch.func.grad`.
    public static Tensor grad(UnaryOperator<Tensor> f, Tensor x) {
        return gradAndValue(f, x).result();
    }

    /// The gradient of f, whose value is a single number, and that number.
    public static Product gradAndValue(UnaryOperator<Tensor> f, Tensor x) {
        return vjp(f, x, null);
    }

    /// The gradients of a loss by `parameters` for each sample of a batch by itself: of the shapes
    /// of the parameters after `[N]`.
    ///
    /// Every sample has a forward and a backward of its own, which costs N small passes.
    ///
    /// @param loss of the parameters and a batch of one sample, `[1, ...]`; a single number
    /// @param batch `[N, ...]`, with N ≥ 1
    public static Tensor[] perSampleGrad(
            BiFunction<Tensor[], Tensor, Tensor> loss, Tensor[] parameters, Tensor batch) {
        Tensor[][] samples = new Tensor[parameters.length][batch.size(0)];
        for (int n = 0; n < batch.size(0); n++) {
            Tensor sample = batch.narrow(0, n, 1);
            Product p =
                    vjp(
                            w -> one(loss.apply(w, sample)),
                            parameters,
                            new @Nullable Tensor[1],
                            false);
            for (int i = 0; i < parameters.length; i++) {
                samples[i][n] = p.product()[i];
            }
        }
        return Arrays.stream(samples)
                .map(all -> Tensor.stack(Arrays.asList(all), 0))
                .toArray(Tensor[]::new);
    }

    // ------------------------------------------------------------ Jacobian

    /// All derivatives of f at `x`: of the shape of f's value followed by that of `x`.
    public static Tensor jacobian(UnaryOperator<Tensor> f, Tensor x) {
        return jacobian(one(f), new Tensor[] {x}, false)[0][0];
    }

    /// All derivatives of a function of several tensors: those of output i by input j at `[i][j]`.
    public static Tensor[][] jacobian(
            Function<Tensor[], Tensor[]> f, Tensor[] x, boolean createGraph) {
        try (var _ = Autograd.enableGrad()) {
            Tensor[] in = leaves(x, createGraph);
            Tensor[] y = f.apply(in);
            Tensor[][] all = new Tensor[y.length][];
            for (int i = 0; i < y.length; i++) {
                all[i] = rows(y[i], in, createGraph);
            }
            return all;
        }
    }

    private static Tensor[] rows(Tensor y, Tensor[] in, boolean createGraph) {
        Tensor[][] rows = new Tensor[in.length][y.numel()];
        for (int r = 0; r < y.numel(); r++) {
            Tensor unit = Creation.zeros(y.shape(), y.dtype());
            unit.storage().setDouble(r, 1);
            Tensor[] gx = gradients(one(y), in, one(unit), true, createGraph);
            for (int j = 0; j < in.length; j++) {
                rows[j][r] = createGraph ? gx[j] : gx[j].detach();
            }
        }
        Tensor[] blocks = new Tensor[in.length];
        for (int j = 0; j < in.length; j++) {
            long[] sizes = joined(y.shape().toArray(), in[j].shape().toArray());
            blocks[j] =
                    y.numel() == 0
                            ? Creation.zeros(Shape.of(sizes), in[j].dtype())
                            : Tensor.stack(Arrays.asList(rows[j]), 0).reshape(sizes);
        }
        return blocks;
    }

    /// All derivatives of f at `x` as [#jacobian(UnaryOperator, Tensor)], column by column in
    /// [forward mode][Autograd#forwardMode()]: one call of f for every element of `x`, which keeps
    /// nothing. For functions that return more numbers than they take.
    ///
    /// @throws IllegalStateException if this thread is in forward mode already
    public static Tensor jacfwd(UnaryOperator<Tensor> f, Tensor x) {
        Tensor at = x.detach();
        Tensor[] columns = new Tensor[x.numel()];
        Shape shape = Shape.of();
        for (int j = 0; j < columns.length; j++) {
            Tensor unit = Creation.zeros(x.shape(), x.dtype());
            unit.storage().setDouble(j, 1);
            try (var _ = Autograd.forwardMode()) {
                Tensor y = f.apply(Autograd.makeDual(at, unit));
                Tensor tangent = Autograd.unpackDual(y).tangent();
                columns[j] = (tangent == null ? Tensor.zerosLike(y) : tangent).detach();
                shape = y.shape();
            }
        }
        long[] sizes = joined(shape.toArray(), x.shape().toArray());
        return columns.length == 0
                ? Creation.zeros(x.shape(), x.dtype())
                : Tensor.stack(Arrays.asList(columns), shape.dim()).reshape(sizes);
    }

    // ------------------------------------------------------------ second derivatives

    /// All second derivatives at `x` of f, whose value is a single number: `[x..., x...]`.
    ///
    /// @throws IllegalArgumentException if f returns more than one number
    public static Tensor hessian(UnaryOperator<Tensor> f, Tensor x) {
        return hessian(t -> f.apply(t[0]), new Tensor[] {x}, false)[0][0];
    }

    /// All second derivatives of a function of several tensors: by inputs i and j at `[i][j]`.
    public static Tensor[][] hessian(
            Function<Tensor[], Tensor> f, Tensor[] x, boolean createGraph) {
        return jacobian(t -> slopes("hessian", f, t), x, createGraph);
    }

    /// `H·v`, the derivative of f's gradient in direction `v`.
    public static Product hvp(UnaryOperator<Tensor> f, Tensor x, Tensor v) {
        return hvp(t -> f.apply(t[0]), new Tensor[] {x}, new Tensor[] {v}, false);
    }

    /// `H·v` of a function of several tensors; the value of f is the product's output.
    public static Product hvp(
            Function<Tensor[], Tensor> f, Tensor[] x, Tensor[] v, boolean createGraph) {
        return hessianProduct("hvp", f, x, v, createGraph);
    }

    /// `vᵀ·H`; equal to [#hvp], the Hessian being symmetric.
    public static Product vhp(UnaryOperator<Tensor> f, Tensor x, Tensor v) {
        return vhp(t -> f.apply(t[0]), new Tensor[] {x}, new Tensor[] {v}, false);
    }

    /// `vᵀ·H` of a function of several tensors; the value of f is the product's output.
    public static Product vhp(
            Function<Tensor[], Tensor> f, Tensor[] x, Tensor[] v, boolean createGraph) {
        return hessianProduct("vhp", f, x, v, createGraph);
    }

    private static Product hessianProduct(
            String op, Function<Tensor[], Tensor> f, Tensor[] x, Tensor[] v, boolean createGraph) {
        checkDirections(op, x, v);
        Tensor[] value = new Tensor[1];
        Product p = vjp(t -> slopes(op, s -> value[0] = f.apply(s), t), x, v, createGraph);
        Tensor y = Objects.requireNonNull(value[0]);
        return new Product(one(createGraph ? y : y.detach()), p.product());
    }

    /// The gradient of f, recorded.
    private static Tensor[] slopes(String op, Function<Tensor[], Tensor> f, Tensor[] x) {
        Tensor y = f.apply(x);
        if (y.numel() != 1) {
            throw new IllegalArgumentException(
                    op
                            + ": the function must return a single number, but the shape is "
                            + y.shape());
        }
        return gradients(one(y), x, null, true, true);
    }

    // ------------------------------------------------------------ inside

    private static Function<Tensor[], Tensor[]> one(UnaryOperator<Tensor> f) {
        return x -> one(f.apply(x[0]));
    }

    private static Tensor[] one(Tensor t) {
        return new Tensor[] {t};
    }

    private static Tensor[] leaves(Tensor[] x, boolean createGraph) {
        return map(
                x,
                t ->
                        createGraph && t.requiresGrad()
                                ? t.view(t.shape().toArray())
                                : t.detach().requiresGrad(true));
    }

    private static Tensor[] map(Tensor[] tensors, UnaryOperator<Tensor> f) {
        return Arrays.stream(tensors).map(f).toArray(Tensor[]::new);
    }

    /// Gradients of those outputs that have a history; zeros where there is no path.
    static Tensor[] gradients(
            Tensor[] y,
            Tensor[] x,
            @Nullable Tensor @Nullable [] v,
            boolean retain,
            boolean create) {
        int[] live =
                java.util.stream.IntStream.range(0, y.length)
                        .filter(i -> y[i].requiresGrad())
                        .toArray();
        if (live.length == 0) {
            return map(x, Tensor::zerosLike);
        }
        Tensor[] roots = new Tensor[live.length];
        @Nullable Tensor[] weights = new Tensor[live.length];
        for (int i = 0; i < live.length; i++) {
            roots[i] = y[live[i]];
            weights[i] = v == null ? null : v[live[i]];
        }
        return Autograd.gradOrZeros(roots, x, weights, retain, create);
    }

    private static Product result(Tensor[] y, Tensor[] product, boolean createGraph) {
        return createGraph
                ? new Product(y, product)
                : new Product(map(y, Tensor::detach), map(product, Tensor::detach));
    }

    private static void checkDirections(String op, Tensor[] x, Tensor[] v) {
        boolean fits = v.length == x.length;
        for (int i = 0; fits && i < x.length; i++) {
            fits = v[i].shape().equals(x[i].shape());
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "%s: directions %s do not fit inputs %s".formatted(op, shapes(v), shapes(x)));
        }
    }

    private static String shapes(Tensor[] tensors) {
        return Arrays.stream(tensors).map(t -> t.shape().toString()).toList().toString();
    }

    private static long[] joined(long[] a, long[] b) {
        long[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
