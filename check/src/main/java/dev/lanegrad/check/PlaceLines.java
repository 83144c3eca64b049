package dev.lanegrad.check;

import static dev.lanegrad.check.Operation.apart;
import static dev.lanegrad.check.Operation.in;
import static dev.lanegrad.check.Operation.of;

import dev.lanegrad.IndexReduction;
import dev.lanegrad.Tensor;
import java.util.List;

/// Operations that combine a tensor with values for some of its places.
final class PlaceLines {
    private static final Tensor REPEATED = Tensor.of(new long[][] {{3, 3}, {1, 2}, {0, 0}});
    private static final Tensor FLAT = Tensor.of(new long[][] {{5, -1, 0}, {5, 2, 3}});
    private static final Tensor APART = Tensor.of(new long[][] {{5, -1, 0}, {1, 2, 3}});
    private static final Tensor MASK =
            Tensor.of(new boolean[][] {{true, false, true}, {false, true, true}});

    static final List<Operation> ALL =
            List.of(
                    of("take", x -> x.take(FLAT), in("m,N")).linear(),
                    of("put", (x, s) -> x.put(APART, s, false), in("m,N,2"), in("6")).linear(),
                    of("put", (x, s) -> x.put(FLAT, s, true), in("m,N,2"), in("3,2")).linear(),
                    of("maskedScatter", (x, s) -> x.maskedScatter(MASK, s), in("3"), in("2,3"))
                            .linear(),
                    of("indexFill", x -> x.indexFill(1, Tensor.of(2L, 0L, -1L), 3.5), in("m,N")),
                    of(
                                    "scatterReduce",
                                    (x, s) -> reduced(x, s, IndexReduction.SUM, false),
                                    in("3,4"),
                                    in("4,2"))
                            .linear(),
                    of(
                                    "scatterReduce",
                                    (x, s) -> reduced(x, s, IndexReduction.MEAN, true),
                                    in("3,4"),
                                    in("3,3"))
                            .linear(),
                    of(
                            "scatterReduce",
                            (x, s) -> reduced(x, s, IndexReduction.PROD, true),
                            apart("3,4"),
                            apart("3,2")),
                    of(
                            "scatterReduce",
                            (x, s) -> reduced(x, s, IndexReduction.PROD, false),
                            apart("3,4"),
                            apart("3,2")),
                    of(
                            "scatterReduce",
                            x ->
                                    reduced(
                                            x.narrow(1, 0, 4),
                                            x.narrow(1, 4, 2),
                                            IndexReduction.AMAX,
                                            true),
                            apart("3,6")),
                    of(
                            "scatterReduce",
                            x ->
                                    reduced(
                                            x.narrow(1, 0, 4),
                                            x.narrow(1, 4, 2),
                                            IndexReduction.AMIN,
                                            false),
                            apart("3,6")));

    private PlaceLines() {}

    private static Tensor reduced(
            Tensor x, Tensor source, IndexReduction reduction, boolean includeSelf) {
        return x.scatterReduce(1, REPEATED, source, reduction, includeSelf);
    }
}
