package dev.lanegrad;

import dev.lanegrad.PythonCall.Arguments;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The lines of [TorchOps] for choosing, moving and combining elements.
final class TorchTensorOps {
    private TorchTensorOps() {}

    static void enter() {
        pairs();
        choices();
        moves();
        algebra();
        images();
        sequences();
    }

    private static void line(
            String name, String signature, java.util.function.Function<Arguments, Object> java) {
        TorchOps.line(name, signature, a -> java.apply(a));
    }

    private static void pairs() {
        TorchOps.line("div", "x other rounding_mode=None", TorchTensorOps::quotient);
        TorchOps.line(
                "floor_divide",
                "x other",
                a -> Reflected.call("div", a.get("x"), a.get("other"), RoundingMode.FLOOR));
        for (String name : List.of("addcmul", "addcdiv")) {
            TorchOps.line(
                    name,
                    "x a b value=1",
                    a -> Reflected.call(name, a.get("x"), a.get("a"), a.get("b"), a.d("value")));
        }
        line("glu", "x dim=-1", a -> a.t("x").glu(a.i("dim")));
    }

    private static @Nullable Object quotient(Arguments a) {
        if (!a.has("rounding_mode")) {
            return Reflected.call("div", a.get("x"), a.get("other"));
        }
        RoundingMode mode =
                a.text("rounding_mode").equals("floor") ? RoundingMode.FLOOR : RoundingMode.DOWN;
        return Reflected.call("div", a.get("x"), a.get("other"), mode);
    }

    private static void choices() {
        line("sort", "x dim=-1 descending=False", a -> sorted(a));
        line(
                "argsort",
                "x dim=-1 descending=False",
                a -> a.t("x").argsort(a.i("dim"), a.flag("descending")));
        line(
                "topk",
                "x k dim=-1 largest=True",
                a -> a.t("x").topk(a.i("k"), a.i("dim"), a.flag("largest")));
        line(
                "kthvalue",
                "x k dim=-1 keepdim=False",
                a -> a.t("x").kthvalue(a.i("k"), a.i("dim"), a.flag("keepdim")));
        line(
                "median",
                "x dim=None keepdim=False",
                a ->
                        a.has("dim")
                                ? a.t("x").median(a.i("dim"), a.flag("keepdim"))
                                : a.t("x").median());
        line("mode", "x dim=-1 keepdim=False", a -> a.t("x").mode(a.i("dim"), a.flag("keepdim")));
        line("one_hot", "x num_classes=-1", a -> a.t("x").oneHot(a.i("num_classes")));
        line(
                "index_put",
                "x indices values accumulate=False",
                a ->
                        a.t("x")
                                .indexPut(
                                        a.tensors("indices").toArray(new Tensor[0]),
                                        a.t("values"),
                                        a.flag("accumulate")));
    }

    private static Object sorted(Arguments a) {
        return a.t("x").sort(a.i("dim"), a.flag("descending"));
    }

    private static void moves() {
        line("diag", "x diagonal=0", a -> a.t("x").diag(a.i("diagonal")));
        line("triu", "x diagonal=0", a -> a.t("x").triu(a.i("diagonal")));
        line("tril", "x diagonal=0", a -> a.t("x").tril(a.i("diagonal")));
        line(
                "diagonal",
                "x offset=0 dim1=0 dim2=1",
                a -> a.t("x").diagonal(a.i("offset"), a.i("dim1"), a.i("dim2")));
        line("repeat", "x *sizes", a -> a.t("x").repeat(a.longs("sizes")));
        line("tile", "x *dims", a -> a.t("x").tile(a.longs("dims")));
        TorchOps.line(
                "repeat_interleave",
                "x repeats dim",
                a ->
                        Reflected.call(
                                "repeat_interleave", a.get("x"), a.get("repeats"), a.get("dim")));
        line(
                "rot90",
                "x k=1 dims=None",
                a -> {
                    int[] axes = a.has("dims") ? a.ints("dims") : new int[] {0, 1};
                    return a.t("x").rot90(a.i("k"), axes[0], axes[1]);
                });
        line("roll", "x shifts dims", a -> a.t("x").roll(a.n("shifts"), a.i("dims")));
        line("movedim", "x source destination", a -> moved(a));
        line(
                "unfold",
                "x dimension=None size=None step=None kernel_size=None dilation=1 padding=0"
                        + " stride=1",
                a -> a.has("size") ? windows(a) : columns(a));
        line(
                "fold",
                "x output_size kernel_size dilation=1 padding=0 stride=1",
                a ->
                        a.t("x")
                                .fold(
                                        a.ints("output_size"),
                                        a.ints("kernel_size"),
                                        a.ints("dilation"),
                                        a.ints("padding"),
                                        a.ints("stride")));
    }

    private static Object moved(Arguments a) {
        return a.t("x").movedim(a.i("source"), a.i("destination"));
    }

    private static Object windows(Arguments a) {
        return a.t("x").unfold(a.i("dimension"), a.i("size"), a.i("step"));
    }

    private static Object columns(Arguments a) {
        int[] kernel = a.ints(a.has("kernel_size") ? "kernel_size" : "dimension");
        return a.t("x").unfold(kernel, a.ints("dilation"), a.ints("padding"), a.ints("stride"));
    }

    private static void algebra() {
        line("linalg.solve", "a b", a -> a.t("a").solve(a.t("b")));
        line("linalg.cholesky", "a", a -> a.t("a").cholesky());
        line("linalg.inv", "a", a -> a.t("a").inv());
        line("linalg.det", "a", a -> a.t("a").det());
        line("cross", "x other dim=-1", a -> a.t("x").cross(a.t("other"), a.i("dim")));
        line("dist", "x other p=2", a -> a.t("x").dist(a.t("other"), a.d("p")));
        line("cdist", "x other p=2.0", a -> a.t("x").cdist(a.t("other"), a.d("p")));
        line(
                "addmv",
                "x a b beta=1 alpha=1",
                a -> a.t("x").addmv(a.t("a"), a.t("b"), a.d("beta"), a.d("alpha")));
        line(
                "bilinear",
                "x other weight bias=None",
                a -> a.t("x").bilinear(a.t("other"), a.t("weight"), a.maybe("bias")));
        line(
                "einsum",
                "equation *operands",
                a -> {
                    List<Tensor> operands = new ArrayList<>(a.tensors("operands"));
                    return Tensor.einsum(a.text("equation"), operands.toArray(new Tensor[0]));
                });
    }

    private static void images() {
        line(
                "pad",
                "x pad mode=constant value=0",
                a ->
                        a.text("mode").equals("constant")
                                ? a.t("x").pad(a.ints("pad"), a.has("value") ? a.d("value") : 0)
                                : a.t("x").pad(a.ints("pad"), padMode(a.text("mode"))));
        line(
                "pixel_shuffle",
                "x upscale_factor",
                a -> a.t("x").pixelShuffle(a.i("upscale_factor")));
        line(
                "pixel_unshuffle",
                "x downscale_factor",
                a -> a.t("x").pixelUnshuffle(a.i("downscale_factor")));
        line(
                "interpolate",
                "x size=None scale_factor=None mode=nearest align_corners=False",
                TorchTensorOps::interpolated);
        line(
                "grid_sample",
                "x grid mode=bilinear padding_mode=zeros align_corners=False",
                a ->
                        a.t("x")
                                .gridSample(
                                        a.t("grid"),
                                        interpolation(a.text("mode")),
                                        GridPadding.valueOf(
                                                a.text("padding_mode").toUpperCase(Locale.ROOT)),
                                        a.flag("align_corners")));
    }

    private static PadMode padMode(String mode) {
        return PadMode.valueOf(mode.toUpperCase(Locale.ROOT));
    }

    private static Interpolation interpolation(String mode) {
        return mode.equals("linear")
                ? Interpolation.BILINEAR
                : Interpolation.valueOf(mode.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    private static Object interpolated(Arguments a) {
        Tensor x = a.t("x");
        Interpolation mode = interpolation(a.text("mode"));
        boolean corners = a.flag("align_corners");
        if (!a.has("size")) {
            double[] scale =
                    a.get("scale_factor") instanceof List<?> list
                            ? list.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray()
                            : new double[] {a.d("scale_factor")};
            return x.interpolate(scale, mode, corners);
        }
        int[] size = a.ints("size");
        return x.interpolate(
                Images.perAxis("interpolate", "size", size, x.dim() - 2), mode, corners);
    }

    private static void sequences() {
        line(
                "embedding",
                "x weight padding_idx=-1",
                a ->
                        a.t("x")
                                .embedding(
                                        a.t("weight"),
                                        a.has("padding_idx") ? a.i("padding_idx") : -1));
        line(
                "embedding_bag",
                "x weight offsets mode=mean",
                a -> {
                    BagReduction mode =
                            BagReduction.valueOf(a.text("mode").toUpperCase(Locale.ROOT));
                    return a.t("x").embeddingBag(a.t("weight"), a.t("offsets"), mode);
                });
        line(
                "scaled_dot_product_attention",
                "query key value attn_mask=None dropout_p=0.0 is_causal=False",
                a ->
                        a.t("query")
                                .scaledDotProductAttention(
                                        a.t("key"),
                                        a.t("value"),
                                        a.maybe("attn_mask"),
                                        a.flag("is_causal")));
    }
}
