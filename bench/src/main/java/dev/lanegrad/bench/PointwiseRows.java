package dev.lanegrad.bench;

/// Functions of one tensor.
final class PointwiseRows {
    private PointwiseRows() {}

    static void addTo(OperationRows rows) {
        rows.group("function", 1.5)
                .row("exp", o -> o.x.exp())
                .row("log", o -> o.positive.log())
                .row("tanh", o -> o.x.tanh())
                .row("sigmoid", o -> o.x.sigmoid())
                .row("gelu", o -> o.x.gelu())
                .row("erf", o -> o.x.erf());
        arithmetic(rows.group("unary"));
        elementary(rows);
        activations(rows);
    }

    private static void arithmetic(OperationRows rows) {
        rows.row("neg", o -> o.x.neg())
                .row("abs", o -> o.x.abs())
                .row("sign", o -> o.x.sign())
                .row("floor", o -> o.x.floor())
                .row("ceil", o -> o.x.ceil())
                .row("round", o -> o.x.round())
                .row("trunc", o -> o.x.trunc())
                .row("frac", o -> o.x.frac())
                .row("square", o -> o.x.square())
                .row("reciprocal", o -> o.positive.reciprocal())
                .row("sqrt", o -> o.positive.sqrt())
                .row("rsqrt", o -> o.positive.rsqrt())
                .row("clamp", o -> o.x.clamp(-1, 1))
                .row("nanToNum", o -> o.x.nanToNum())
                .row("isnan", o -> o.x.isnan())
                .row("isinf", o -> o.x.isinf())
                .row("isfinite", o -> o.x.isfinite())
                .row("logicalNot", o -> o.mask.logicalNot())
                .row("bitwiseNot", o -> o.integers.bitwiseNot());
    }

    private static void elementary(OperationRows rows) {
        rows.row("exp2", o -> o.x.exp2())
                .row("expm1", o -> o.x.expm1())
                .row("log2", o -> o.positive.log2())
                .row("log10", o -> o.positive.log10())
                .row("log1p", o -> o.positive.log1p())
                .row("sin", o -> o.x.sin())
                .row("cos", o -> o.x.cos())
                .row("tan", o -> o.unit.tan())
                .row("asin", o -> o.unit.asin())
                .row("acos", o -> o.unit.acos())
                .row("atan", o -> o.x.atan())
                .row("sinh", o -> o.x.sinh())
                .row("cosh", o -> o.x.cosh())
                .row("asinh", o -> o.x.asinh())
                .row("acosh", o -> o.aboveOne.acosh())
                .row("atanh", o -> o.unit.atanh())
                .row("erfc", o -> o.x.erfc())
                .row("lgamma", o -> o.positive.lgamma())
                .row("digamma", o -> o.positive.digamma())
                .row("logit", o -> o.probability.logit())
                .row("i0", o -> o.x.i0())
                .row("i1", o -> o.x.i1())
                .row("entr", o -> o.positive.entr())
                .row("sinc", o -> o.x.sinc());
    }

    private static void activations(OperationRows rows) {
        rows.row("relu", o -> o.x.relu())
                .row("relu6", o -> o.x.relu6())
                .row("leakyRelu", o -> o.x.leakyRelu())
                .row("elu", o -> o.x.elu())
                .row("selu", o -> o.x.selu())
                .row("celu", o -> o.x.celu(1.5))
                .row("geluTanh", o -> o.x.geluTanh())
                .row("silu", o -> o.x.silu())
                .row("mish", o -> o.x.mish())
                .row("softplus", o -> o.x.softplus())
                .row("hardswish", o -> o.x.hardswish())
                .row("hardsigmoid", o -> o.x.hardsigmoid())
                .row("hardtanh", o -> o.x.hardtanh())
                .row("logsigmoid", o -> o.x.logsigmoid())
                .row("softshrink", o -> o.x.softshrink())
                .row("hardshrink", o -> o.x.hardshrink())
                .row("threshold", o -> o.x.threshold(0.5, -1));
    }
}
