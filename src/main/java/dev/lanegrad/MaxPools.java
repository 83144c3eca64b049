package dev.lanegrad;

import dev.lanegrad.kernels.PoolShape;
import dev.lanegrad.kernels.any.Copy;
import dev.lanegrad.kernels.any.MaxPool2d;

/// Maximum pooling. Its gradient puts each value where the maximum was; the gradient of that takes
/// the values from there again.
final class MaxPools {
    private MaxPools() {}

    static Tensor values(Tensor x, PoolWindows windows) {
        return pool(x, windows, Creation.empty(Shape.of(windows.sizes().outputs()), DType.INT32));
    }

    static ValuesAndIndices maxima(Tensor x, PoolWindows windows) {
        Tensor at = PoolWindows.empty(windows.out(), DType.INT32);
        Tensor y = pool(x, windows, at);
        return new ValuesAndIndices(y, Elementwise.convert(at, DType.INT64));
    }

    /// @param at gets the pixel of each maximum, in the order in which the maxima lie
    private static Tensor pool(Tensor x, PoolWindows windows, Tensor at) {
        Tensor in = PoolWindows.dense(x);
        Tensor y = PoolWindows.empty(windows.out(), x.dtype());
        int[] pixels = (int[]) at.array();
        MaxPool2d.forward(in.array(), in.offset(), windows.sizes(), y.array(), 0, pixels, 0);
        if (!Tape.records(x)) {
            return y;
        }
        String name =
                windows.isAdaptive() ? "AdaptiveMaxPool2DBackward" : "MaxPool2DWithIndicesBackward";
        return Tape.record(y, new Scatter(name + "0", windows, Saved.of(at)), x);
    }

    record Scatter(String name, PoolWindows windows, Saved at) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor gy = g.gy();
            Tensor gx = scatter(gy);
            g.put(
                    0,
                    Tape.records(gy)
                            ? Tape.record(gx, new Gather(name.replace("0", "Backward0"), this), gy)
                            : gx);
        }

        private Tensor scatter(Tensor gy) {
            Tensor from = PoolWindows.dense(gy);
            Tensor gx = PoolWindows.empty(windows.in(), gy.dtype());
            MaxPool2d.backward(
                    from.array(),
                    from.offset(),
                    windows.sizes(),
                    (int[]) at.get().array(),
                    0,
                    gx.array(),
                    0);
            return gx;
        }

        private Tensor gather(Tensor ggx) {
            Tensor from = PoolWindows.dense(ggx);
            Tensor ggy = PoolWindows.empty(windows.out(), ggx.dtype());
            long[] places = places();
            int count = places.length;
            Copy.indexSelect(
                    from.array(),
                    from.offset(),
                    1,
                    windows.sizes().inputs(),
                    1,
                    places,
                    0,
                    count,
                    ggy.array(),
                    0);
            return ggy;
        }

        /// Where in memory the maxima are in dense images.
        private long[] places() {
            PoolShape s = windows.sizes();
            int[] pixels = (int[]) at.get().array();
            long[] places = new long[s.outputs()];
            int outputs = s.height().out() * s.width().out() * s.channels();
            int inputs = s.height().in() * s.width().in() * s.channels();
            for (int i = 0; i < places.length; i++) {
                int image = i / outputs * inputs;
                int place = image + pixels[i] * s.channels() + i % s.channels();
                places[i] = place;
            }
            return places;
        }
    }

    record Gather(String name, Scatter scatter) implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor ggx = g.gy();
            Tensor ggy = scatter.gather(ggx);
            g.put(0, Tape.records(ggx) ? Tape.record(ggy, scatter, ggx) : ggy);
        }
    }
}
