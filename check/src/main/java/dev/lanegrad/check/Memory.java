package dev.lanegrad.check;

import dev.lanegrad.Tensor;
import java.util.stream.IntStream;

/// How a tensor lies in memory. An operation must compute the same from all of them.
public enum Memory {
    /// Dense, in row-major order.
    CONTIGUOUS {
        @Override
        Tensor lay(Tensor x) {
            return x.clone();
        }
    },

    /// Dense, with the axes in reverse order.
    PERMUTED {
        @Override
        Tensor lay(Tensor x) {
            int[] reverse = IntStream.range(0, x.dim()).map(axis -> x.dim() - 1 - axis).toArray();
            return x.permute(reverse).contiguous().permute(reverse);
        }
    },

    /// Every second element of a tensor that is NaN in between.
    SLICED {
        @Override
        Tensor lay(Tensor x) {
            if (x.dim() == 0) {
                return Tensor.stack(java.util.List.of(x, x.mul(Double.NaN)), 0).select(0, 0);
            }
            Tensor wide =
                    Tensor.stack(java.util.List.of(x, x.mul(Double.NaN)), x.dim())
                            .flatten(x.dim() - 1, x.dim());
            return wide.slice(x.dim() - 1, 0, wide.size(-1), 2);
        }
    };

    /// The same values, laid out so; a new leaf.
    abstract Tensor lay(Tensor x);

    /// The values of `x` in a tensor of their own that lies so.
    public Tensor copyOf(Tensor x) {
        return lay(x.detach()).detach();
    }
}
