package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import dev.lanegrad.text.PythonText;
import org.jspecify.annotations.Nullable;

/// The maximum of each window of images `[N, C, H, W]`, as `torch.nn.MaxPool2d`.
public final class MaxPool2d extends Module {
    private final PerAxis kernel;
    private final PerAxis stride;
    private final PerAxis padding;
    private final PerAxis dilation;
    private final boolean ceilMode;

    /// Windows side by side.
    public MaxPool2d(int kernel) {
        this(builder(kernel));
    }

    /// Windows `stride` pixels apart.
    public MaxPool2d(int kernel, int stride) {
        this(builder(kernel).stride(stride));
    }

    /// Windows `stride` pixels apart, in an image with `padding` pixels around it that lose against
    /// any other.
    public MaxPool2d(int kernel, int stride, int padding) {
        this(builder(kernel).stride(stride).padding(padding));
    }

    private MaxPool2d(Builder b) {
        kernel = b.kernel;
        stride = b.stride == null ? b.kernel : b.stride;
        padding = b.padding;
        dilation = b.dilation;
        ceilMode = b.ceilMode;
    }

    /// Square windows.
    public static Builder builder(int kernel) {
        return new Builder(PerAxis.of(kernel));
    }

    /// Windows of `rows` × `columns` pixels.
    public static Builder builder(int rows, int columns) {
        return new Builder(PerAxis.of(rows, columns));
    }

    /// The options; unset ones are as in PyTorch, the stride being the window's size.
    public static final class Builder {
        private final PerAxis kernel;
        private @Nullable PerAxis stride;
        private PerAxis padding = PerAxis.of(0);
        private PerAxis dilation = PerAxis.of(1);
        private boolean ceilMode;

        private Builder(PerAxis kernel) {
            this.kernel = kernel;
        }

        /// Pixels from one window to the next.
        public Builder stride(int stride) {
            this.stride = PerAxis.of(stride);
            return this;
        }

        /// Pixels from one window to the next, down and across.
        public Builder stride(int rows, int columns) {
            stride = PerAxis.of(rows, columns);
            return this;
        }

        /// Pixels around the image.
        public Builder padding(int padding) {
            this.padding = PerAxis.of(padding);
            return this;
        }

        /// Pixels above and below, left and right.
        public Builder padding(int rows, int columns) {
            padding = PerAxis.of(rows, columns);
            return this;
        }

        /// Pixels between neighbours in the window.
        public Builder dilation(int dilation) {
            this.dilation = PerAxis.of(dilation);
            return this;
        }

        /// Whether the number of windows is rounded up.
        public Builder ceilMode(boolean ceilMode) {
            this.ceilMode = ceilMode;
            return this;
        }

        /// The layer.
        public MaxPool2d build() {
            return new MaxPool2d(this);
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.maxPool2d(
                kernel.values(), stride.values(), padding.values(), dilation.values(), ceilMode);
    }

    @Override
    protected String extraRepr() {
        return "kernel_size=%s, stride=%s, padding=%s, dilation=%s, ceil_mode=%s"
                .formatted(kernel, stride, padding, dilation, PythonText.of(ceilMode));
    }
}
