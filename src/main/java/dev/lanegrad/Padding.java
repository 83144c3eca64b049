package dev.lanegrad;

import java.util.Arrays;

/// More elements around a tensor, pixels to channels and back, and windows as columns.
public sealed interface Padding permits Tensor {
    // ------------------------------------------------------------ pad

    /// With `value` around it, as `F.pad`; negative numbers take elements off.
    ///
    /// @param pad elements before and after the last axis, before and after the one before it, ...
    default Tensor pad(int[] pad, double value) {
        Tensor x = (Tensor) this;
        check(x, pad);
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            y = constantPadded(x, pad, value);
        }
        return Tape.records(x) ? Tape.record(y, new ConstantPadNdBackward0(pad.clone()), x) : y;
    }

    /// With zeros around it.
    default Tensor pad(int... pad) {
        return pad(pad, 0);
    }

    record ConstantPadNdBackward0(int[] pad) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().pad(Arrays.stream(pad).map(n -> -n).toArray(), 0));
        }
    }

    private static void check(Tensor x, int[] pad) {
        boolean valid = pad.length % 2 == 0 && pad.length / 2 <= x.dim();
        for (int i = 0; valid && i < pad.length / 2; i++) {
            valid = x.size(-1 - i) + pad[2 * i] + pad[2 * i + 1] >= 0;
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    "pad: %s does not fit input %s".formatted(Arrays.toString(pad), x.shape()));
        }
    }

    private static Tensor constantPadded(Tensor x, int[] pad, double value) {
        long[] sizes = x.shape().toArray();
        Tensor inner = x.detach();
        for (int i = 0; i < pad.length / 2; i++) {
            int axis = x.dim() - 1 - i;
            int before = pad[2 * i];
            int after = pad[2 * i + 1];
            sizes[axis] += before + after;
            int first = Math.max(0, -before);
            inner =
                    inner.narrow(
                            axis,
                            Math.min(first, inner.size(axis)),
                            Math.max(0, inner.size(axis) - first - Math.max(0, -after)));
        }
        Tensor y = Creation.full(Shape.of(sizes), value, x.dtype());
        Tensor place = y;
        for (int i = 0; i < pad.length / 2; i++) {
            int axis = x.dim() - 1 - i;
            place = place.narrow(axis, Math.max(0, pad[2 * i]), inner.size(axis));
        }
        Elementwise.copy(place, inner);
        return y;
    }

    /// With more of its own elements around it, as `F.pad`.
    ///
    /// @param pad elements before and after the last axis, before and after the one before it, ...
    /// @throws IllegalArgumentException if there are fewer elements to take than are wanted
    default Tensor pad(int[] pad, PadMode mode) {
        Tensor x = (Tensor) this;
        if (mode == PadMode.CONSTANT) {
            return pad(pad, 0);
        }
        check(x, pad);
        Edges edges = Edges.of(x, pad, mode);
        if (mode == PadMode.CIRCULAR) {
            return edges.apply(x);
        }
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            y = edges.apply(x);
        }
        return Tape.records(x) ? Tape.record(y, new EdgePadBackward(edges, mode), x) : y;
    }

    record EdgePadBackward(Edges edges, PadMode mode) implements Backward {
        @Override
        public String name() {
            String kind = mode == PadMode.REFLECT ? "ReflectionPad" : "ReplicationPad";
            return kind + edges.indices.length + "DBackward0";
        }

        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, edges.transposed(g.gy()));
        }
    }

    /// Which slice stands where, along the last axes.
    record Edges(Tensor[] indices, int[] sizes) {
        static Edges of(Tensor x, int[] pad, PadMode mode) {
            Tensor[] indices = new Tensor[pad.length / 2];
            int[] sizes = new int[indices.length];
            for (int i = 0; i < indices.length; i++) {
                int size = x.size(-1 - i);
                int most = mode == PadMode.REFLECT ? size - 1 : size;
                int widest = Math.max(pad[2 * i], pad[2 * i + 1]);
                if (size == 0 || (widest > most && mode != PadMode.REPLICATE)) {
                    throw new IllegalArgumentException(
                            "pad: %s needs at least as many elements as it adds, but %s is more than %d (input %s)"
                                    .formatted(mode, Arrays.toString(pad), most, x.shape()));
                }
                long[] from = new long[size + pad[2 * i] + pad[2 * i + 1]];
                for (int k = 0; k < from.length; k++) {
                    from[k] = source(k - pad[2 * i], size, mode);
                }
                indices[i] = Tensor.of(from);
                sizes[i] = size;
            }
            return new Edges(indices, sizes);
        }

        private static int source(int at, int size, PadMode mode) {
            return switch (mode) {
                case REFLECT -> at < 0 ? -at : at >= size ? 2 * (size - 1) - at : at;
                case REPLICATE, CONSTANT -> Math.max(0, Math.min(size - 1, at));
                case CIRCULAR -> Math.floorMod(at, size);
            };
        }

        Tensor apply(Tensor x) {
            Tensor y = x;
            for (int i = 0; i < indices.length; i++) {
                y = y.indexSelect(-1 - i, indices[i]);
            }
            return y;
        }

        Tensor transposed(Tensor gy) {
            Tensor gx = gy;
            for (int i = indices.length - 1; i >= 0; i--) {
                int[] all = gx.shape().sizes().clone();
                all[all.length - 1 - i] = sizes[i];
                Tensor zeros = Creation.zeros(Shape.of(all), gx.dtype());
                gx = zeros.indexAdd(-1 - i, indices[i], gx);
            }
            return gx;
        }
    }

    // ------------------------------------------------------------ pixels and channels

    /// Images `[..., C·r², H, W]` as `[..., C, H·r, W·r]`, as `F.pixel_shuffle`.
    ///
    /// @throws IllegalArgumentException if r² does not divide the channels
    default Tensor pixelShuffle(int r) {
        Tensor x = (Tensor) this;
        if (x.dim() < 3 || r < 1 || x.size(-3) % (r * r) != 0) {
            throw new IllegalArgumentException(
                    "pixelShuffle: the channels, axis -3, are no multiple of the factor %d squared, %d (input %s)"
                            .formatted(r, r * r, x.shape()));
        }
        int c = x.size(-3) / (r * r);
        int h = x.size(-2);
        int w = x.size(-1);
        Tensor y =
                x.detach()
                        .reshape(-1, c, r, r, h, w)
                        .permute(0, 1, 4, 2, 5, 3)
                        .reshape(planes(x, c, h * r, w * r));
        y = y.storage() == x.storage() ? y.clone() : y;
        return Tape.records(x) ? Tape.record(y, new PixelShuffleBackward0(r), x) : y;
    }

    record PixelShuffleBackward0(int r) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().pixelUnshuffle(r));
        }
    }

    /// Images `[..., C, H·r, W·r]` as `[..., C·r², H, W]`, as `F.pixel_unshuffle`.
    ///
    /// @throws IllegalArgumentException if r does not divide the sizes
    default Tensor pixelUnshuffle(int r) {
        Tensor x = (Tensor) this;
        if (x.dim() < 3 || r < 1 || x.size(-2) % r != 0 || x.size(-1) % r != 0) {
            throw new IllegalArgumentException(
                    "pixelUnshuffle: %d must divide the images' sizes of %s"
                            .formatted(r, x.shape()));
        }
        int c = x.size(-3);
        int h = x.size(-2) / r;
        int w = x.size(-1) / r;
        Tensor y =
                x.detach()
                        .reshape(-1, c, h, r, w, r)
                        .permute(0, 1, 3, 5, 2, 4)
                        .reshape(planes(x, c * r * r, h, w));
        y = y.storage() == x.storage() ? y.clone() : y;
        return Tape.records(x) ? Tape.record(y, new PixelUnshuffleBackward0(r), x) : y;
    }

    record PixelUnshuffleBackward0(int r) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, g.gy().pixelShuffle(r));
        }
    }

    private static long[] planes(Tensor x, int c, int h, int w) {
        long[] sizes = x.shape().toArray();
        sizes[sizes.length - 3] = c;
        sizes[sizes.length - 2] = h;
        sizes[sizes.length - 1] = w;
        return sizes;
    }

    // ------------------------------------------------------------ windows as columns

    /// Windows of images `[N, C, H, W]` as columns `[N, C·KH·KW, L]`, L windows row by row, as
    /// `F.unfold`.
    ///
    /// @param kernel rows and columns of a window, or one number for both; likewise the others
    /// @throws IllegalArgumentException if no window fits
    default Tensor unfold(int[] kernel, int[] dilation, int[] padding, int[] stride) {
        Tensor x = (Tensor) this;
        if (x.dim() == 3) {
            return x.unsqueeze(0).unfold(kernel, dilation, padding, stride).squeeze(0);
        }
        if (x.dim() != 4) {
            throw new IllegalArgumentException(
                    "unfold: needs images [N, C, H, W], but got " + x.shape());
        }
        Columns columns =
                Columns.of("unfold", x.size(2), x.size(3), kernel, dilation, padding, stride);
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            y = columns.read(x);
        }
        return Tape.records(x) ? Tape.record(y, new Im2ColBackward0(columns), x) : y;
    }

    record Im2ColBackward0(Columns columns) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, columns.add(g.gy()));
        }
    }

    /// The transpose of [#unfold(int[], int[], int[], int[])]: columns `[N, C·KH·KW, L]` added up
    /// to images, as `F.fold`.
    ///
    /// @param size rows and columns of the images, or one number for both
    /// @throws IllegalArgumentException if the shape is not that of the windows' columns
    default Tensor fold(int[] size, int[] kernel, int[] dilation, int[] padding, int[] stride) {
        Tensor x = (Tensor) this;
        if (x.dim() == 2) {
            return x.unsqueeze(0).fold(size, kernel, dilation, padding, stride).squeeze(0);
        }
        int[] hw = Images.perAxis("fold", "size", size, 2);
        Columns columns = Columns.of("fold", hw[0], hw[1], kernel, dilation, padding, stride);
        if (x.dim() != 3 || x.size(1) % columns.area() != 0 || x.size(2) != columns.count()) {
            throw new IllegalArgumentException(
                    "fold: needs columns [N, C·%d, %d], but got %s"
                            .formatted(columns.area(), columns.count(), x.shape()));
        }
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            y = columns.add(x);
        }
        return Tape.records(x) ? Tape.record(y, new Col2ImBackward0(columns), x) : y;
    }

    record Col2ImBackward0(Columns columns) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, columns.read(g.gy()));
        }
    }
}
