package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// What recurrent layers have in common.
final class RecurrentShapes {
    private RecurrentShapes() {}

    /// @param gates matrices side by side in a weight
    /// @throws IllegalArgumentException if the shapes do not fit
    static void check(
            String op,
            int gates,
            Tensor x,
            Tensor weight,
            @Nullable Tensor bias,
            Tensor hidden,
            @Nullable Tensor cells) {
        boolean fits = x.dim() == 3 && x.size(0) > 0 && x.size(2) % gates == 0;
        if (fits) {
            int columns = x.size(2);
            Shape state = Shape.of(x.size(1), columns / gates);
            fits =
                    weight.dim() == 2
                            && weight.size(0) == columns
                            && hidden.shape().equals(Shape.of(x.size(1), weight.size(1)))
                            && (hidden.shape().equals(state) || (cells != null && x.size(0) == 1))
                            && (bias == null || bias.shape().equals(Shape.of(columns)))
                            && (cells == null || cells.shape().equals(state));
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "%s: shapes do not fit (%s, weight %s, bias %s, hidden %s, cells %s)"
                            .formatted(
                                    op,
                                    x.shape(),
                                    weight.shape(),
                                    bias == null ? "none" : bias.shape(),
                                    hidden.shape(),
                                    cells == null ? "none" : cells.shape()));
        }
    }

    /// Whether there is a kernel for these operands.
    static boolean hasKernel(Tensor x, @Nullable Tensor... others) {
        boolean all = MatrixShapes.hasKernel(x.dtype()) && x.numel() > 0;
        for (Tensor t : others) {
            all &= t == null || (t.dtype() == x.dtype() && t.numel() > 0);
        }
        return all;
    }

    /// The position of step `s` among the moments.
    static int moment(int s, int moments, boolean backwards) {
        return backwards ? moments - 1 - s : s;
    }

    /// The gradient of the weight: that of its products `[T, N, gates]` at each moment by the state
    /// before.
    static Tensor ofWeight(Tensor gradient, Tensor states, Tensor first, boolean backwards) {
        int later = gradient.size(0) - 1;
        Tensor sum = gradient.select(0, backwards ? later : 0).t().mm(first);
        if (later == 0) {
            return sum;
        }
        Tensor left = gradient.narrow(0, backwards ? 0 : 1, later);
        Tensor before = states.narrow(0, backwards ? 1 : 0, later);
        return sum.addmm(left.reshape(-1, left.size(2)).t(), before.reshape(-1, before.size(2)));
    }
}
