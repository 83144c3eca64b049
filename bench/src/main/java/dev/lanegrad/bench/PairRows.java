package dev.lanegrad.bench;

import java.math.RoundingMode;

/// Functions of two and three tensors, and comparisons.
final class PairRows {
    private PairRows() {}

    static void addTo(OperationRows rows) {
        rows.group("binary")
                .row("add", o -> o.x.add(o.w))
                .row("add number", o -> o.x.add(1.5))
                .row("add alpha", o -> o.x.add(o.w, 0.5))
                .row("sub", o -> o.x.sub(o.w))
                .row("mul", o -> o.x.mul(o.w))
                .row("mul number", o -> o.x.mul(1.5))
                .row("div", o -> o.x.div(o.positive))
                .row("div number", o -> o.x.div(1.5))
                .row("div floor", o -> o.x.div(o.positive, RoundingMode.FLOOR))
                .row("div trunc", o -> o.x.div(o.positive, RoundingMode.DOWN))
                .row("fmod", o -> o.x.fmod(o.positive))
                .row("remainder", o -> o.x.remainder(o.positive))
                .row("pow", o -> o.positive.pow(o.w))
                .row("pow 2", o -> o.x.pow(2))
                .row("pow 2.5", o -> o.positive.pow(2.5))
                .row("maximum", o -> o.x.maximum(o.w))
                .row("minimum", o -> o.x.minimum(o.w))
                .row("fmax", o -> o.x.fmax(o.w))
                .row("fmin", o -> o.x.fmin(o.w))
                .row("atan2", o -> o.x.atan2(o.w))
                .row("hypot", o -> o.x.hypot(o.w))
                .row("logaddexp", o -> o.x.logaddexp(o.w))
                .row("logaddexp2", o -> o.x.logaddexp2(o.w))
                .row("xlogy", o -> o.x.xlogy(o.positive))
                .row("copysign", o -> o.x.copysign(o.w))
                .row("addcmul", o -> o.x.addcmul(o.w, o.positive, 0.5))
                .row("addcdiv", o -> o.x.addcdiv(o.w, o.positive, 0.5))
                .row("lerp", o -> o.x.lerp(o.w, 0.3))
                .row("lerp tensor", o -> o.x.lerp(o.w, o.probability))
                .row("prelu", o -> o.x.prelu(o.slope))
                .row("glu", o -> o.x.glu(1))
                .row("bitwiseAnd", o -> o.integers.bitwiseAnd(o.otherIntegers))
                .row("bitwiseOr", o -> o.integers.bitwiseOr(o.otherIntegers))
                .row("bitwiseXor", o -> o.integers.bitwiseXor(o.otherIntegers))
                .row("add int64", o -> o.integers.add(o.otherIntegers))
                .row("mul int64", o -> o.integers.mul(o.otherIntegers))
                .row("logicalAnd", o -> o.mask.logicalAnd(o.otherMask))
                .row("logicalOr", o -> o.mask.logicalOr(o.otherMask))
                .row("logicalXor", o -> o.mask.logicalXor(o.otherMask));
        rows.group("comparison")
                .row("eq", o -> o.x.eq(o.w))
                .row("ne", o -> o.x.ne(o.w))
                .row("lt", o -> o.x.lt(o.w))
                .row("le", o -> o.x.le(o.w))
                .row("gt", o -> o.x.gt(o.w))
                .row("ge", o -> o.x.ge(o.w))
                .row("gt number", o -> o.x.gt(0.5))
                .row("eq int64", o -> o.integers.eq(o.otherIntegers))
                .row("isclose", o -> o.x.isclose(o.w, 1e-2, 1e-2, false));
    }
}
