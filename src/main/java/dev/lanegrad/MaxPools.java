package dev.lanegrad;

import dev.lanegrad.kernels.PoolAxis;
import dev.lanegrad.kernels.PoolShape;
import dev.lanegrad.kernels.any.Copy;
import dev.lanegrad.kernels.any.MaxPool2d;

/// Maximum pooling. Its gradient puts each value where the maximum was; the gradient of that takes
/// the values from there again.
final class MaxPools {
    private MaxPools() {}

    static Tensor values(Tensor x, PoolWindows windows) {
        return pool(x, windows, Creation.empty(Shape.of(windows.columns().outputs()), DType.INT32));
    }

    static ValuesAndIndices maxima(Tensor x, PoolWindows windows) {
        Tensor at = windows.empty(windows.out(), DType.INT32);
        Tensor y = pool(x, windows, at);
        return new ValuesAndIndices(y, Elementwise.convert(at, DType.INT64));
    }

    /// @param at gets the pixel of each maximum, in the order in which the maxima lie
    private static Tensor pool(Tensor x, PoolWindows windows, Tensor at) {
        Tensor in = windows.dense(x);
        Tensor y = windows.empty(windows.out(), x.dtype());
        int[] pixels = (int[]) at.array();
        PoolAxis depth = windows.depth();
        if (depth == null) {
            MaxPool2d.forward(in.array(), in.offset(), windows.plane(), y.array(), 0, pixels, 0);
        } else {
            volumes(in, windows, depth, y, pixels);
        }
        if (!Tape.records(x)) {
            return y;
        }
        String axes = depth == null ? "2D" : "3D";
        String name =
                windows.isAdaptive()
                        ? "AdaptiveMaxPool" + axes + "Backward"
                        : "MaxPool" + axes + "WithIndicesBackward";
        return Tape.record(y, new Scatter(name + "0", windows, Saved.of(at)), x);
    }

    /// Slices first, then depths. The first maximum of the first slice that has it is the first of
    /// the window.
    private static void volumes(
            Tensor in, PoolWindows windows, PoolAxis depth, Tensor y, int[] pixels) {
        PoolShape plane = windows.plane();
        Tensor slices = Creation.empty(Shape.of(plane.outputs()), y.dtype());
        int[] inSlice = new int[plane.outputs()];
        MaxPool2d.forward(in.array(), in.offset(), plane, slices.array(), 0, inSlice, 0);
        PoolShape depths = windows.depths(depth);
        MaxPool2d.forward(slices.array(), 0, depths, y.array(), 0, pixels, 0);
        int channels = plane.channels();
        int pooled = plane.height().out() * plane.width().out();
        int pixelsOfSlice = plane.height().in() * plane.width().in();
        int volume = depth.out() * pooled * channels;
        for (int i = 0; i < y.numel(); i++) {
            int from = i / volume * depth.in() * pooled;
            int at = (from + pixels[i]) * channels + i % channels;
            pixels[i] = pixels[i] / pooled * pixelsOfSlice + inSlice[at];
        }
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
            Tensor from = windows.dense(gy);
            Tensor gx = windows.empty(windows.in(), gy.dtype());
            MaxPool2d.backward(
                    from.array(),
                    from.offset(),
                    windows.columns(),
                    (int[]) at.get().array(),
                    0,
                    gx.array(),
                    0);
            return gx;
        }

        private Tensor gather(Tensor ggx) {
            Tensor from = windows.dense(ggx);
            Tensor ggy = windows.empty(windows.out(), ggx.dtype());
            long[] places = places();
            int count = places.length;
            Copy.indexSelect(
                    from.array(),
                    from.offset(),
                    1,
                    windows.columns().inputs(),
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
            PoolShape s = windows.columns();
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
