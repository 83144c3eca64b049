package dev.lanegrad;

import dev.lanegrad.PythonCall.Arguments;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The lines of [TorchOps] for special functions, statistics and matrices.
final class TorchMathOps {
    private TorchMathOps() {}

    static void enter() {
        functions();
        powers();
        statistics();
        scans();
        counts();
        integrals();
        matrices();
        norms();
        random();
    }

    private static void line(
            String name, String signature, Function<Arguments, @Nullable Object> java) {
        TorchOps.line(name, signature, java);
    }

    private static void functions() {
        line(
                "logit",
                "x eps=None",
                a -> a.has("eps") ? a.t("x").logit(a.d("eps")) : a.t("x").logit());
        for (String name : List.of("entr", "i1", "i0", "sinc", "erf", "erfc", "expm1", "exp2")) {
            line("special." + name, "x", a -> Reflected.call(name, a.t("x")));
        }
        line(
                "special.logit",
                "x eps=None",
                a -> a.has("eps") ? a.t("x").logit(a.d("eps")) : a.t("x").logit());
        line("nan_to_num", "x nan=0.0 posinf=None neginf=None", TorchMathOps::numbers);
    }

    private static Tensor numbers(Arguments a) {
        Tensor x = a.t("x");
        if (!a.has("posinf") && !a.has("neginf")) {
            return x.nanToNum(a.d("nan"));
        }
        double most = FloatInfo.of(x.dtype()).max();
        return x.nanToNum(
                a.d("nan"),
                a.has("posinf") ? a.d("posinf") : most,
                a.has("neginf") ? a.d("neginf") : -most);
    }

    private static void powers() {
        line(
                "float_power",
                "x exponent",
                a -> Reflected.call("float_power", a.get("x"), a.get("exponent")));
        line("clamp_min", "x min", a -> Reflected.call("clamp_min", a.get("x"), a.get("min")));
        line("clamp_max", "x max", a -> Reflected.call("clamp_max", a.get("x"), a.get("max")));
    }

    private static void statistics() {
        for (String name : List.of("std_mean", "var_mean")) {
            line(
                    name,
                    "x dim=None unbiased=True keepdim=False correction=None",
                    a ->
                            name.equals("std_mean")
                                    ? a.t("x")
                                            .stdMean(
                                                    a.ints("dim"),
                                                    TorchOps.correction(a),
                                                    a.flag("keepdim"))
                                    : a.t("x")
                                            .varMean(
                                                    a.ints("dim"),
                                                    TorchOps.correction(a),
                                                    a.flag("keepdim")));
        }
        line(
                "aminmax",
                "x dim=None keepdim=False",
                a ->
                        a.has("dim")
                                ? a.t("x").aminmax(a.i("dim"), a.flag("keepdim"))
                                : a.t("x").aminmax());
        line(
                "nanmean",
                "x dim=None keepdim=False dtype=None",
                a -> TorchOps.typed(a).nanmean(a.ints("dim"), a.flag("keepdim")));
        for (String name : List.of("quantile", "nanquantile")) {
            line(
                    name,
                    "x q dim=None keepdim=False interpolation=linear",
                    a -> quantile(name.startsWith("nan"), a));
        }
    }

    private static Tensor quantile(boolean skipsNan, Arguments a) {
        Tensor x = a.t("x");
        Tensor q =
                a.get("q") instanceof Tensor t ? t : Tensor.full(Shape.of(), a.d("q"), x.dtype());
        if (a.has("dim")) {
            QuantileInterpolation between =
                    QuantileInterpolation.valueOf(a.text("interpolation").toUpperCase(Locale.ROOT));
            return skipsNan
                    ? x.nanquantile(q, a.i("dim"), a.flag("keepdim"), between)
                    : x.quantile(q, a.i("dim"), a.flag("keepdim"), between);
        }
        return skipsNan ? x.nanquantile(q) : x.quantile(q);
    }

    private static void scans() {
        line("cummax", "x dim", a -> a.t("x").cummax(a.i("dim")));
        line("cummin", "x dim", a -> a.t("x").cummin(a.i("dim")));
        line("logcumsumexp", "x dim", a -> a.t("x").logcumsumexp(a.i("dim")));
    }

    private static void counts() {
        line("count_nonzero", "x dim=None", a -> a.t("x").countNonzero(a.ints("dim")));
        line(
                "bincount",
                "x weights=None minlength=0",
                a ->
                        a.has("weights")
                                ? a.t("x").bincount(a.t("weights"), a.i("minlength"))
                                : a.t("x").bincount(a.i("minlength")));
    }

    private static void random() {
        line(
                "gumbel_softmax",
                "x tau=1 hard=False eps=1e-10 dim=-1",
                a -> a.t("x").gumbelSoftmax(a.d("tau"), a.flag("hard"), a.i("dim")));
    }

    private static void integrals() {
        line(
                "diff",
                "x n=1 dim=-1 prepend=None append=None",
                a -> a.t("x").diff(a.i("n"), a.i("dim"), a.maybe("prepend"), a.maybe("append")));
        for (String name : List.of("trapz", "trapezoid")) {
            line(
                    name,
                    "y x=None dx=1 dim=-1",
                    a ->
                            a.has("x")
                                    ? a.t("y").trapezoid(a.t("x"), a.i("dim"))
                                    : a.t("y").trapezoid(a.d("dx"), a.i("dim")));
        }
        line(
                "cumulative_trapezoid",
                "y x=None dx=1 dim=-1",
                a ->
                        a.has("x")
                                ? a.t("y").cumulativeTrapezoid(a.t("x"), a.i("dim"))
                                : a.t("y").cumulativeTrapezoid(a.d("dx"), a.i("dim")));
    }

    private static void matrices() {
        line("linalg.qr", "x mode=reduced", a -> List.of(reduced(a).qr()));
        line("qr", "x", a -> List.of(a.t("x").qr()));
        line("linalg.svd", "x full_matrices", a -> List.of(a.t("x").svd()));
        line("linalg.svdvals", "x", a -> a.t("x").svdvals());
        for (String name : List.of("linalg.slogdet", "slogdet")) {
            line(name, "x", a -> List.of(a.t("x").slogdet()));
        }
        line("linalg.matrix_power", "x n", a -> a.t("x").matrixPower(a.i("n")));
        line("linalg.multi_dot", "tensors", a -> chain(a));
        line("chain_matmul", "*tensors", a -> chain(a));
        for (String name :
                List.of(
                        "addmm_",
                        "addmv_",
                        "addr",
                        "addr_",
                        "baddbmm",
                        "baddbmm_",
                        "addbmm",
                        "addbmm_")) {
            line(
                    name,
                    "x a b beta=1 alpha=1",
                    a ->
                            Reflected.call(
                                    name, a.t("x"), a.t("a"), a.t("b"), a.d("beta"), a.d("alpha")));
        }
        line(
                "pairwise_distance",
                "x other p=2.0 eps=1e-6 keepdim=False",
                a ->
                        a.t("x")
                                .pairwiseDistance(
                                        a.t("other"), a.d("p"), a.d("eps"), a.flag("keepdim")));
    }

    private static Tensor reduced(Arguments a) {
        if (!a.text("mode").equals("reduced")) {
            throw new PythonCall.NotImplemented("qr, " + a.text("mode"));
        }
        return a.t("x");
    }

    private static Tensor chain(Arguments a) {
        List<Tensor> all = a.tensors("tensors");
        return all.get(0).multiDot(all.subList(1, all.size()));
    }

    private static void norms() {
        line("linalg.matrix_norm", "x ord=fro dim=None keepdim=False", TorchMathOps::matrixNorm);
        line("linalg.norm", "x ord=None dim=None keepdim=False", TorchMathOps::norm);
    }

    private static Tensor matrixNorm(Arguments a) {
        Tensor x = a.t("x");
        int[] axes = a.has("dim") ? a.ints("dim") : new int[] {-2, -1};
        return switch (a.text("ord")) {
            case "fro" -> x.matrixNorm(axes[0], axes[1], a.flag("keepdim"));
            case "nuc" -> x.nuclearNorm(axes[0], axes[1], a.flag("keepdim"));
            default -> x.matrixNorm(a.d("ord"), axes[0], axes[1], a.flag("keepdim"));
        };
    }

    /// Of a matrix where an order and two axes are given, else of a vector.
    private static Tensor norm(Arguments a) {
        Tensor x = a.t("x");
        int[] axes = a.ints("dim");
        boolean ofMatrix = axes.length == 2 || (axes.length == 0 && x.dim() == 2);
        if (!a.has("ord")) {
            return x.norm(2, axes, a.flag("keepdim"));
        }
        return ofMatrix ? matrixNorm(a) : x.norm(a.d("ord"), axes, a.flag("keepdim"));
    }
}
