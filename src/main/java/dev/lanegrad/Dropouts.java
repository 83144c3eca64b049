package dev.lanegrad;

/// Random zeros, by element or by channel.
final class Dropouts {
    /// Minus the lowest value of SELU.
    private static final double ALPHA = 1.7580993408473766;

    private Dropouts() {}

    /// @param like a tensor of the mask's shape and type, which broadcasts to x
    static Tensor apply(Tensor x, Tensor like, double p, boolean training) {
        check(p);
        if (p == 0 || !training || x.numel() == 0) {
            return x;
        }
        if (p == 1) {
            return x.mul(Tensor.zerosLike(x.detach()));
        }
        return x.mul(mask(like, p).div_(1 - p));
    }

    static Tensor applyAlpha(Tensor x, Tensor like, double p, boolean training) {
        check(p);
        if (p == 0 || !training || x.numel() == 0) {
            return x;
        }
        if (p == 1) {
            return x.mul(Tensor.zerosLike(x.detach()));
        }
        double a = 1 / Math.sqrt((ALPHA * ALPHA * p + 1) * (1 - p));
        Tensor mask = mask(like, p);
        Tensor shift = mask.sub(1).mul_(ALPHA * a).add_(ALPHA * a * p);
        return x.mul(mask.mul_(a)).add(shift);
    }

    private static void check(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(
                    "dropout probability has to be between 0 and 1, but got " + p);
        }
    }

    /// 1 where an element stays.
    private static Tensor mask(Tensor like, double p) {
        return Tensor.emptyLike(like.detach()).bernoulli_(1 - p);
    }

    /// A tensor with one element for each channel of each sample of x, `[N, C, 1, ...]`.
    static Tensor channels(Tensor x) {
        if (x.dim() < 2) {
            throw new IllegalArgumentException(
                    "featureDropout: input needs at least 2 axes but has "
                            + x.dim()
                            + " (input "
                            + x.shape()
                            + ")");
        }
        int[] sizes = new int[x.dim()];
        java.util.Arrays.fill(sizes, 1);
        sizes[0] = x.size(0);
        sizes[1] = x.size(1);
        return Tensor.empty(Shape.of(sizes), x.dtype());
    }
}
