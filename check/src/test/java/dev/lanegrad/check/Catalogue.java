package dev.lanegrad.check;

import static dev.lanegrad.check.Operation.apart;
import static dev.lanegrad.check.Operation.in;
import static dev.lanegrad.check.Operation.of;
import static dev.lanegrad.check.Operation.ofAll;
import static dev.lanegrad.check.Operation.within;

import dev.lanegrad.DType;
import dev.lanegrad.LossReduction;
import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.List;
import java.util.Set;

/// Every operation of [Tensor], a line each.
final class Catalogue {
    private Catalogue() {}

    private static final Tensor CLASSES = Tensor.of(1L, 0L, 2L);
    private static final Tensor SIGNS = Tensor.of(1.0, -1.0, 1.0);

    static final List<Operation> ARITHMETIC =
            List.of(
                    of("add", Tensor::add, in(2, 3, 4), in(3, 1)).linear(),
                    of("add", (a, b) -> a.add(b, -1.5), in(3, 4), in(4)).linear(),
                    of("sub", Tensor::sub, in(3, 1), in(1, 4)).linear(),
                    of("rsub", x -> x.rsub(2.5)),
                    of("rsub", (a, b) -> a.rsub(b), in(3, 4), in(3, 4)).linear(),
                    of("mul", Tensor::mul, in(2, 3, 4), in(4)).linear(),
                    of("mul", x -> x.mul(-3)),
                    of("div", Tensor::div, in(3, 4), within(0.5, 2, 3, 1)),
                    of("pow", x -> x.pow(3)),
                    of("pow", x -> x.pow(2)),
                    of("pow", x -> x.pow(-1.5), within(0.5, 2, 3, 4)),
                    of("pow", (a, b) -> a.pow(b), within(0.5, 2, 3, 4), within(-2, 2, 4)),
                    of("neg", Tensor::neg).linear(),
                    of("square", Tensor::square));

    static final List<Operation> FUNCTIONS =
            List.of(
                    of("abs", Tensor::abs, within(0.2, 2, 3, 4)),
                    of("sign", Tensor::sign, within(0.2, 2, 3, 4)),
                    of("floor", Tensor::floor, within(1.1, 1.9, 3, 4)),
                    of("ceil", Tensor::ceil, within(1.1, 1.9, 3, 4)),
                    of("round", Tensor::round, within(0.6, 1.4, 3, 4)),
                    of("trunc", Tensor::trunc, within(1.1, 1.9, 3, 4)),
                    of("frac", Tensor::frac, within(1.1, 1.9, 3, 4)),
                    of("reciprocal", Tensor::reciprocal, within(0.5, 2, 3, 4)),
                    of("sqrt", Tensor::sqrt, within(0.5, 2, 3, 4)),
                    of("rsqrt", Tensor::rsqrt, within(0.5, 2, 3, 4)),
                    of("exp", Tensor::exp),
                    of("exp2", Tensor::exp2),
                    of("expm1", Tensor::expm1),
                    of("log", Tensor::log, within(0.5, 2, 3, 4)),
                    of("log2", Tensor::log2, within(0.5, 2, 3, 4)),
                    of("log10", Tensor::log10, within(0.5, 2, 3, 4)),
                    of("log1p", Tensor::log1p, within(-0.5, 2, 3, 4)),
                    of("sin", Tensor::sin),
                    of("cos", Tensor::cos),
                    of("tan", Tensor::tan, within(-1, 1, 3, 4)),
                    of("asin", Tensor::asin, within(-0.8, 0.8, 3, 4)),
                    of("acos", Tensor::acos, within(-0.8, 0.8, 3, 4)),
                    of("atan", Tensor::atan),
                    of("sinh", Tensor::sinh),
                    of("cosh", Tensor::cosh),
                    of("tanh", Tensor::tanh),
                    of("sigmoid", Tensor::sigmoid),
                    of("clamp", x -> x.clamp(-3, 3)),
                    of("clampMin", x -> x.clampMin(-3)),
                    of("clampMax", x -> x.clampMax(3)));

    static final List<Operation> ACTIVATIONS =
            List.of(
                    of("relu", Tensor::relu, within(0.2, 2, 3, 4)),
                    of("relu", Tensor::relu, within(-2, -0.2, 3, 4)),
                    of("relu6", Tensor::relu6, within(0.2, 2, 3, 4)),
                    of("leakyRelu", x -> x.leakyRelu(0.1), within(-2, -0.2, 3, 4)),
                    of("elu", Tensor::elu, within(-2, -0.2, 3, 4)),
                    of("selu", Tensor::selu, within(-2, -0.2, 3, 4)),
                    of("celu", x -> x.celu(0.7), within(-2, -0.2, 3, 4)),
                    of("silu", Tensor::silu),
                    of("mish", Tensor::mish),
                    of("softplus", Tensor::softplus),
                    of("softsign", Tensor::softsign, within(0.2, 2, 3, 4)),
                    of("hardswish", Tensor::hardswish, within(-2, 2, 3, 4)),
                    of("hardsigmoid", Tensor::hardsigmoid, within(-2, 2, 3, 4)),
                    of("hardtanh", Tensor::hardtanh, within(-0.9, 0.9, 3, 4)),
                    of("logsigmoid", Tensor::logsigmoid),
                    of("softshrink", Tensor::softshrink, within(0.7, 2, 3, 4)),
                    of("hardshrink", Tensor::hardshrink, within(0.7, 2, 3, 4)),
                    of("tanhshrink", Tensor::tanhshrink),
                    of("threshold", x -> x.threshold(0.1, 20), within(0.2, 2, 3, 4)));

    static final List<Operation> REDUCTIONS =
            List.of(
                    of("sum", Tensor::sum, in(2, 3, 4)).linear(),
                    of("sum", x -> x.sum(new int[] {0, 2}, false), in(2, 3, 4)).linear(),
                    of("mean", Tensor::mean, in(2, 3, 4)).linear(),
                    of("mean", x -> x.mean(new int[] {1}, true), in(2, 3, 4)).linear(),
                    of("sumToSize", x -> x.sumToSize(Shape.of(3, 1)), in(2, 3, 4)).linear(),
                    of("max", Tensor::max, apart(3, 4)),
                    of("max", x -> x.max(1).values(), apart(3, 4)),
                    of("min", Tensor::min, apart(3, 4)),
                    of("min", x -> x.min(0, true).values(), apart(3, 4)),
                    of("amax", x -> x.amax(new int[] {0, 1}, false), apart(3, 2, 2)),
                    of("amin", x -> x.amin(new int[] {1}, true), apart(3, 4)),
                    of("var", x -> x.var(), in(3, 4)),
                    of("var", x -> x.var(new int[] {1}, 0, true), in(3, 4)),
                    of("std", x -> x.std(1, false), in(3, 4)),
                    of("norm", x -> x.norm(), in(3, 4)),
                    of("norm", x -> x.norm(3), within(0.2, 2, 3, 4)),
                    of("norm", x -> x.norm(1, new int[] {0}, false), within(0.2, 2, 3, 4)),
                    of("prod", x -> x.prod(), within(0.5, 2, 2, 3)),
                    of("prod", x -> x.prod(1, false), within(0.5, 2, 2, 3)),
                    of("cumsum", x -> x.cumsum(1), in(3, 4)).linear(),
                    of("logsumexp", x -> x.logsumexp(1), in(3, 4)),
                    of("softmax", x -> x.softmax(1), in(3, 4)),
                    of("softmin", x -> x.softmin(0), in(3, 4)),
                    of("logSoftmax", x -> x.logSoftmax(0), in(3, 4)));

    static final List<Operation> SHAPES =
            List.of(
                    of("contiguous", x -> x.t().contiguous(), in(3, 4)).linear(),
                    of("channelsLast", Tensor::channelsLast, in(2, 3, 2, 2)).linear(),
                    of("to", x -> x.to(DType.FLOAT64)).linear(),
                    of("view", x -> x.contiguous().view(2, -1), in(3, 4)).linear(),
                    of("reshape", x -> x.t().reshape(2, 6), in(3, 4)).linear(),
                    of("flatten", x -> x.flatten(1, 2), in(2, 3, 4)).linear(),
                    of("permute", x -> x.permute(2, 0, 1), in(2, 3, 4)).linear(),
                    of("transpose", x -> x.transpose(0, -1), in(2, 3, 4)).linear(),
                    of("t", Tensor::t, in(3, 4)).linear(),
                    of("expand", x -> x.expand(2, 3, 4), in(3, 1)).linear(),
                    of("unsqueeze", x -> x.unsqueeze(1), in(3, 4)).linear(),
                    of("squeeze", x -> x.squeeze(1), in(3, 1, 4)).linear(),
                    of("select", x -> x.select(1, -2), in(3, 4)).linear(),
                    of("slice", x -> x.slice(1, 1, 4, 2), in(3, 4)).linear(),
                    of("narrow", x -> x.narrow(0, 1, 2), in(3, 4)).linear(),
                    of("split", x -> x.split(3, 1)[1], in(3, 4)).linear(),
                    of("chunk", x -> x.chunk(2, 0)[0], in(3, 4)).linear(),
                    of("unbind", x -> x.unbind(0)[2], in(3, 4)).linear(),
                    of("flip", x -> x.flip(0, 1), in(3, 4)).linear(),
                    of("indexSelect", x -> x.indexSelect(1, Tensor.of(2L, 0L, 2L)), in(3, 4))
                            .linear(),
                    of(
                                    "indexAdd",
                                    (x, s) -> x.indexAdd(1, Tensor.of(2L, 0L, 2L), s),
                                    in(3, 4),
                                    in(3, 3))
                            .linear(),
                    of(
                            "where",
                            (a, b) -> a.where(a.detach().gt(0), b),
                            within(0.2, 2, 3, 4),
                            in(4)),
                    of("maskedFill", x -> x.maskedFill(x.detach().gt(9), 0)));

    static final List<Operation> PRODUCTS =
            List.of(
                    of("mm", Tensor::mm, in(3, 4), in(4, 2)).linear(),
                    of("bmm", Tensor::bmm, in(2, 3, 4), in(2, 4, 2)).linear(),
                    of("mv", Tensor::mv, in(3, 4), in(4)).linear(),
                    of("dot", Tensor::dot, in(4), in(4)).linear(),
                    of("matmul", Tensor::matmul, in(2, 1, 3, 4), in(5, 4, 2)).linear(),
                    of("matmul", Tensor::matmul, in(4), in(2, 4, 3)).linear(),
                    ofAll("addmm", t -> t[0].addmm(t[1], t[2]), in(2), in(3, 4), in(4, 2)),
                    ofAll("linear", t -> t[0].linear(t[1], t[2]), in(2, 3, 4), in(5, 4), in(5)),
                    ofAll(
                            "conv2d",
                            t -> t[0].conv2d(t[1], t[2], 1, 1),
                            in(2, 3, 5, 4),
                            in(2, 3, 3, 3),
                            in(2)),
                    ofAll(
                                    "conv2d",
                                    t -> t[0].conv2d(t[1], null, 2, 1, 2, 2),
                                    in(1, 4, 7, 6),
                                    in(2, 2, 3, 2))
                            .linear(),
                    ofAll(
                            "conv1d",
                            t -> t[0].conv1d(t[1], t[2], 2, 1, 1, 1),
                            in(2, 3, 7),
                            in(2, 3, 3),
                            in(2)),
                    ofAll(
                            "convTranspose2d",
                            t -> t[0].convTranspose2d(t[1], t[2], 2, 1, 1, 1, 1),
                            in(1, 2, 3, 3),
                            in(2, 3, 3, 3),
                            in(3)),
                    ofAll(
                                    "convTranspose1d",
                                    t -> t[0].convTranspose1d(t[1], null, 2, 0, 0, 1, 1),
                                    in(1, 2, 4),
                                    in(2, 3, 3))
                            .linear());

    static final List<Operation> IMAGES =
            List.of(
                    of("maxPool2d", x -> x.maxPool2d(2), apart(1, 2, 4, 5)),
                    of("maxPool2d", x -> x.maxPool2d(3, 2, 1), apart(2, 2, 5, 4)),
                    of(
                            "maxPool2dWithIndices",
                            x ->
                                    x.maxPool2dWithIndices(
                                                    new int[] {2},
                                                    null,
                                                    new int[] {0},
                                                    new int[] {1},
                                                    false)
                                            .values(),
                            apart(1, 2, 4, 4)),
                    of("maxPool1d", x -> x.maxPool1d(2, 2, 0, 1, false), apart(1, 2, 6)),
                    of("avgPool2d", x -> x.avgPool2d(3, 2, 1), in(2, 2, 5, 4)).linear(),
                    of("avgPool1d", x -> x.avgPool1d(2, 2, 0, false, true), in(1, 2, 6)).linear(),
                    of("adaptiveAvgPool2d", x -> x.adaptiveAvgPool2d(2, 3), in(2, 2, 5, 4))
                            .linear(),
                    of("adaptiveAvgPool2d", x -> x.adaptiveAvgPool2d(1), in(2, 2, 5, 4)).linear(),
                    of("adaptiveAvgPool1d", x -> x.adaptiveAvgPool1d(3), in(2, 2, 7)).linear(),
                    of("adaptiveMaxPool2d", x -> x.adaptiveMaxPool2d(2), apart(1, 2, 5, 4)),
                    of(
                            "adaptiveMaxPool2dWithIndices",
                            x -> x.adaptiveMaxPool2dWithIndices(2, 2).values(),
                            apart(1, 2, 5, 4)),
                    of("adaptiveMaxPool1d", x -> x.adaptiveMaxPool1d(3), apart(1, 2, 7)),
                    of("lpPool2d", x -> x.lpPool2d(2, 2, 2, false), within(0.2, 2, 1, 2, 4, 4)),
                    ofAll(
                            "batchNorm",
                            t -> t[0].batchNorm(null, null, t[1], t[2], true, 0.1, 1e-5),
                            in(4, 2, 3, 2),
                            in(2),
                            in(2)),
                    ofAll(
                            "batchNorm",
                            t ->
                                    t[0].batchNorm(
                                            Tensor.of(0.1, 0.2),
                                            Tensor.of(0.9, 1.2),
                                            t[1],
                                            t[2],
                                            false,
                                            0.1,
                                            1e-5),
                            in(4, 2, 3, 2),
                            in(2),
                            in(2)),
                    ofAll(
                            "layerNorm",
                            t -> t[0].layerNorm(Shape.of(4), t[1], t[2], 1e-5),
                            in(3, 4),
                            in(4),
                            in(4)),
                    ofAll("rmsNorm", t -> t[0].rmsNorm(Shape.of(4), t[1], 1e-5), in(3, 4), in(4)),
                    ofAll(
                            "groupNorm",
                            t -> t[0].groupNorm(2, t[1], t[2], 1e-5),
                            in(2, 4, 3),
                            in(4),
                            in(4)),
                    of(
                            "instanceNorm",
                            x -> x.instanceNorm(null, null, null, null, true, 0.1, 1e-5),
                            in(2, 3, 5)),
                    of(
                            "localResponseNorm",
                            x -> x.localResponseNorm(3, 1e-1, 0.75, 1),
                            in(2, 5, 3)),
                    of("normalize", x -> x.normalize(2, 1, 1e-12), in(3, 4)));

    static final List<Operation> LOSSES =
            List.of(
                    of("crossEntropy", x -> x.crossEntropy(CLASSES), in(3, 4)),
                    of("nllLoss", x -> x.nllLoss(CLASSES), in(3, 4)).linear(),
                    of(
                            "binaryCrossEntropy",
                            (x, y) -> x.binaryCrossEntropy(y),
                            within(0.1, 0.9, 3, 4),
                            within(0.1, 0.9, 3, 4)),
                    of(
                            "binaryCrossEntropyWithLogits",
                            (x, y) -> x.binaryCrossEntropyWithLogits(y),
                            in(3, 4),
                            within(0.1, 0.9, 3, 4)),
                    of(
                            "klDiv",
                            (x, y) -> x.klDiv(y, LossReduction.SUM, false),
                            in(3, 4),
                            within(0.1, 0.9, 3, 4)),
                    of("mseLoss", (x, y) -> x.mseLoss(y), in(3, 4), in(3, 4)),
                    of("l1Loss", (x, y) -> x.l1Loss(y), within(1, 2, 3, 4), within(-2, -1, 3, 4)),
                    of(
                            "smoothL1Loss",
                            (x, y) -> x.smoothL1Loss(y),
                            within(0.2, 0.4, 3, 4),
                            within(-0.4, -0.2, 3, 4)),
                    of(
                            "huberLoss",
                            (x, y) -> x.huberLoss(y),
                            within(1, 2, 3, 4),
                            within(-2, -1, 3, 4)),
                    of("softMarginLoss", x -> x.softMarginLoss(SIGNS, LossReduction.MEAN), in(3)),
                    of(
                            "hingeEmbeddingLoss",
                            x -> x.hingeEmbeddingLoss(SIGNS, 1, LossReduction.MEAN),
                            within(0.2, 0.8, 3)));

    static final List<Operation> ALL =
            List.of(
                            ARITHMETIC,
                            FUNCTIONS,
                            ACTIVATIONS,
                            REDUCTIONS,
                            SHAPES,
                            PRODUCTS,
                            IMAGES,
                            LOSSES)
                    .stream()
                    .flatMap(List::stream)
                    .toList();

    /// Methods without a derivative: their results are bools or positions.
    static final Set<String> WITHOUT_DERIVATIVE =
            Set.of(
                    "eq",
                    "ne",
                    "lt",
                    "le",
                    "gt",
                    "ge",
                    "isclose",
                    "isnan",
                    "isinf",
                    "isfinite",
                    "all",
                    "any",
                    "argmax",
                    "argmin",
                    "logicalAnd",
                    "logicalOr",
                    "logicalXor",
                    "logicalNot");
}
