package dev.lanegrad;

import dev.lanegrad.PythonCall.Arguments;
import dev.lanegrad.PythonCall.NotImplemented;
import java.util.List;
import java.util.function.Function;

/// The lines of [TorchOps] for shapes, joined tensors, and writes by position.
final class TorchMovementOps {
    private TorchMovementOps() {}

    static void enter() {
        shapes();
        joined();
        parts();
        positions();
        bounded();
        draws();
    }

    private static void line(String name, String signature, Function<Arguments, Object> java) {
        TorchOps.line(name, signature, a -> java.apply(a));
    }

    private static void shapes() {
        line("unflatten", "x dim sizes", a -> a.t("x").unflatten(a.i("dim"), a.longs("sizes")));
        line("ravel", "x", a -> a.t("x").contiguous().view(-1));
        line("expand_as", "x other", a -> a.t("x").expand(a.t("other").shape()));
        line("reshape_as", "x other", a -> a.t("x").reshape(a.t("other").shape()));
        for (String name : List.of("swapaxes", "swapdims")) {
            line(name, "x dim0 dim1", a -> a.t("x").transpose(a.i("dim0"), a.i("dim1")));
        }
        line(
                "moveaxis",
                "x source destination",
                a -> a.t("x").movedim(a.i("source"), a.i("destination")));
        line("fliplr", "x", a -> a.t("x").flip(1));
        line("flipud", "x", a -> a.t("x").flip(0));
        line("atleast_1d", "x", a -> Joining.atLeast1d(a.t("x")));
        line("atleast_2d", "x", a -> Joining.atLeast2d(a.t("x")));
        line("atleast_3d", "x", a -> Joining.atLeast3d(a.t("x")));
        line("channel_shuffle", "x groups", a -> a.t("x").channelShuffle(a.i("groups")));
    }

    private static void joined() {
        for (String name : List.of("vstack", "row_stack")) {
            line(name, "tensors", a -> Tensor.vstack(a.tensors("tensors")));
        }
        line("hstack", "tensors", a -> Tensor.hstack(a.tensors("tensors")));
        line("dstack", "tensors", a -> Tensor.dstack(a.tensors("tensors")));
        line("column_stack", "tensors", a -> Tensor.columnStack(a.tensors("tensors")));
        line(
                "meshgrid",
                "*tensors indexing=ij",
                a -> {
                    if (!a.text("indexing").equals("ij")) {
                        throw new NotImplemented("meshgrid with exchanged axes");
                    }
                    return Tensor.meshgrid(a.tensors("tensors").toArray(new Tensor[0]));
                });
    }

    private static void parts() {
        line("tensor_split", "x at dim=0", a -> split(a, a.i("dim")));
        line("hsplit", "x at", a -> split(a, a.t("x").dim() == 1 ? 0 : 1));
        line("vsplit", "x at", a -> split(a, 0));
        line("dsplit", "x at", a -> split(a, 2));
    }

    private static Object split(Arguments a, int axis) {
        return a.get("at") instanceof List<?>
                ? a.t("x").tensorSplit(a.ints("at"), axis)
                : a.t("x").tensorSplit(a.i("at"), axis);
    }

    private static void positions() {
        for (String end : List.of("", "_")) {
            TorchOps.line(
                    "scatter_reduce" + end,
                    "x dim index src reduce include_self=True",
                    a -> Reflected.call("scatter_reduce" + end, List.copyOf(a.values().values())));
            TorchOps.line(
                    "put" + end,
                    "x index source accumulate=False",
                    a -> Reflected.call("put" + end, List.copyOf(a.values().values())));
        }
        line(
                "index_put_",
                "x indices values accumulate=False",
                a ->
                        a.t("x")
                                .indexPut_(
                                        a.tensors("indices").toArray(new Tensor[0]),
                                        a.t("values"),
                                        a.flag("accumulate")));
    }

    private static void draws() {
        line("randperm", "n", a -> Tensor.randperm(a.n("n")));
        line(
                "randint",
                "low high size=None",
                a ->
                        a.has("size")
                                ? Tensor.randint(a.n("low"), a.n("high"), a.longs("size"))
                                : Tensor.randint(0, a.n("low"), a.longs("high")));
        line(
                "normal",
                "mean std=1.0 size=None",
                a ->
                        a.has("size")
                                ? Tensor.normal(a.d("mean"), a.d("std"), a.longs("size"))
                                : Tensor.normal(tensor(a, "mean"), tensor(a, "std")));
        line(
                "multinomial",
                "x num_samples replacement=False",
                a -> a.t("x").multinomial(a.i("num_samples"), a.flag("replacement")));
    }

    private static Tensor tensor(Arguments a, String name) {
        return a.get(name) instanceof Double d ? Tensor.scalar(d.floatValue()) : a.t(name);
    }

    private static void bounded() {
        for (String name : List.of("clamp_", "clip_")) {
            TorchOps.line(
                    name,
                    "x min=None max=None",
                    a ->
                            Reflected.call(
                                    "clamp_",
                                    a.get("x"),
                                    a.has("min") ? a.get("min") : Double.NEGATIVE_INFINITY,
                                    a.has("max") ? a.get("max") : Double.POSITIVE_INFINITY));
        }
        for (String name : List.of("addcmul_", "addcdiv_")) {
            TorchOps.line(
                    name,
                    "x a b value=1",
                    a -> Reflected.call(name, a.get("x"), a.get("a"), a.get("b"), a.d("value")));
        }
        line("triu_", "x diagonal=0", a -> a.t("x").triu_(a.i("diagonal")));
        line("tril_", "x diagonal=0", a -> a.t("x").tril_(a.i("diagonal")));
    }
}
