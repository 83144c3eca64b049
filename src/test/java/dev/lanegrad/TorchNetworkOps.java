package dev.lanegrad;

import dev.lanegrad.PythonCall.Arguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lines of [TorchOps] for what networks are made of. A line without a call passes all its
/// arguments on in their order.
final class TorchNetworkOps {
    private TorchNetworkOps() {}

    private static void line(String name, String signature) {
        TorchOps.line(name, signature, a -> Reflected.call(name, all(a)));
    }

    private static List<@Nullable Object> all(Arguments a) {
        return new java.util.ArrayList<>(a.values().values());
    }

    static void enter() {
        convolutions();
        pools();
        normalizations();
        losses();
    }

    private static void convolutions() {
        String sizes = "stride=1 padding=0 dilation=1 groups=1";
        line("conv1d", "x weight bias=None " + sizes);
        line("conv2d", "x weight bias=None " + sizes);
        String transposed = "stride=1 padding=0 output_padding=0 groups=1 dilation=1";
        line("conv_transpose1d", "x weight bias=None " + transposed);
        line("conv_transpose2d", "x weight bias=None " + transposed);
        line("conv3d", "x weight bias=None " + sizes);
        line("conv_transpose3d", "x weight bias=None " + transposed);
    }

    private static void pools() {
        for (String d : List.of("1d", "2d", "3d")) {
            TorchOps.line(
                    "max_unpool" + d,
                    "x indices kernel_size stride=None padding=0 output_size=None",
                    a -> Reflected.call("max_unpool" + d, all(a)));
            TorchOps.line(
                    "max_pool" + d,
                    "x kernel_size stride=None padding=0 dilation=1 ceil_mode=False",
                    a -> Reflected.call("max_pool" + d, withStride(a)));
            TorchOps.line(
                    "adaptive_max_pool" + d,
                    "x output_size",
                    a -> adaptive("adaptive_max_pool" + d, a));
            TorchOps.line(
                    "adaptive_avg_pool" + d,
                    "x output_size",
                    a -> adaptive("adaptive_avg_pool" + d, a));
        }
        for (String name : List.of("avg_pool2d", "avg_pool3d")) {
            TorchOps.line(
                    name,
                    "x kernel_size stride=None padding=0 ceil_mode=False count_include_pad=True"
                            + " divisor_override=0",
                    a -> Reflected.call(name, withStride(a)));
        }
        TorchOps.line(
                "avg_pool1d",
                "x kernel_size stride=None padding=0 ceil_mode=False count_include_pad=True",
                a -> Reflected.call("avg_pool1d", withStride(a)));
        for (String name : List.of("lp_pool1d", "lp_pool2d")) {
            TorchOps.line(
                    name,
                    "x norm_type kernel_size stride=None ceil_mode=False",
                    a -> Reflected.call(name, withStride(a)));
        }
    }

    /// The arguments, the stride being the kernel's size if it is not given.
    private static List<@Nullable Object> withStride(Arguments a) {
        a.values().computeIfAbsent("stride", _ -> a.get("kernel_size"));
        return all(a);
    }

    private static @Nullable Object adaptive(String name, Arguments a) {
        List<@Nullable Object> arguments = new java.util.ArrayList<>();
        arguments.add(a.t("x"));
        if (a.get("output_size") instanceof List<?> sizes) {
            arguments.addAll(sizes);
        } else {
            int axes = name.endsWith("3d") ? 3 : 1;
            arguments.addAll(java.util.Collections.nCopies(axes, a.get("output_size")));
        }
        return Reflected.call(name, arguments);
    }

    private static void normalizations() {
        line(
                "batch_norm",
                "x running_mean running_var weight=None bias=None training=False momentum=0.1"
                        + " eps=1e-5");
        line("layer_norm", "x normalized_shape weight=None bias=None eps=1e-5");
        line("group_norm", "x num_groups weight=None bias=None eps=1e-5");
        line(
                "instance_norm",
                "x running_mean=None running_var=None weight=None bias=None use_input_stats=True"
                        + " momentum=0.1 eps=1e-5");
        line("local_response_norm", "x size alpha=1e-4 beta=0.75 k=1.0");
        line("normalize", "x p=2.0 dim=1 eps=1e-12");
        for (String name : List.of("softmax", "log_softmax", "softmin")) {
            TorchOps.line(
                    name,
                    "x dim dtype=None",
                    a -> Reflected.call(name, TorchOps.typed(a), a.get("dim")));
        }
        TorchOps.line(
                "logsumexp",
                "x dim keepdim=False",
                a -> a.t("x").logsumexp(a.ints("dim"), a.flag("keepdim")));
    }

    private static @Nullable Object lengths(Arguments a, String name) {
        return a.get(name) instanceof Tensor t ? List.of(t.toList()) : a.get(name);
    }

    private static void losses() {
        line(
                "cross_entropy",
                "x target weight=None ignore_index=-100 reduction=mean label_smoothing=0.0");
        TorchOps.line(
                "ctc_loss",
                "x targets input_lengths target_lengths blank=0 reduction=mean zero_infinity=False",
                a ->
                        Reflected.call(
                                "ctc_loss",
                                a.t("x"),
                                a.t("targets"),
                                lengths(a, "input_lengths"),
                                lengths(a, "target_lengths"),
                                a.get("blank"),
                                a.get("reduction"),
                                a.get("zero_infinity")));
        line("nll_loss", "x target weight=None ignore_index=-100 reduction=mean");
        line("binary_cross_entropy", "x target weight=None reduction=mean");
        TorchOps.line(
                "binary_cross_entropy_with_logits",
                "x target weight=None reduction=mean pos_weight=None",
                a ->
                        Reflected.call(
                                "binary_cross_entropy_with_logits",
                                a.t("x"),
                                a.t("target"),
                                a.get("weight"),
                                a.get("pos_weight"),
                                a.get("reduction")));
        line("kl_div", "x target reduction=mean log_target=False");
        line("mse_loss", "x target reduction=mean");
        line("l1_loss", "x target reduction=mean");
        line("smooth_l1_loss", "x target reduction=mean beta=1.0");
        line("huber_loss", "x target reduction=mean delta=1.0");
        line("soft_margin_loss", "x target reduction=mean");
        line("margin_ranking_loss", "x other target margin=0.0 reduction=mean");
        line("hinge_embedding_loss", "x target margin=1.0 reduction=mean");
        line("cosine_embedding_loss", "x other target margin=0.0 reduction=mean");
        line(
                "triplet_margin_loss",
                "x positive negative margin=1.0 p=2.0 eps=1e-6 swap=False reduction=mean");
        line("multi_margin_loss", "x target p=1 margin=1.0 weight=None reduction=mean");
        line("multilabel_soft_margin_loss", "x target weight=None reduction=mean");
        line("poisson_nll_loss", "x target log_input=True full=False eps=1e-8 reduction=mean");
        line("gaussian_nll_loss", "x target var full=False eps=1e-6 reduction=mean");
    }
}
