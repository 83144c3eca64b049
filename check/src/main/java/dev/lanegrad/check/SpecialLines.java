package dev.lanegrad.check;

import static dev.lanegrad.check.Operation.clear;
import static dev.lanegrad.check.Operation.in;
import static dev.lanegrad.check.Operation.of;
import static dev.lanegrad.check.Operation.ofAll;
import static dev.lanegrad.check.Operation.within;

import dev.lanegrad.Tensor;
import java.util.List;

/// Special functions, powers of numbers, and bounds that are tensors.
final class SpecialLines {
    static final List<Operation> ALL =
            List.of(
                    of("erf", Tensor::erf),
                    of("erfc", Tensor::erfc),
                    of("lgamma", Tensor::lgamma, within(0.5, 2)),
                    of("lgamma", Tensor::lgamma, within(-0.8, -0.2)),
                    of("digamma", Tensor::digamma, within(0.5, 2)),
                    of("logit", x -> x.logit(), within(0.2, 0.8)),
                    of("logit", x -> x.logit(0.1), within(0.2, 0.8)),
                    of("logit", x -> x.logit(0.1), within(1.2, 2)),
                    of("i0", Tensor::i0),
                    of("i0", Tensor::i0, within(9, 12)).single(1e-4),
                    of("i1", Tensor::i1),
                    of("i1", Tensor::i1, within(-12, -9)).single(1e-4),
                    of("entr", Tensor::entr, within(0.2, 2)),
                    of("sinc", Tensor::sinc, within(0.3, 1.5)),
                    of("sinc", Tensor::sinc, within(-1.5, -0.3)),
                    of("sgn", Tensor::sgn, clear("*")),
                    of("positive", Tensor::positive).linear(),
                    of("nanToNum", Tensor::nanToNum).linear(),
                    of("nanToNum", x -> x.nanToNum(1, 2, 3)).linear(),
                    of("rpow", x -> x.rpow(2.5)),
                    of("rpow", x -> x.rpow(3)),
                    of("floatPower", x -> x.floatPower(3)),
                    of("floatPower", Tensor::floatPower, within(0.5, 2), in("*")),
                    ofAll(
                            "clamp",
                            t -> t[0].clamp(t[1], t[2]),
                            clear("*"),
                            within(-3, -2.5),
                            within(2.5, 3)),
                    ofAll(
                            "clamp",
                            t -> t[0].clamp(t[1], t[2]),
                            clear("*"),
                            within(2.5, 3),
                            within(3.5, 4)),
                    ofAll(
                            "clamp",
                            t -> t[0].clamp(t[1], t[2]),
                            clear("*"),
                            within(3.5, 4),
                            within(2.5, 3)),
                    of("clamp", (x, least) -> x.clamp(least, null), clear("*"), within(2.5, 3)),
                    of("clampMin", (x, least) -> x.clampMin(least), in("*"), within(2.5, 3)),
                    of("clampMin", (x, least) -> x.clampMin(least), in("*"), within(-3, -2.5)),
                    of("clampMax", (x, most) -> x.clampMax(most), in("*"), within(2.5, 3)),
                    of("clampMax", (x, most) -> x.clampMax(most), in("*"), within(-3, -2.5)));

    private SpecialLines() {}
}
