package dev.lanegrad.check;

import static dev.lanegrad.check.Operation.apart;
import static dev.lanegrad.check.Operation.in;
import static dev.lanegrad.check.Operation.of;
import static dev.lanegrad.check.Operation.ofChoice;

import dev.lanegrad.Tensor;
import java.util.List;

/// Operations that take and write elements by position or rank.
final class ChoiceLines {
    private static final Tensor PLACES = Tensor.of(new long[][] {{3, 0}, {1, 2}, {0, 1}});
    private static final Tensor REPEATED = Tensor.of(new long[][] {{3, 3}, {1, 2}, {0, 0}});
    private static final Tensor ROWS = Tensor.of(2L, 0L, -1L);
    private static final Tensor COLUMNS = Tensor.of(1L, 3L, 1L);
    private static final Tensor MASK =
            Tensor.of(new boolean[][] {{true, false, true}, {false, true, true}});

    static final List<Operation> ALL =
            List.of(
                    of("gather", x -> x.gather(1, REPEATED), in("3,4")).linear(),
                    of(
                                    "takeAlongDim",
                                    x -> x.takeAlongDim(ROWS.remainder(3).view(1, 3), 0),
                                    in("3,3"))
                            .linear(),
                    of("scatter", (x, s) -> x.scatter(1, PLACES, s), in("3,4"), in("3,3")).linear(),
                    of("scatter", x -> x.scatter(1, REPEATED, 0), in("3,4")).linear(),
                    of("scatterAdd", (x, s) -> x.scatterAdd(1, REPEATED, s), in("3,4"), in("4,2"))
                            .linear(),
                    of("index", x -> x.index(ROWS, COLUMNS), in("3,4,n")).linear(),
                    of("index", x -> x.index(null, ROWS, null, ROWS), in("m,3,n,3")).linear(),
                    of("index", x -> x.index(null, PLACES), in("m,4,n")).linear(),
                    of("index", x -> x.index(MASK), in("2,3,n")).linear(),
                    of(
                                    "indexPut",
                                    (x, v) -> x.indexPut(new Tensor[] {ROWS, COLUMNS}, v, true),
                                    in("3,4"),
                                    in("1"))
                            .linear(),
                    of(
                                    "indexPut",
                                    (x, v) ->
                                            x.indexPut(new Tensor[] {Tensor.of(2L, 0L)}, v, false),
                                    in("3,n"),
                                    in("2,n"))
                            .linear(),
                    of(
                                    "indexCopy",
                                    (x, s) -> x.indexCopy(1, Tensor.of(3L, 0L), s),
                                    in("m,4,n"),
                                    in("m,2,n"))
                            .linear(),
                    of("maskedSelect", x -> x.maskedSelect(MASK), in("3")).linear(),
                    ofChoice("sort", x -> x.sort(0), apart("N,m")),
                    ofChoice("sort", x -> x.sort(-1, true), apart("m,n,N")),
                    ofChoice("topk", x -> x.topk(2, 1, true), apart("m,N")),
                    ofChoice("kthvalue", x -> x.kthvalue(2, 1, false), apart("m,N")),
                    of("median", Tensor::median, apart("m,n")),
                    ofChoice("median", x -> x.median(0, true), apart("m,n")),
                    ofChoice("mode", x -> x.mode(1, false), apart("m,n")));

    private ChoiceLines() {}
}
