package dev.lanegrad;

import dev.lanegrad.PythonCall.Arguments;
import dev.lanegrad.PythonCall.NotImplemented;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// PyTorch's functions and methods in our words, a line each: PyTorch's name and signature, and our
/// call. Functions that have no line are looked for by [Reflected], which finds those whose
/// arguments are ours in the same order.
final class TorchOps {
    private static final Map<String, Line> LINES = new HashMap<>();

    private TorchOps() {}

    private record Line(String signature, Function<Arguments, @Nullable Object> java) {}

    static void line(String name, String signature, Function<Arguments, @Nullable Object> java) {
        if (LINES.put(name, new Line(signature, java)) != null) {
            throw new IllegalStateException("two lines for " + name);
        }
    }

    /// Calls a function by its name without `torch.`, `F.` or the dot of a method.
    static @Nullable Object call(String name, PythonCall call) {
        Line line = LINES.get(name);
        if (line != null) {
            return line.java.apply(call.bind(name, line.signature));
        }
        Map<String, @Nullable Object> names = new HashMap<>(call.names());
        boolean inPlace = Boolean.TRUE.equals(names.remove("inplace"));
        if (!names.isEmpty()) {
            throw new NotImplemented(name + " with " + names.keySet());
        }
        return Reflected.call(inPlace ? name + "_" : name, call.places());
    }

    private static @Nullable Object reflected(String name, @Nullable Object... arguments) {
        return Reflected.call(name, arguments);
    }

    static {
        arithmetic();
        activations();
        reductions();
        products();
        shapes();
        choices();
        creation();
        TorchAutograd.enter();
        TorchNetworkOps.enter();
        TorchTensorOps.enter();
        TorchMathOps.enter();
        TorchMovementOps.enter();
    }

    private static void arithmetic() {
        for (String name : List.of("add", "sub")) {
            line(name, "x other alpha=1", a -> scaled(name, a));
        }
        line("pow", "x exponent", TorchOps::power);
        line("clamp", "x min=None max=None", TorchOps::clamp);
        line("clip", "x min=None max=None", TorchOps::clamp);
    }

    private static @Nullable Object scaled(String name, Arguments a) {
        return a.d("alpha") == 1
                ? reflected(name, a.get("x"), a.get("other"))
                : reflected(name, a.get("x"), a.get("other"), a.get("alpha"));
    }

    private static @Nullable Object power(Arguments a) {
        return a.get("x") instanceof Number base
                ? reflected("rpow", a.get("exponent"), base)
                : reflected("pow", a.get("x"), a.get("exponent"));
    }

    private static @Nullable Object clamp(Arguments a) {
        if (a.get("min") instanceof Tensor || a.get("max") instanceof Tensor) {
            return a.t("x").clamp(a.maybe("min"), a.maybe("max"));
        }
        Object min = a.has("min") ? a.get("min") : (Object) Double.NEGATIVE_INFINITY;
        Object max = a.has("max") ? a.get("max") : (Object) Double.POSITIVE_INFINITY;
        return reflected("clamp", a.get("x"), min, max);
    }

    private static void activations() {
        line("leaky_relu", "x negative_slope=0.01", a -> a.t("x").leakyRelu(a.d("negative_slope")));
        line("elu", "x alpha=1", a -> a.t("x").elu(a.d("alpha")));
        line("celu", "x alpha=1", a -> a.t("x").celu(a.d("alpha")));
        line(
                "softplus",
                "x beta=1 threshold=20",
                a -> a.t("x").softplus(a.d("beta"), a.d("threshold")));
        line(
                "hardtanh",
                "x min_val=-1 max_val=1",
                a -> a.t("x").hardtanh(a.d("min_val"), a.d("max_val")));
        line(
                "gelu",
                "x approximate=none",
                a -> a.text("approximate").equals("tanh") ? a.t("x").geluTanh() : a.t("x").gelu());
        line("softshrink", "x lambd=0.5", a -> a.t("x").softshrink(a.d("lambd")));
        line("hardshrink", "x lambd=0.5", a -> a.t("x").hardshrink(a.d("lambd")));
        line(
                "threshold",
                "x threshold value",
                a -> a.t("x").threshold(a.d("threshold"), a.d("value")));
        line(
                "alpha_dropout",
                "x p=0.5 training=False",
                a -> a.t("x").alphaDropout(a.d("p"), a.flag("training")));
        line(
                "feature_alpha_dropout",
                "x p=0.5 training=False",
                a -> a.t("x").featureAlphaDropout(a.d("p"), a.flag("training")));
        line(
                "dropout",
                "x p=0.5 training=True",
                a -> a.t("x").dropout(a.d("p"), a.flag("training")));
    }

    private static void reductions() {
        line(
                "sum",
                "x dim=None keepdim=False dtype=None",
                a ->
                        a.has("dim")
                                ? typed(a).sum(a.ints("dim"), a.flag("keepdim"))
                                : typed(a).sum());
        line(
                "mean",
                "x dim=None keepdim=False dtype=None",
                a ->
                        a.has("dim")
                                ? typed(a).mean(a.ints("dim"), a.flag("keepdim"))
                                : typed(a).mean());
        line(
                "prod",
                "x dim=None keepdim=False dtype=None",
                a -> a.has("dim") ? typed(a).prod(a.i("dim"), a.flag("keepdim")) : typed(a).prod());
        line(
                "var",
                "x dim=None unbiased=True keepdim=False correction=None",
                a -> a.t("x").var(a.ints("dim"), correction(a), a.flag("keepdim")));
        line(
                "std",
                "x dim=None unbiased=True keepdim=False correction=None",
                a -> a.t("x").std(a.ints("dim"), correction(a), a.flag("keepdim")));
        line("norm", "x p=2 dim=None keepdim=False", a -> norm(a, "p"));
        line("linalg.vector_norm", "x ord=2 dim=None keepdim=False", a -> norm(a, "ord"));
        for (String name : List.of("max", "min")) {
            line(name, "x dim=None keepdim=False", a -> extreme(name, a));
        }
        for (String name : List.of("amax", "amin")) {
            line(
                    name,
                    "x dim=None keepdim=False",
                    a ->
                            reflected(
                                    name,
                                    a.t("x"),
                                    java.util.Arrays.stream(a.ints("dim"))
                                            .mapToObj(Long::valueOf)
                                            .toList(),
                                    a.flag("keepdim")));
        }
        for (String name : List.of("argmax", "argmin", "all", "any")) {
            line(
                    name,
                    "x dim=None keepdim=False",
                    a ->
                            a.has("dim")
                                    ? reflected(name, a.t("x"), a.get("dim"), a.flag("keepdim"))
                                    : reflected(name, a.t("x")));
        }
        line("cumsum", "x dim", a -> a.t("x").cumsum(a.i("dim")));
        line("cumprod", "x dim", a -> a.t("x").cumprod(a.i("dim")));
        line(
                "nansum",
                "x dim=None keepdim=False dtype=None",
                a -> typed(a).nansum(a.ints("dim"), a.flag("keepdim")));
    }

    static Tensor typed(Arguments a) {
        return a.get("dtype") instanceof DType dtype ? a.t("x").to(dtype) : a.t("x");
    }

    static double correction(Arguments a) {
        return a.values().get("correction") != null
                ? a.d("correction")
                : a.flag("unbiased") ? 1 : 0;
    }

    private static Tensor norm(Arguments a, String order) {
        return a.has("dim")
                ? a.t("x").norm(a.d(order), a.ints("dim"), a.flag("keepdim"))
                : a.t("x").norm(a.d(order));
    }

    private static @Nullable Object extreme(String name, Arguments a) {
        return switch (a.get("dim")) {
            case null -> reflected(name, a.t("x"));
            case Tensor other -> reflected(name + "imum", a.t("x"), other);
            default -> reflected(name, a.t("x"), a.get("dim"), a.flag("keepdim"));
        };
    }

    private static void products() {
        line(
                "addmm",
                "x a b beta=1 alpha=1",
                a ->
                        a.d("beta") == 1 && a.d("alpha") == 1
                                ? a.t("x").addmm(a.t("a"), a.t("b"))
                                : reflected(
                                        "addmm",
                                        a.t("x"),
                                        a.t("a"),
                                        a.t("b"),
                                        a.d("beta"),
                                        a.d("alpha")));
        line("linear", "x weight bias=None", a -> a.t("x").linear(a.t("weight"), a.maybe("bias")));
    }

    private static void shapes() {
        line("reshape", "x *shape", a -> a.t("x").reshape(a.longs("shape")));
        line(
                "view",
                "x *shape",
                a ->
                        a.get("shape") instanceof List<?> list
                                        && !list.isEmpty()
                                        && list.getFirst() instanceof DType dtype
                                ? a.t("x").view(dtype)
                                : a.longs("shape").length > 0
                                        ? a.t("x").view(a.longs("shape"))
                                        : a.t("x"));
        line("permute", "x *dims", a -> a.t("x").permute(a.ints("dims")));
        line("expand", "x *size", a -> a.t("x").expand(a.longs("size")));
        line("flip", "x *dims", a -> a.t("x").flip(a.ints("dims")));
        line("transpose", "x dim0 dim1", a -> a.t("x").transpose(a.i("dim0"), a.i("dim1")));
        line(
                "flatten",
                "x start_dim=0 end_dim=-1",
                a -> a.t("x").flatten(a.i("start_dim"), a.i("end_dim")));
        line(
                "squeeze",
                "x dim=None",
                a ->
                        a.has("dim")
                                ? reflected("squeeze", a.t("x"), a.get("dim"))
                                : a.t("x").squeeze());
        line(
                "split",
                "x split_size dim=0",
                a -> reflected("split", a.t("x"), a.get("split_size"), a.get("dim")));
        line("chunk", "x chunks dim=0", a -> a.t("x").chunk(a.i("chunks"), a.i("dim")));
        line("cat", "tensors dim=0", a -> Tensor.cat(a.tensors("tensors"), a.i("dim")));
        for (String name : List.of("concat", "concatenate")) {
            line(name, "tensors dim=0", a -> Tensor.cat(a.tensors("tensors"), a.i("dim")));
        }
        line("view_as", "x other", a -> a.t("x").view(a.t("other").shape().toArray()));
        line("broadcast_to", "x *size", a -> a.t("x").expand(a.longs("size")));
        line("adjoint", "x", a -> a.t("x").transpose(-2, -1));
        line("type", "x dtype", TorchOps::typed);
        line("stack", "tensors dim=0", a -> Tensor.stack(a.tensors("tensors"), a.i("dim")));
        line("double", "x", a -> a.t("x").to(DType.FLOAT64));
        line("float", "x", a -> a.t("x").to(DType.FLOAT32));
        line("half", "x", a -> a.t("x").to(DType.FLOAT16));
        line("int", "x", a -> a.t("x").to(DType.INT32));
        line("long", "x", a -> a.t("x").to(DType.INT64));
        line("bool", "x", a -> a.t("x").to(DType.BOOL));
    }

    private static void choices() {
        line(
                "where",
                "condition x y",
                a ->
                        reflected(
                                "where",
                                a.t("condition"),
                                operand(a.get("x")),
                                operand(a.get("y"))));
        line(
                "masked_fill",
                "x mask value",
                a -> reflected("masked_fill", a.t("x"), a.t("mask"), a.get("value")));
    }

    /// Python's numbers are tensors where both operands may be numbers.
    private static @Nullable Object operand(@Nullable Object value) {
        return switch (value) {
            case Double x -> Creation.number(x);
            case Long n -> Creation.number(n);
            case null, default -> value;
        };
    }

    private static void creation() {
        line("Tensor", "data", a -> PythonTensor.of(a.get("data"), Tensor.getDefaultDtype()));
        line("scalar_tensor", "s", a -> Tensor.full(Shape.of(), a.d("s")));
        line(
                "full_like",
                "x fill_value",
                a -> Tensor.full(a.t("x").shape(), a.d("fill_value"), a.t("x").dtype()));
        line(
                "ones",
                "*size dtype=None requires_grad=False",
                a ->
                        Tensor.full(Shape.of(a.longs("size")), 1, dtype(a))
                                .requiresGrad(a.flag("requires_grad")));
        line(
                "zeros",
                "*size dtype=None requires_grad=False",
                a ->
                        Tensor.full(Shape.of(a.longs("size")), 0, dtype(a))
                                .requiresGrad(a.flag("requires_grad")));
        line("arange", "start end=None step=1", TorchOps::arange);
        line(
                "full",
                "size fill_value dtype=None requires_grad=False",
                a ->
                        Tensor.full(Shape.of(a.longs("size")), a.d("fill_value"), dtype(a))
                                .requiresGrad(a.flag("requires_grad")));
        line("iinfo", "dtype", a -> IntegerInfo.of(dtype(a)));
        line("finfo", "dtype=None", a -> FloatInfo.of(dtype(a)));
        line("tolist", "x", a -> a.t("x").toList());
        line("Size", "sizes", a -> new PythonOperators.Size(Shape.of(a.longs("sizes"))));
        line(
                "tensor",
                "data dtype=None requires_grad=False",
                a ->
                        PythonTensor.of(a.get("data"), a.get("dtype") instanceof DType d ? d : null)
                                .requiresGrad(a.flag("requires_grad")));
    }

    private static Object arange(Arguments a) {
        boolean whole = true;
        for (String name : List.of("start", "end", "step")) {
            whole &= !(a.get(name) instanceof Double);
        }
        String from = a.has("end") ? "start" : "";
        String to = a.has("end") ? "end" : "start";
        if (whole) {
            return Tensor.arange(from.isEmpty() ? 0 : a.n(from), a.n(to), a.n("step"));
        }
        return Tensor.arange(from.isEmpty() ? 0 : a.d(from), a.d(to), a.d("step"));
    }

    private static DType dtype(Arguments a) {
        return a.get("dtype") instanceof DType d ? d : Tensor.getDefaultDtype();
    }
}
