package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// The losses of pairs of elements: value, and slope by the prediction.
final class PairLosses {
    static final PairLoss MSE =
            new PairLoss(
                    "mseLoss",
                    "MseLossBackward0",
                    (x, t) -> x.sub(t).square(),
                    (x, t) -> x.sub(t).mul(2),
                    null);

    static final PairLoss SOFT_MARGIN =
            new PairLoss(
                    "softMarginLoss",
                    "SoftMarginLossBackward0",
                    (x, t) -> x.mul(t).neg().softplus(),
                    (x, t) -> x.mul(t).neg().sigmoid().mul(t).neg(),
                    (x, t) -> x.mul(t).neg().sigmoid().mul(x).neg(),
                    true);

    /// The least product of p and 1 − p that binary cross-entropy divides by, PyTorch's float
    /// constant.
    private static final double LEAST = 1e-12f;

    private PairLosses() {}

    static PairLoss smoothL1(double beta) {
        return new PairLoss(
                "smoothL1Loss",
                "SmoothL1LossBackward0",
                (x, t) -> {
                    Tensor d = x.sub(t).abs();
                    Tensor parabola = d.square().mul(0.5 / beta);
                    return parabola.where(d.lt(beta), d.sub(0.5 * beta));
                },
                (x, t) -> x.sub(t).div(beta).clamp(-1, 1),
                null);
    }

    static PairLoss huber(double delta) {
        return new PairLoss(
                "huberLoss",
                "HuberLossBackward0",
                (x, t) -> {
                    Tensor d = x.sub(t).abs();
                    Tensor parabola = d.square().mul(0.5);
                    return parabola.where(d.le(delta), d.sub(0.5 * delta).mul(delta));
                },
                (x, t) -> x.sub(t).clamp(-delta, delta),
                null);
    }

    /// Logarithms are at least −100.
    static PairLoss binaryCrossEntropy(@Nullable Tensor weight) {
        return new PairLoss(
                "binaryCrossEntropy",
                "BinaryCrossEntropyBackward0",
                (x, t) -> {
                    Tensor miss = t.mul(log(x)).add(t.rsub(1).mul(log(x.rsub(1))));
                    return weighted(miss.neg(), weight);
                },
                (x, t) -> weighted(x.sub(t).div(x.rsub(1).mul(x).clampMin(LEAST)), weight),
                (x, t) -> weighted(log(x.rsub(1)).sub(log(x)), weight));
    }

    private static Tensor log(Tensor x) {
        return x.log().clampMin(-100);
    }

    /// @param pos weight of the positive class, or null for 1
    static PairLoss binaryCrossEntropyWithLogits(@Nullable Tensor weight, @Nullable Tensor pos) {
        return new PairLoss(
                "binaryCrossEntropyWithLogits",
                "BinaryCrossEntropyWithLogitsBackward0",
                (x, t) -> {
                    Tensor hit = x.logsigmoid();
                    Tensor logs = pos == null ? hit : hit.mul(pos.sub(1).mul(t).add(1));
                    return weighted(t.rsub(1).mul(x).sub(logs), weight);
                },
                (x, t) -> {
                    Tensor p = x.sigmoid();
                    Tensor slope =
                            pos == null
                                    ? p.sub(t)
                                    : pos.mul(t).add(t.rsub(1)).mul(p).sub(pos.mul(t));
                    return weighted(slope, weight);
                },
                (x, t) -> {
                    Tensor slope =
                            pos == null
                                    ? x.neg()
                                    : x.neg().logsigmoid().sub(pos.mul(x.logsigmoid()));
                    return weighted(slope, weight);
                });
    }

    private static Tensor weighted(Tensor losses, @Nullable Tensor weight) {
        return weight == null ? losses : losses.mul(weight);
    }

    static void checkProbabilities(String op, String what, Tensor t) {
        Tensor values = t.detach();
        if (!values.ge(0).logicalAnd(values.le(1)).all().isTrue()) {
            throw new IllegalArgumentException(
                    op
                            + ": all elements of "
                            + what
                            + " should be between 0 and 1 ("
                            + what
                            + " "
                            + t.shape()
                            + ")");
        }
    }
}
