package dev.lanegrad;

import dev.lanegrad.PythonCall.Arguments;
import dev.lanegrad.PythonCall.NotImplemented;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lines of [TorchOps] for gradients and graphs.
final class TorchAutograd {
    private TorchAutograd() {}

    static void enter() {
        TorchOps.line(
                "backward",
                "x gradient=None retain_graph=None create_graph=False inputs=None",
                a -> {
                    backward(a, a.t("x"), a.maybe("gradient"));
                    return null;
                });
        TorchOps.line(
                "autograd.backward",
                "tensors grad_tensors=None retain_graph=None create_graph=False inputs=None",
                a -> {
                    backward(a, a.get("tensors"), a.get("grad_tensors"));
                    return null;
                });
        TorchOps.line(
                "autograd.grad",
                "outputs inputs grad_outputs=None retain_graph=None create_graph=False"
                        + " allow_unused=None materialize_grads=False",
                TorchAutograd::grad);
        TorchOps.line("is_grad_enabled", "unused=None", _ -> Autograd.isGradEnabled());
        TorchOps.line("_is_view", "x", a -> a.t("x").base() != null);
        TorchOps.line("autograd.gradcheck", CHECK, a -> check(a, false));
        TorchOps.line("autograd.gradgradcheck", CHECK, a -> check(a, true));
        TorchOps.line("as_strided", "x size stride storage_offset=None", TorchAutograd::strided);
    }

    private static Tensor strided(Arguments a) {
        return a.has("storage_offset")
                ? a.t("x").asStrided(a.longs("size"), a.longs("stride"), a.n("storage_offset"))
                : a.t("x").asStrided(a.longs("size"), a.longs("stride"));
    }

    private static final String CHECK =
            "func inputs eps=1e-6 atol=1e-5 rtol=1e-3 raise_exception=True";

    /// @throws IllegalStateException with the report if the check fails
    private static boolean check(Arguments a, boolean second) {
        if (!(a.get("func") instanceof Interpreter.Symbol f)) {
            throw new NotImplemented("gradcheck of " + a.get("func"));
        }
        java.util.function.Function<Tensor[], Tensor> fn =
                x ->
                        (Tensor)
                                Interpreter.present(
                                        TorchOps.call(f.name(), PythonCall.of((Object[]) x)));
        Tensor[] inputs = tensors(a.get("inputs"));
        fn.apply(inputs);
        GradCheck.Options options =
                GradCheck.options().eps(a.d("eps")).atol(a.d("atol")).rtol(a.d("rtol"));
        GradReport report = second ? options.checkSecond(fn, inputs) : options.check(fn, inputs);
        if (!report.passed() && a.flag("raise_exception")) {
            throw new IllegalStateException(report.toString());
        }
        return report.passed();
    }

    private static void backward(Arguments a, @Nullable Object roots, @Nullable Object gradients) {
        boolean create = a.flag("create_graph");
        boolean retain = a.has("retain_graph") ? a.flag("retain_graph") : create;
        Autograd.backward(
                tensors(roots),
                gradients == null ? null : tensors(gradients),
                retain,
                create,
                a.has("inputs") ? tensors(a.get("inputs")) : null);
    }

    private static List<@Nullable Object> grad(Arguments a) {
        boolean create = a.flag("create_graph");
        boolean retain = a.has("retain_graph") ? a.flag("retain_graph") : create;
        Tensor[] outputs = tensors(a.get("outputs"));
        Tensor[] inputs = tensors(a.get("inputs"));
        Tensor[] weights = a.has("grad_outputs") ? tensors(a.get("grad_outputs")) : null;
        if (a.flag("materialize_grads")) {
            if (Boolean.FALSE.equals(a.get("allow_unused"))) {
                throw new NotImplemented("zeros for unused inputs that are not allowed");
            }
            return Interpreter.parts(
                    Autograd.gradOrZeros(outputs, inputs, weights, retain, create));
        }
        return Interpreter.parts(
                Autograd.grad(outputs, inputs, weights, retain, create, a.flag("allow_unused")));
    }

    private static Tensor[] tensors(@Nullable Object value) {
        if (value instanceof List<?> list && list.isEmpty()) {
            return new Tensor[0];
        }
        return Interpreter.tensors(value).toArray(new Tensor[0]);
    }
}
