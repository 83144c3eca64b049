package dev.lanegrad.check;

import static dev.lanegrad.check.Operation.apart;
import static dev.lanegrad.check.Operation.clear;
import static dev.lanegrad.check.Operation.in;
import static dev.lanegrad.check.Operation.of;
import static dev.lanegrad.check.Operation.ofAll;
import static dev.lanegrad.check.Operation.within;

import dev.lanegrad.BagReduction;
import dev.lanegrad.Tensor;
import java.util.List;

/// Distances, sums of products, and what networks for sequences are made of.
final class AlgebraLines {
    private static final Tensor NUMBERS = Tensor.of(2L, 0L, 2L, 1L);

    static final List<Operation> ALL =
            List.of(
                    of("cross", (a, b) -> a.cross(b, 1), in("m,3"), in("m,3")).linear(),
                    of("dist", (a, b) -> a.dist(b, 2), within(0, 2, "n"), within(-2, -1, "n")),
                    of("cdist", Tensor::cdist, within(0, 2, "2,3"), within(-2, -1, "4,3")),
                    of(
                            "cdist",
                            (a, b) -> a.cdist(b, 1),
                            within(0, 2, "2,3"),
                            within(-2, -1, "4,3")),
                    ofAll("addmv", t -> t[0].addmv(t[1], t[2], 0.5, 2), in("m"), in("m,k"), in("k"))
                            .linear(),
                    ofAll(
                                    "addmm",
                                    t -> t[0].addmm(t[1], t[2], 0.5, 2),
                                    in("n"),
                                    in("m,k"),
                                    in("k,n"))
                            .linear(),
                    ofAll(
                                    "bilinear",
                                    t -> t[0].bilinear(t[1], t[2], t[3]),
                                    in("m,3"),
                                    in("m,2"),
                                    in("4,3,2"),
                                    in("4"))
                            .linear(),
                    of(
                                    "einsum",
                                    (a, b) -> Tensor.einsum("bij,bjk->bik", a, b),
                                    in("b,m,k"),
                                    in("b,k,n"))
                            .linear(),
                    of("einsum", (a, b) -> Tensor.einsum("i,j", a, b), in("3"), in("n")).linear(),
                    of(
                                    "einsum",
                                    (a, b) -> Tensor.einsum("...ij,j->i...", a, b),
                                    in("b,m,k"),
                                    in("k"))
                            .linear(),
                    of("einsum", a -> Tensor.einsum("iij->j", a), in("3,3,n")).linear(),
                    ofAll(
                                    "einsum",
                                    t -> Tensor.einsum("ij,jk,k->", t),
                                    in("m,3"),
                                    in("3,4"),
                                    in("4"))
                            .linear(),
                    of("embedding", w -> NUMBERS.view(2, 2).embedding(w), in("3,n")).linear(),
                    of(
                                    "embeddingBag",
                                    w ->
                                            NUMBERS.embeddingBag(
                                                    w, Tensor.of(0L, 3L), BagReduction.MEAN),
                                    in("3,n"))
                            .linear(),
                    of(
                            "embeddingBag",
                            w -> NUMBERS.embeddingBag(w, Tensor.of(0L, 3L, 3L), BagReduction.MAX),
                            apart("3,n")),
                    ofAll(
                                    "scaledDotProductAttention",
                                    t -> t[0].scaledDotProductAttention(t[1], t[2], null, true),
                                    in("b,3,4"),
                                    in("b,3,4"),
                                    in("b,3,n"))
                            .single(1e-4),
                    ofAll(
                            "scaledDotProductAttention",
                            t -> t[0].scaledDotProductAttention(t[1], t[2], t[3], false),
                            in("2,4"),
                            in("3,4"),
                            in("3,n"),
                            in("2,3")),
                    ofAll(
                            "rnnTanhCell",
                            t -> t[0].rnnTanhCell(t[1], t[2], t[3], t[4], t[5]),
                            in("b,3"),
                            in("b,2"),
                            in("2,3"),
                            in("2,2"),
                            in("2"),
                            in("2")),
                    ofAll(
                            "rnnReluCell",
                            t -> t[0].rnnReluCell(t[1], t[2], t[3], null, null),
                            within(0.2, 2, "b,3"),
                            within(0.2, 2, "b,2"),
                            within(0.2, 2, "2,3"),
                            within(0.2, 2, "2,2")),
                    ofAll(
                            "lstm",
                            t -> t[0].lstm(t[1], t[2], t[3], true).hidden(),
                            in("3,b,8"),
                            in("8,2"),
                            in("b,2"),
                            in("b,2")),
                    ofAll(
                            "lstm",
                            t -> t[0].lstm(t[1], t[2], t[3], false).cells(),
                            in("1,b,8"),
                            in("8,3"),
                            in("b,3"),
                            in("b,2")),
                    ofAll(
                            "gru",
                            t -> t[0].gru(t[1], t[2], t[3], false),
                            in("3,b,6"),
                            in("6,2"),
                            in("6"),
                            in("b,2")),
                    of("nansum", x -> x.nansum(new int[] {1}, true), in("m,n")).linear(),
                    of("nansum", Tensor::nansum).linear(),
                    of("cumprod", x -> x.cumprod(1), clear("m,4")).single(1e-4),
                    of(
                                    "cumprod",
                                    x -> x.mul(Tensor.of(1.0, 0, 1, 0).to(x.dtype())).cumprod(1),
                                    in("m,4"))
                            .single(1e-4));

    private AlgebraLines() {}
}
