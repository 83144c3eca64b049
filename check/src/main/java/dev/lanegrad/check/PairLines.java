package dev.lanegrad.check;

import static dev.lanegrad.check.Operation.clear;
import static dev.lanegrad.check.Operation.in;
import static dev.lanegrad.check.Operation.of;
import static dev.lanegrad.check.Operation.ofAll;
import static dev.lanegrad.check.Operation.within;

import dev.lanegrad.Tensor;
import java.math.RoundingMode;
import java.util.List;

/// Functions of two and three operands.
final class PairLines {
    static final List<Operation> ALL =
            List.of(
                    of("maximum", Tensor::maximum, within(-2, -0.1), within(0, 2)),
                    of("maximum", Tensor::maximum, within(0, 2), within(-2, -0.1)),
                    of("minimum", Tensor::minimum, within(-2, -0.1), within(0, 2)),
                    of("minimum", Tensor::minimum, within(0, 2), within(-2, -0.1)),
                    of("fmax", Tensor::fmax, within(-2, -0.1), within(0, 2)),
                    of("fmax", Tensor::fmax, within(0, 2), within(-2, -0.1)),
                    of("fmin", Tensor::fmin, within(-2, -0.1), within(0, 2)),
                    of("fmin", Tensor::fmin, within(0, 2), within(-2, -0.1)),
                    of("fmod", Tensor::fmod, within(-3.3, -3.1), within(1.2, 1.5)),
                    of("fmod", x -> x.fmod(2.5), within(0.1, 2.4)),
                    of("remainder", Tensor::remainder, within(-3.3, -3.1), within(1.2, 1.5)),
                    of("remainder", x -> x.remainder(2), within(2.1, 3.9)),
                    of(
                            "div",
                            (a, b) -> a.div(b, RoundingMode.FLOOR),
                            within(-3.3, -3.1),
                            within(1.2, 1.5)),
                    of("atan2", Tensor::atan2, in("*"), within(0.5, 2)),
                    of("atan2", Tensor::atan2, clear("*"), within(-2, -0.5)),
                    of("hypot", Tensor::hypot, clear("*"), clear("*")),
                    of("logaddexp", Tensor::logaddexp, in("*"), in("*")),
                    of("logaddexp2", Tensor::logaddexp2, in("*"), in("*")),
                    of("xlogy", Tensor::xlogy, clear("*"), within(0.5, 2)),
                    of("copysign", Tensor::copysign, clear("*"), clear("*")),
                    ofAll("addcmul", t -> t[0].addcmul(t[1], t[2], 0.5), in("*"), in("*"), in("*"))
                            .linear(),
                    ofAll(
                            "addcdiv",
                            t -> t[0].addcdiv(t[1], t[2], -2),
                            in("*"),
                            in("*"),
                            within(0.5, 2)),
                    ofAll("lerp", t -> t[0].lerp(t[1], t[2]), in("*"), in("*"), in("*")),
                    of("lerp", (a, b) -> a.lerp(b, 0.3), in("*"), in("*")).linear(),
                    of("prelu", Tensor::prelu, clear("n,c,h"), in("c")),
                    of("prelu", Tensor::prelu, clear("*"), in("1")),
                    of("glu", x -> x.glu(1), in("m,4")),
                    of("gelu", Tensor::gelu),
                    of("geluTanh", Tensor::geluTanh),
                    of("asinh", Tensor::asinh),
                    of("acosh", Tensor::acosh, within(1.2, 2)),
                    of("atanh", Tensor::atanh, within(-0.8, 0.8)));

    private PairLines() {}
}
