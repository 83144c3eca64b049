package dev.lanegrad;

import dev.lanegrad.kernels.PoolAxis;
import dev.lanegrad.kernels.any.AvgPool2d;

/// Average pooling with fixed windows: a linear map of the images, whose gradient is its transpose
/// and the gradient of that the map itself.
///
/// @param node the node's name in PyTorch, without its digit
record Averages(String node, PoolWindows windows, boolean countIncludePad, int divisor) {
    /// The mean of each window.
    Tensor mean(Tensor x) {
        Tensor in = windows.dense(x);
        Tensor y = windows.empty(windows.out(), x.dtype());
        PoolAxis depth = windows.depth();
        Tensor slices = depth == null ? y : Creation.empty(slices(), x.dtype());
        AvgPool2d.forward(
                in.array(),
                in.offset(),
                windows.plane(),
                countIncludePad,
                planeDivisor(),
                slices.array(),
                0);
        if (depth != null) {
            AvgPool2d.forward(
                    slices.array(),
                    0,
                    windows.depths(depth),
                    countIncludePad,
                    divisor,
                    y.array(),
                    0);
        }
        return Tape.records(x) ? Tape.record(y, new Transpose(this), x) : y;
    }

    /// The transpose: each value spread over its window.
    Tensor spread(Tensor y) {
        Tensor in = windows.dense(y);
        Tensor x = windows.empty(windows.in(), y.dtype());
        PoolAxis depth = windows.depth();
        Tensor slices = in;
        if (depth != null) {
            slices = Creation.empty(slices(), y.dtype());
            AvgPool2d.backward(
                    in.array(),
                    in.offset(),
                    windows.depths(depth),
                    countIncludePad,
                    divisor,
                    slices.array(),
                    0);
        }
        AvgPool2d.backward(
                slices.array(),
                slices.offset(),
                windows.plane(),
                countIncludePad,
                planeDivisor(),
                x.array(),
                0);
        return Tape.records(y) ? Tape.record(x, new Mean(this), y) : x;
    }

    /// The slices of volumes, pooled.
    private Shape slices() {
        return Shape.of(windows.plane().outputs());
    }

    /// A divisor of one's own divides once, not in both steps.
    private int planeDivisor() {
        return windows.depth() == null || divisor == 0 ? divisor : 1;
    }

    record Transpose(Averages map) implements Backward {
        @Override
        public String name() {
            return map.node + "0";
        }

        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, map.spread(g.gy()));
        }
    }

    record Mean(Averages map) implements Backward {
        @Override
        public String name() {
            return map.node + "Backward0";
        }

        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            g.put(0, map.mean(g.gy()));
        }
    }
}
