package dev.lanegrad;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Derivatives of functions on tensors, as `torch.autograd.functional`.
///
/// For functions made of functions, as `torch.func` has them, see [Transforms].
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
                rows[j][r] = createGraph ? gx[j] : ForwardMode.detached(gx[j]);
            }
        }
        Tensor[] blocks = new Tensor[in.length];
        for (int j = 0; j < in.length; j++) {
            Shape shape = joined(y.shape(), in[j].shape());
            blocks[j] =
                    y.numel() == 0
                            ? Creation.zeros(shape, in[j].dtype())
                            : Tensor.stack(Arrays.asList(rows[j]), 0).reshape(shape.toArray());
        }
        return blocks;
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
        return new Product(one(createGraph ? y : ForwardMode.detached(y)), p.product());
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
                                : ForwardMode.detached(t).requiresGrad(true));
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
                : new Product(map(y, ForwardMode::detached), map(product, ForwardMode::detached));
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

    static Shape joined(Shape a, Shape b) {
        long[] all = Arrays.copyOf(a.toArray(), a.dim() + b.dim());
        System.arraycopy(b.toArray(), 0, all, a.dim(), b.dim());
        return Shape.of(all);
    }
}
