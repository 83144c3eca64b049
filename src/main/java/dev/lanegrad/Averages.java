package dev.lanegrad;

import dev.lanegrad.kernels.any.AvgPool2d;

/// Average pooling with fixed windows: a linear map of the images, whose gradient is its transpose
/// and the gradient of that the map itself.
///
/// @param node the node's name in PyTorch, without its digit
record Averages(String node, PoolWindows windows, boolean countIncludePad, int divisor) {
    /// The mean of each window.
    Tensor mean(Tensor x) {
        Tensor in = PoolWindows.dense(x);
        Tensor y = PoolWindows.empty(windows.out(), x.dtype());
        AvgPool2d.forward(
                in.array(), in.offset(), windows.sizes(), countIncludePad, divisor, y.array(), 0);
        return Tape.records(x) ? Tape.record(y, new Transpose(this), x) : y;
    }

    /// The transpose: each value spread over its window.
    Tensor spread(Tensor y) {
        Tensor in = PoolWindows.dense(y);
        Tensor x = PoolWindows.empty(windows.in(), y.dtype());
        AvgPool2d.backward(
                in.array(), in.offset(), windows.sizes(), countIncludePad, divisor, x.array(), 0);
        return Tape.records(y) ? Tape.record(x, new Mean(this), y) : x;
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
