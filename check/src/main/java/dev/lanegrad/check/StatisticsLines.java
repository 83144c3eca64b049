package dev.lanegrad.check;

import static dev.lanegrad.check.Operation.apart;
import static dev.lanegrad.check.Operation.in;
import static dev.lanegrad.check.Operation.of;
import static dev.lanegrad.check.Operation.ofChoice;
import static dev.lanegrad.check.Operation.ofParts;
import static dev.lanegrad.check.Operation.within;

import dev.lanegrad.QuantileInterpolation;
import dev.lanegrad.Tensor;
import java.util.List;

/// Statistics, running folds, differences and integrals along axes.
final class StatisticsLines {
    static final List<Operation> ALL =
            List.of(
                    ofParts("varMean", x -> x.varMean(new int[] {1}, 1, false), in("m,N")),
                    ofParts("stdMean", x -> x.stdMean(new int[0], 0, false), apart("m,N")),
                    ofParts("stdMean", x -> x.stdMean(new int[] {0}, 1, true), apart("M,n")),
                    ofParts("aminmax", x -> x.aminmax(), apart("m,n")),
                    ofParts("aminmax", x -> x.aminmax(1, true), apart("m,n")),
                    of("nanmean", x -> x.nanmean(), in("m,n")).linear(),
                    of("nanmean", x -> x.nanmean(new int[] {0}, true), in("m,n")).linear(),
                    of("quantile", x -> x.quantile(0.3), apart("m,n")),
                    of("quantile", x -> x.quantile(0.6, 0, true), apart("m,n")),
                    of(
                            "quantile",
                            x -> x.quantile(shares(x), 0, false, QuantileInterpolation.MIDPOINT),
                            apart("m,n")),
                    of("quantile", x -> x.quantile(shares(x)), apart("m,n")),
                    of("nanquantile", x -> x.nanquantile(0.7), apart("m,n")),
                    of("nanquantile", x -> x.nanquantile(0.2, 1, false), apart("m,n")),
                    ofChoice("cummax", x -> x.cummax(1), apart("m,n")),
                    ofChoice("cummin", x -> x.cummin(0), apart("m,n")),
                    of("logcumsumexp", x -> x.logcumsumexp(1), in("m,n")),
                    of("diff", x -> x.diff(), in("m,n")).linear(),
                    of("diff", x -> x.diff(2, 0), in("N,3")).linear(),
                    of("diff", (a, b) -> a.diff(1, 1, b, a), in("m,n"), in("m,2")).linear(),
                    of("trapezoid", x -> x.trapezoid(), in("m,n")).linear(),
                    of("trapezoid", x -> x.trapezoid(0.5, 0), in("m,n")).linear(),
                    of("trapezoid", (y, x) -> y.trapezoid(x, 1), in("m,n"), in("n")).linear(),
                    of("trapezoid", (y, x) -> y.trapezoid(x, 0), in("m,n"), in("m,n")).linear(),
                    of("cumulativeTrapezoid", x -> x.cumulativeTrapezoid(2, 1), in("m,n")).linear(),
                    of(
                                    "cumulativeTrapezoid",
                                    (y, x) -> y.cumulativeTrapezoid(x, 0),
                                    in("m,n"),
                                    within(0.5, 2, "m"))
                            .linear());

    private StatisticsLines() {}

    private static Tensor shares(Tensor like) {
        return Tensor.of(0.25, 0.5, 1).to(like.dtype());
    }
}
