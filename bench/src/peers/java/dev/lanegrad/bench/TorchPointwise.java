package dev.lanegrad.bench;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.global.torch;

/// Functions of one tensor.
final class TorchPointwise {
    private static final ScalarOptional LOW = new ScalarOptional(new Scalar(-1.0));
    private static final ScalarOptional HIGH = new ScalarOptional(new Scalar(1.0));
    private static final Scalar ZERO = new Scalar(0.0);
    private static final Scalar SIX = new Scalar(6.0);
    private static final Scalar ONE_AND_A_HALF = new Scalar(1.5);
    private static final Scalar HALF = new Scalar(0.5);
    private static final Scalar MINUS_ONE = new Scalar(-1.0);

    private TorchPointwise() {}

    static void addTo(TorchRows rows) {
        functions(rows);
        arithmetic(rows);
        elementary(rows);
        activations(rows);
    }

    private static void functions(TorchRows rows) {
        rows.into("exp", t -> torch.exp_out(t.y, t.x))
                .into("log", t -> torch.log_out(t.y, t.positive))
                .into("tanh", t -> torch.tanh_out(t.y, t.x))
                .into("sigmoid", t -> torch.sigmoid_out(t.y, t.x))
                .into("gelu", t -> torch.gelu_out(t.y, t.x))
                .into("erf", t -> torch.erf_out(t.y, t.x));
    }

    private static void arithmetic(TorchRows rows) {
        rows.into("neg", t -> torch.neg_out(t.y, t.x))
                .into("abs", t -> torch.abs_out(t.y, t.x))
                .into("sign", t -> torch.sign_out(t.y, t.x))
                .into("floor", t -> torch.floor_out(t.y, t.x))
                .into("ceil", t -> torch.ceil_out(t.y, t.x))
                .into("round", t -> torch.round_out(t.y, t.x))
                .into("trunc", t -> torch.trunc_out(t.y, t.x))
                .into("frac", t -> torch.frac_out(t.y, t.x))
                .into("square", t -> torch.square_out(t.y, t.x))
                .into("reciprocal", t -> torch.reciprocal_out(t.y, t.positive))
                .into("sqrt", t -> torch.sqrt_out(t.y, t.positive))
                .into("rsqrt", t -> torch.rsqrt_out(t.y, t.positive))
                .into("clamp", t -> torch.clamp_out(t.y, t.x, LOW, HIGH))
                .into("nanToNum", t -> torch.nan_to_num_out(t.y, t.x))
                .makes("isnan", t -> torch.isnan(t.x))
                .makes("isinf", t -> torch.isinf(t.x))
                .makes("isfinite", t -> torch.isfinite(t.x))
                .into("logicalNot", t -> torch.logical_not_out(t.truth, t.mask))
                .into("bitwiseNot", t -> torch.bitwise_not_out(t.indices, t.integers));
    }

    private static void elementary(TorchRows rows) {
        rows.into("exp2", t -> torch.exp2_out(t.y, t.x))
                .into("expm1", t -> torch.expm1_out(t.y, t.x))
                .into("log2", t -> torch.log2_out(t.y, t.positive))
                .into("log10", t -> torch.log10_out(t.y, t.positive))
                .into("log1p", t -> torch.log1p_out(t.y, t.positive))
                .into("sin", t -> torch.sin_out(t.y, t.x))
                .into("cos", t -> torch.cos_out(t.y, t.x))
                .into("tan", t -> torch.tan_out(t.y, t.unit))
                .into("asin", t -> torch.asin_out(t.y, t.unit))
                .into("acos", t -> torch.acos_out(t.y, t.unit))
                .into("atan", t -> torch.atan_out(t.y, t.x))
                .into("sinh", t -> torch.sinh_out(t.y, t.x))
                .into("cosh", t -> torch.cosh_out(t.y, t.x))
                .into("asinh", t -> torch.asinh_out(t.y, t.x))
                .into("acosh", t -> torch.acosh_out(t.y, t.aboveOne))
                .into("atanh", t -> torch.atanh_out(t.y, t.unit))
                .into("erfc", t -> torch.erfc_out(t.y, t.x))
                .into("lgamma", t -> torch.lgamma_out(t.y, t.positive))
                .into("digamma", t -> torch.digamma_out(t.y, t.positive))
                .into("logit", t -> torch.logit_out(t.y, t.probability))
                .into("i0", t -> torch.i0_out(t.y, t.x))
                .into("i1", t -> torch.special_i1_out(t.y, t.x))
                .into("entr", t -> torch.special_entr_out(t.y, t.positive))
                .into("sinc", t -> torch.sinc_out(t.y, t.x));
    }

    private static void activations(TorchRows rows) {
        rows.makes("relu", t -> torch.relu(t.x))
                .into("relu6", t -> torch.hardtanh_out(t.y, t.x, ZERO, SIX))
                .into("leakyRelu", t -> torch.leaky_relu_out(t.y, t.x))
                .into("elu", t -> torch.elu_out(t.y, t.x))
                .makes("selu", t -> torch.selu(t.x))
                .makes("celu", t -> torch.celu(t.x, ONE_AND_A_HALF))
                .into("geluTanh", t -> torch.gelu_out(t.y, t.x, "tanh"))
                .into("silu", t -> torch.silu_out(t.y, t.x))
                .into("mish", t -> torch.mish_out(t.y, t.x))
                .into("softplus", t -> torch.softplus_out(t.y, t.x))
                .into("hardswish", t -> torch.hardswish_out(t.y, t.x))
                .into("hardsigmoid", t -> torch.hardsigmoid_out(t.y, t.x))
                .into("hardtanh", t -> torch.hardtanh_out(t.y, t.x))
                .into("logsigmoid", t -> torch.log_sigmoid_out(t.y, t.x))
                .into("softshrink", t -> torch.softshrink_out(t.y, t.x))
                .into("hardshrink", t -> torch.hardshrink_out(t.y, t.x))
                .into("threshold", t -> torch.threshold_out(t.y, t.x, HALF, MINUS_ONE));
    }
}
