package dev.lanegrad.check;

import static dev.lanegrad.check.Operation.clear;
import static dev.lanegrad.check.Operation.in;
import static dev.lanegrad.check.Operation.of;
import static dev.lanegrad.check.Operation.within;

import dev.lanegrad.DType;
import dev.lanegrad.Tensor;
import java.util.List;

/// Operations element by element.
final class ElementwiseLines {
    static final List<Operation> ARITHMETIC =
            List.of(
                    of("add", Tensor::add, in("*"), in("*")).linear(),
                    of("add", (a, b) -> a.add(b, -1.5), in("*"), in("*")).linear(),
                    of("add", x -> x.add(1.5)),
                    of("sub", Tensor::sub, in("*"), in("*")).linear(),
                    of("sub", x -> x.sub(2)),
                    of("rsub", x -> x.rsub(2.5)),
                    of("rsub", (a, b) -> a.rsub(b), in("*"), in("*")).linear(),
                    of("mul", Tensor::mul, in("*"), in("*")).linear(),
                    of("mul", x -> x.mul(-3)).linear(),
                    of("div", Tensor::div, in("*"), within(0.5, 2)),
                    of("div", x -> x.div(4)).linear(),
                    of("pow", x -> x.pow(3)),
                    of("pow", x -> x.pow(2)),
                    of("pow", x -> x.pow(1)),
                    of("pow", x -> x.pow(0)),
                    of("pow", x -> x.pow(0.5), within(0.5, 2)),
                    of("pow", x -> x.pow(-1.5), within(0.5, 2)),
                    of("pow", (a, b) -> a.pow(b), within(0.5, 2), in("*")),
                    of("neg", Tensor::neg).linear(),
                    of("square", Tensor::square),
                    of("to", x -> x.to(DType.FLOAT64)).linear(),
                    of(
                            "where",
                            (a, b) -> Tensor.where(a.detach().gt(0), a, b),
                            clear("*"),
                            in("*")),
                    of("maskedFill", x -> x.maskedFill(x.detach().gt(0), 0), clear("*")));

    static final List<Operation> FUNCTIONS =
            List.of(
                    of("abs", Tensor::abs, clear("*")),
                    of("sign", Tensor::sign, clear("*")),
                    of("floor", Tensor::floor, clear("*")),
                    of("ceil", Tensor::ceil, clear("*")),
                    of("round", Tensor::round, clear("*")),
                    of("trunc", Tensor::trunc, clear("*")),
                    of("frac", Tensor::frac, clear("*")),
                    of("reciprocal", Tensor::reciprocal, within(0.5, 2)),
                    of("reciprocal", Tensor::reciprocal, within(-2, -0.5)),
                    of("sqrt", Tensor::sqrt, within(0.5, 2)),
                    of("rsqrt", Tensor::rsqrt, within(0.5, 2)),
                    of("exp", Tensor::exp),
                    of("exp2", Tensor::exp2),
                    of("expm1", Tensor::expm1),
                    of("log", Tensor::log, within(0.5, 2)),
                    of("log2", Tensor::log2, within(0.5, 2)),
                    of("log10", Tensor::log10, within(0.5, 2)),
                    of("log1p", Tensor::log1p, within(-0.5, 2)),
                    of("sin", Tensor::sin),
                    of("cos", Tensor::cos),
                    of("tan", Tensor::tan, within(-1, 1)),
                    of("asin", Tensor::asin, within(-0.8, 0.8)),
                    of("acos", Tensor::acos, within(-0.8, 0.8)),
                    of("atan", Tensor::atan),
                    of("sinh", Tensor::sinh),
                    of("cosh", Tensor::cosh),
                    of("tanh", Tensor::tanh),
                    of("sigmoid", Tensor::sigmoid),
                    of("clamp", x -> x.clamp(-0.5, 1.5), clear("*")),
                    of("clampMin", x -> x.clampMin(0.5), clear("*")),
                    of("clampMax", x -> x.clampMax(0.5), clear("*")));

    static final List<Operation> ACTIVATIONS =
            List.of(
                    of("relu", Tensor::relu, clear("*")),
                    of("relu6", Tensor::relu6, clear(-2, 8, "*")),
                    of("leakyRelu", x -> x.leakyRelu(0.1), clear("*")),
                    of("elu", Tensor::elu, clear("*")),
                    of("elu", x -> x.elu(1.3), clear("*")),
                    of("selu", Tensor::selu, clear("*")),
                    of("celu", x -> x.celu(0.7), clear("*")),
                    of("silu", Tensor::silu),
                    of("mish", Tensor::mish),
                    of("softplus", Tensor::softplus),
                    of("softplus", x -> x.softplus(2, 3), clear("*")),
                    of("softsign", Tensor::softsign, clear("*")),
                    of("hardswish", Tensor::hardswish, clear(-4, 4, "*")),
                    of("hardsigmoid", Tensor::hardsigmoid, clear(-4, 4, "*")),
                    of("hardtanh", Tensor::hardtanh, clear("*")),
                    of("logsigmoid", Tensor::logsigmoid),
                    of("softshrink", Tensor::softshrink, clear("*")),
                    of("hardshrink", Tensor::hardshrink, clear("*")),
                    of("tanhshrink", Tensor::tanhshrink),
                    of("threshold", x -> x.threshold(0.1, 20), clear("*")));

    private ElementwiseLines() {}
}
