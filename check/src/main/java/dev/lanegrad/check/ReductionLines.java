package dev.lanegrad.check;

import static dev.lanegrad.check.Operation.apart;
import static dev.lanegrad.check.Operation.clear;
import static dev.lanegrad.check.Operation.in;
import static dev.lanegrad.check.Operation.of;
import static dev.lanegrad.check.Operation.ofChoice;
import static dev.lanegrad.check.Operation.within;

import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.List;

/// Operations over axes.
final class ReductionLines {
    static final List<Operation> ALL =
            List.of(
                    of("sum", Tensor::sum).linear(),
                    of("sum", x -> x.sum(new int[] {0, 2}, false), in("a,b,c")).linear(),
                    of("sum", x -> x.sum(-1), in("a,b,c")).linear(),
                    of("mean", Tensor::mean, in("a,b,c")).linear(),
                    of("mean", x -> x.mean(new int[] {1}, true), in("a,b,c")).linear(),
                    of("sumToSize", x -> x.sumToSize(Shape.of(3, 1)), in("a,3,c")).linear(),
                    of("max", Tensor::max, apart("m,n")),
                    ofChoice("max", x -> x.max(1), apart("m,n")),
                    of("min", Tensor::min, apart("m,n")),
                    ofChoice("min", x -> x.min(0, true), apart("a,b,c")),
                    of("amax", x -> x.amax(new int[] {0, 1}, false), apart("a,b,c")),
                    of("amin", x -> x.amin(new int[] {1}, true), apart("m,n")),
                    of("var", x -> x.var(), in("m,N")),
                    of("var", x -> x.var(new int[] {1}, 0, true), in("m,N")),
                    of("std", x -> x.std(), apart("m,N")),
                    of("std", x -> x.std(1, false), apart("m,N")),
                    of("norm", x -> x.norm(), clear("*")),
                    of("norm", x -> x.norm(3), clear("m,n")),
                    of("norm", x -> x.norm(1, new int[] {0}, false), clear("m,n")),
                    of("norm", x -> x.norm(1.5, new int[] {1}, true), clear("m,n")),
                    of("prod", x -> x.prod(), in("m,n")).single(1e-4),
                    of("prod", x -> x.prod(1, false), in("m,4")),
                    of("cumsum", x -> x.cumsum(1), in("m,n")).linear(),
                    of("logsumexp", x -> x.logsumexp(1), in("m,n")),
                    of("logsumexp", x -> x.logsumexp(new int[] {0, 2}, true), in("a,b,c")),
                    of("softmax", x -> x.softmax(1), in("m,n")),
                    of("softmax", x -> x.softmax(0), in("m,n")),
                    of("softmax", x -> x.softmax(1), in("a,b,c")),
                    of("softmin", x -> x.softmin(0), in("m,n")),
                    of("logSoftmax", x -> x.logSoftmax(0), in("m,n")),
                    of("logSoftmax", x -> x.logSoftmax(-1), in("a,b,c")),
                    of("normalize", x -> x.normalize(2, 1, 1e-12), within(0.2, 2, "m,n")));

    private ReductionLines() {}
}
