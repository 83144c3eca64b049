package dev.lanegrad.check;

import static dev.lanegrad.check.Operation.apart;
import static dev.lanegrad.check.Operation.clear;
import static dev.lanegrad.check.Operation.in;
import static dev.lanegrad.check.Operation.of;
import static dev.lanegrad.check.Operation.ofAll;
import static dev.lanegrad.check.Operation.ofParts;
import static dev.lanegrad.check.Operation.within;

import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.List;

/// Equations, factors, norms and products of matrices.
final class MatrixLines {
    static final List<Operation> FACTORS =
            List.of(
                    of(
                                    "cholesky",
                                    x -> x.matmul(x.transpose(-2, -1)).add(eye(x)).cholesky(),
                                    in("2,3,3"))
                            .single(1e-4),
                    of("solve", (a, b) -> a.add(eye(a)).solve(b), in("3,3"), in("2,3,n"))
                            .single(1e-4),
                    of("solve", (a, b) -> a.add(eye(a)).solve(b), in("2,2"), in("2")).single(1e-4),
                    of("inv", a -> a.add(eye(a)).inv(), in("2,3,3")).single(1e-4),
                    of("det", a -> a.add(eye(a)).det(), in("2,3,3")).single(1e-4),
                    of("det", a -> Tensor.cat(List.of(a, a.narrow(0, 0, 1)), 0).det(), in("2,3")),
                    ofParts("slogdet", a -> a.add(eye(a)).slogdet(), in("2,3,3")).single(1e-4),
                    of("logdet", a -> a.add(eye(a)).logdet(), in("2,3,3")).single(1e-4),
                    ofParts("qr", a -> a.add(eye(a)).qr(), in("2,3,3")).single(1e-4),
                    ofParts("qr", a -> tall(a).qr(), in("5,3")).single(1e-4),
                    ofParts("qr", a -> tall(a).transpose(0, 1).qr(), in("5,3")).single(1e-4),
                    of("svd", a -> product(tall(a).svd()), in("5,3")).single(1e-4),
                    of("svd", a -> product(tall(a).transpose(0, 1).svd()), in("5,3")).single(1e-4),
                    of("svdvals", a -> tall(a).svdvals(), in("5,3")).single(1e-4));

    static final List<Operation> NORMS =
            List.of(
                    of("matrixNorm", x -> x.matrixNorm(), clear("a,b,c")),
                    of("matrixNorm", x -> x.matrixNorm(0, 2, true), clear("a,b,c")),
                    of("matrixNorm", x -> x.matrixNorm(1, 0, 1, false), apart("m,n")),
                    of("matrixNorm", x -> x.matrixNorm(-1 / 0.0, 1, 0, true), apart("m,n")),
                    of("matrixNorm", x -> tall(x).matrixNorm(2, 0, 1, false), in("5,3"))
                            .single(1e-4),
                    of("matrixNorm", x -> tall(x).matrixNorm(-2, 1, 0, true), in("5,3"))
                            .single(1e-4),
                    of("nuclearNorm", x -> tall(x).nuclearNorm(), in("5,3")).single(1e-4));

    static final List<Operation> CHAINS =
            List.of(
                    of("outer", Tensor::outer, in("m"), in("3")).linear(),
                    of("ger", Tensor::ger, in("2"), in("n")).linear(),
                    of("kron", Tensor::kron, in("2,3"), in("m,n")).linear(),
                    of("kron", Tensor::kron, in("2"), in("m,n")).linear(),
                    of("matrixPower", x -> x.matrixPower(3), in("2,3,3")).single(1e-4),
                    of("matrixPower", x -> x.matrixPower(5), in("2,2")).single(1e-4),
                    of("matrixPower", x -> x.matrixPower(0), in("2,2")),
                    of("matrixPower", x -> x.add(eye(x)).matrixPower(-2), in("2,2")).single(1e-4),
                    ofAll(
                                    "multiDot",
                                    t -> t[0].multiDot(List.of(t[1], t[2], t[3])),
                                    in("m"),
                                    in("m,2"),
                                    in("2,n"),
                                    in("n,3"))
                            .linear(),
                    ofAll("addr", t -> t[0].addr(t[1], t[2], 0.5, 2), in("3"), in("m"), in("3"))
                            .linear(),
                    ofAll(
                                    "baddbmm",
                                    t -> t[0].baddbmm(t[1], t[2], 0.5, 2),
                                    in("n"),
                                    in("b,m,k"),
                                    in("b,k,n"))
                            .linear(),
                    ofAll(
                                    "addbmm",
                                    t -> t[0].addbmm(t[1], t[2], 0.5, 2),
                                    in("m,n"),
                                    in("b,m,k"),
                                    in("b,k,n"))
                            .linear(),
                    of(
                            "pairwiseDistance",
                            (a, b) -> a.pairwiseDistance(b),
                            within(0, 2, "m,n"),
                            within(-2, -1, "m,n")),
                    of(
                            "cosineSimilarity",
                            (a, b) -> a.cosineSimilarity(b, -1, 1e-8),
                            within(0.5, 2, "m,3"),
                            within(-2, -0.5, "m,3")));

    private MatrixLines() {}

    /// Large enough that every matrix with it added is far from singular.
    private static Tensor eye(Tensor like) {
        return Tensor.eye(like.size(-1)).mul(8).to(like.dtype());
    }

    /// Three columns of clearly different lengths that are almost orthogonal.
    private static Tensor tall(Tensor x) {
        Tensor far = Tensor.of(9.0, 6, 3).diag(0).to(x.dtype());
        Tensor below = Tensor.full(Shape.of(2, 3), 0, x.dtype());
        return x.mul(0.3).add(Tensor.cat(List.of(far, below), 0));
    }

    /// What does not depend on the signs of the factors: the product with the values cubed.
    private static Tensor product(Tensor[] usv) {
        return usv[0].mul(usv[1].pow(3)).matmul(usv[2]);
    }
}
