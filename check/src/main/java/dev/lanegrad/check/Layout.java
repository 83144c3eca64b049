package dev.lanegrad.check;

import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/// How a tensor lies in memory. A function must compute the same from all of them.
public enum Layout {
    /// Dense, in row-major order.
    CONTIGUOUS {
        @Override
        Tensor lay(Tensor x) {
            return x.contiguous().clone();
        }
    },

    /// Dense, but not from the start of its memory.
    OFFSET {
        @Override
        Tensor lay(Tensor x) {
            return Tensor.stack(List.of(filler(x.shape(), x), x), 0).select(0, 1);
        }
    },

    /// Dense, with the axes in reverse order.
    PERMUTED {
        @Override
        Tensor lay(Tensor x) {
            int[] reverse = IntStream.range(0, x.dim()).map(axis -> x.dim() - 1 - axis).toArray();
            return x.permute(reverse).contiguous().clone().permute(reverse);
        }
    },

    /// Every second element of a tensor that holds something else in between.
    SLICED {
        @Override
        Tensor lay(Tensor x) {
            if (x.dim() == 0) {
                return OFFSET.lay(x);
            }
            Tensor wide =
                    Tensor.stack(List.of(x, filler(x.shape(), x)), x.dim())
                            .flatten(x.dim() - 1, x.dim());
            return wide.slice(x.dim() - 1, 0, wide.size(-1), 2);
        }
    },

    /// Axis 1 innermost, as images `[N, C, H, W]` lie inside networks; below three axes as
    /// [#PERMUTED].
    CHANNELS_LAST {
        @Override
        Tensor lay(Tensor x) {
            if (x.dim() < 3) {
                return PERMUTED.lay(x);
            }
            int[] order =
                    IntStream.range(0, x.dim())
                            .map(i -> i == 0 ? 0 : i == x.dim() - 1 ? 1 : i + 1)
                            .toArray();
            int[] back =
                    IntStream.range(0, x.dim())
                            .map(axis -> axis == 0 ? 0 : axis == 1 ? x.dim() - 1 : axis - 1)
                            .toArray();
            return x.permute(order).contiguous().clone().permute(back);
        }
    },

    /// The first slice of the first axis longer than 1 repeated, in one place of memory. The only
    /// layout that changes values, unless they are repeated already.
    EXPANDED {
        @Override
        Tensor lay(Tensor x) {
            for (int axis = 0; axis < x.dim(); axis++) {
                if (x.size(axis) > 1) {
                    return x.narrow(axis, 0, 1).contiguous().clone().expand(x.shape());
                }
            }
            return CONTIGUOUS.lay(x);
        }
    };

    abstract Tensor lay(Tensor x);

    /// The values of `x` in memory of their own that is laid out so; without history.
    public Tensor copyOf(Tensor x) {
        return lay(x.detach()).detach();
    }

    private static Tensor filler(Shape shape, Tensor like) {
        double nothing = like.dtype().isFloatingPoint() ? Double.NaN : 1;
        return Tensor.full(shape, nothing, like.dtype());
    }
}
