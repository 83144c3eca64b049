package dev.lanegrad;

/// Images as kernels read and write them: dense, the channels innermost in memory, the logical
/// shape `[N, C, ...]` with any number of axes after the channels. Nothing here is recorded.
final class Images {
    private Images() {}

    /// `x` with the channels innermost; `x` itself if it lies like that already.
    static Tensor dense(Tensor x) {
        if (Layout.isChannelsLast(x.shape(), x.strides())) {
            return x;
        }
        Tensor y = empty(x.shape(), x.dtype());
        Elementwise.copy(y, x);
        return y;
    }

    /// Images of undefined values.
    static Tensor empty(Shape shape, DType dtype) {
        return Creation.empty(shape, dtype, Layout.channelsLast(shape));
    }

    /// The axes that a sum for each channel runs over: all but axis 1.
    static int[] allButChannels(int dim) {
        int[] axes = new int[dim - 1];
        for (int i = 1; i < axes.length; i++) {
            axes[i] = i + 1;
        }
        return axes;
    }

    /// The shape `[1, C, 1, ...]` in which a tensor `[C]` meets images.
    static Shape perChannel(int dim, int channels) {
        int[] sizes = new int[dim];
        java.util.Arrays.fill(sizes, 1);
        sizes[1] = channels;
        return Shape.of(sizes);
    }

    /// One number for each of `count` axes, from one for all of them or from one for each.
    ///
    /// @throws IllegalArgumentException if there are other numbers of them
    static int[] perAxis(String op, String what, int[] values, int count) {
        if (values.length == count) {
            return values;
        }
        if (values.length != 1) {
            throw new IllegalArgumentException(
                    op
                            + ": "
                            + what
                            + " needs 1 or "
                            + count
                            + " numbers but has "
                            + values.length
                            + " ("
                            + java.util.Arrays.toString(values)
                            + ")");
        }
        int[] all = new int[count];
        java.util.Arrays.fill(all, values[0]);
        return all;
    }
}
