package dev.lanegrad.bench;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.global.torch;

/// Functions of two and three tensors, and comparisons.
final class TorchPairs {
    private static final Scalar HALF = new Scalar(0.5);
    private static final Scalar TWO = new Scalar(2.0);
    private static final Scalar TWO_AND_A_HALF = new Scalar(2.5);
    private static final Scalar THREE_TENTHS = new Scalar(0.3);

    // views of characters that somebody has to keep
    private static final BytePointer FLOOR_TEXT = new BytePointer("floor");
    private static final BytePointer TRUNC_TEXT = new BytePointer("trunc");
    private static final StringViewOptional FLOOR = new StringViewOptional(FLOOR_TEXT);
    private static final StringViewOptional TRUNC = new StringViewOptional(TRUNC_TEXT);

    private TorchPairs() {}

    static void addTo(TorchRows rows) {
        arithmetic(rows);
        others(rows);
        comparisons(rows);
    }

    private static void arithmetic(TorchRows rows) {
        rows.into("add", t -> torch.add_out(t.y, t.x, t.w))
                .into("add number", t -> torch.add_out(t.y, t.x, t.number))
                .into("add alpha", t -> torch.add_out(t.y, t.x, t.w, HALF))
                .into("sub", t -> torch.sub_out(t.y, t.x, t.w))
                .into("mul", t -> torch.mul_out(t.y, t.x, t.w))
                .into("mul number", t -> torch.mul_out(t.y, t.x, t.number))
                .into("div", t -> torch.div_out(t.y, t.x, t.positive))
                .into("div number", t -> torch.div_out(t.y, t.x, t.number))
                .into("div floor", t -> torch.div_out(t.y, t.x, t.positive, FLOOR))
                .into("div trunc", t -> torch.div_out(t.y, t.x, t.positive, TRUNC))
                .into("fmod", t -> torch.fmod_out(t.y, t.x, t.positive))
                .into("remainder", t -> torch.remainder_out(t.y, t.x, t.positive))
                .into("pow", t -> torch.pow_out(t.y, t.positive, t.w))
                .into("pow 2", t -> torch.pow_out(t.y, t.x, TWO))
                .into("pow 2.5", t -> torch.pow_out(t.y, t.positive, TWO_AND_A_HALF))
                .into("maximum", t -> torch.maximum_out(t.y, t.x, t.w))
                .into("minimum", t -> torch.minimum_out(t.y, t.x, t.w))
                .into("fmax", t -> torch.fmax_out(t.y, t.x, t.w))
                .into("fmin", t -> torch.fmin_out(t.y, t.x, t.w))
                .into("atan2", t -> torch.atan2_out(t.y, t.x, t.w))
                .into("hypot", t -> torch.hypot_out(t.y, t.x, t.w))
                .into("logaddexp", t -> torch.logaddexp_out(t.y, t.x, t.w))
                .into("logaddexp2", t -> torch.logaddexp2_out(t.y, t.x, t.w))
                .into("xlogy", t -> torch.xlogy_out(t.y, t.x, t.positive))
                .into("copysign", t -> torch.copysign_out(t.y, t.x, t.w));
    }

    private static void others(TorchRows rows) {
        rows.into("addcmul", t -> torch.addcmul_out(t.y, t.x, t.w, t.positive, HALF))
                .into("addcdiv", t -> torch.addcdiv_out(t.y, t.x, t.w, t.positive, HALF))
                .into("lerp", t -> torch.lerp_out(t.y, t.x, t.w, THREE_TENTHS))
                .into("lerp tensor", t -> torch.lerp_out(t.y, t.x, t.w, t.probability))
                .makes("prelu", t -> torch.prelu(t.x, t.slope))
                .into("glu", t -> torch.glu_out(t.y, t.x, 1))
                .into(
                        "bitwiseAnd",
                        t -> torch.bitwise_and_out(t.indices, t.integers, t.otherIntegers))
                .into(
                        "bitwiseOr",
                        t -> torch.bitwise_or_out(t.indices, t.integers, t.otherIntegers))
                .into(
                        "bitwiseXor",
                        t -> torch.bitwise_xor_out(t.indices, t.integers, t.otherIntegers))
                .into("add int64", t -> torch.add_out(t.indices, t.integers, t.otherIntegers))
                .into("mul int64", t -> torch.mul_out(t.indices, t.integers, t.otherIntegers))
                .into("logicalAnd", t -> torch.logical_and_out(t.truth, t.mask, t.otherMask))
                .into("logicalOr", t -> torch.logical_or_out(t.truth, t.mask, t.otherMask))
                .into("logicalXor", t -> torch.logical_xor_out(t.truth, t.mask, t.otherMask));
    }

    private static void comparisons(TorchRows rows) {
        rows.into("eq", t -> torch.eq_out(t.truth, t.x, t.w))
                .into("ne", t -> torch.ne_out(t.truth, t.x, t.w))
                .into("lt", t -> torch.lt_out(t.truth, t.x, t.w))
                .into("le", t -> torch.le_out(t.truth, t.x, t.w))
                .into("gt", t -> torch.gt_out(t.truth, t.x, t.w))
                .into("ge", t -> torch.ge_out(t.truth, t.x, t.w))
                .into("gt number", t -> torch.gt_out(t.truth, t.x, HALF))
                .into("eq int64", t -> torch.eq_out(t.truth, t.integers, t.otherIntegers))
                .makes("isclose", t -> torch.isclose(t.x, t.w, 1e-2, 1e-2, false));
    }
}
