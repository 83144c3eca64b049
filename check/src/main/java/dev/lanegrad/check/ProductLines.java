package dev.lanegrad.check;

import static dev.lanegrad.check.Operation.in;
import static dev.lanegrad.check.Operation.of;
import static dev.lanegrad.check.Operation.ofAll;

import dev.lanegrad.Tensor;
import java.util.List;

/// Matrix products and convolutions.
final class ProductLines {
    private static final int[] ONE = {1};
    private static final int[] TWO = {2};
    private static final int[] STEPS = {2, 1, 2};
    private static final int[] PADS = {2, 1, 0};
    private static final int[] WIDE = {2, 1, 1};

    static final List<Operation> MATRICES =
            List.of(
                    of("mm", Tensor::mm, in("m,k"), in("k,n")).linear(),
                    of("bmm", Tensor::bmm, in("b,m,k"), in("b,k,n")).linear(),
                    of("mv", Tensor::mv, in("m,k"), in("k")).linear(),
                    of("dot", Tensor::dot, in("k"), in("k")).linear(),
                    of("matmul", Tensor::matmul, in("m,k"), in("k,n")).linear(),
                    of("matmul", Tensor::matmul, in("b,1,m,k"), in("a,k,n")).linear(),
                    of("matmul", Tensor::matmul, in("b,m,k"), in("k,n")).linear(),
                    of("matmul", Tensor::matmul, in("m,k"), in("b,k,n")).linear(),
                    of("matmul", Tensor::matmul, in("b,m,k"), in("k")).linear(),
                    of("matmul", Tensor::matmul, in("k"), in("b,k,n")).linear(),
                    of("matmul", Tensor::matmul, in("k"), in("k,n")).linear(),
                    ofAll("addmm", t -> t[0].addmm(t[1], t[2]), in("n"), in("m,k"), in("k,n"))
                            .linear(),
                    ofAll("linear", t -> t[0].linear(t[1], t[2]), in("b,m,k"), in("n,k"), in("n"))
                            .linear(),
                    of("linear", (x, w) -> x.linear(w, null), in("m,k"), in("n,k")).linear());

    static final List<Operation> CONVOLUTIONS =
            List.of(
                    ofAll(
                                    "conv2d",
                                    t -> t[0].conv2d(t[1], t[2], 1, 1),
                                    in("n,c,h,w"),
                                    in("o,c,3,3"),
                                    in("o"))
                            .linear(),
                    ofAll(
                                    "conv2d",
                                    t -> t[0].conv2d(t[1], null, 2, 1, 2, 2),
                                    in("n,4,H,W"),
                                    in("6,2,3,2"))
                            .linear(),
                    of("conv2d", (x, w) -> x.conv2d(w, null), in("n,c,h,w"), in("o,c,1,1"))
                            .linear(),
                    of("conv2d", (x, w) -> x.conv2d(w, null, 2, 3), in("c,H,W"), in("o,c,7,7"))
                            .linear(),
                    ofAll(
                                    "conv1d",
                                    t -> t[0].conv1d(t[1], t[2], 2, 1, 1, 1),
                                    in("n,c,L"),
                                    in("o,c,3"),
                                    in("o"))
                            .linear(),
                    ofAll(
                                    "convTranspose2d",
                                    t -> t[0].convTranspose2d(t[1], t[2], 2, 1, 1, 1, 1),
                                    in("n,c,h,w"),
                                    in("c,o,3,3"),
                                    in("o"))
                            .linear(),
                    ofAll(
                                    "convTranspose1d",
                                    t -> t[0].convTranspose1d(t[1], null, 2, 0, 0, 1, 1),
                                    in("n,c,l"),
                                    in("c,o,3"))
                            .linear(),
                    ofAll(
                                    "conv3d",
                                    t -> t[0].conv3d(t[1], t[2], 1, 1),
                                    in("n,c,d,h,w"),
                                    in("o,c,3,3,3"),
                                    in("o"))
                            .linear(),
                    of(
                                    "conv3d",
                                    (x, w) -> x.conv3d(w, null, STEPS, PADS, WIDE, 2),
                                    in("n,4,D,H,W"),
                                    in("6,2,3,2,2"))
                            .linear(),
                    ofAll(
                                    "convTranspose3d",
                                    t -> t[0].convTranspose3d(t[1], t[2], TWO, ONE, ONE, 1, ONE),
                                    in("n,c,d,h,w"),
                                    in("c,o,3,3,3"),
                                    in("o"))
                            .linear());

    private ProductLines() {}
}
