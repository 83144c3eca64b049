package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import org.jspecify.annotations.Nullable;

/// The mean of each window of images `[N, C, H, W]`, as `torch.nn.AvgPool2d`.
public final class AvgPool2d extends Module {
    private final PerAxis kernel;
    private final PerAxis stride;
    private final PerAxis padding;
    private final boolean ceilMode;
    private final boolean countIncludePad;

    /// Windows side by side.
    public AvgPool2d(int kernel) {
        this(builder(kernel));
    }

    /// Windows `stride` pixels apart.
    public AvgPool2d(int kernel, int stride) {
        this(builder(kernel).stride(stride));
    }

    /// Windows `stride` pixels apart, in an image with `padding` pixels of zeros around it.
    public AvgPool2d(int kernel, int stride, int padding) {
        this(builder(kernel).stride(stride).padding(padding));
    }

    private AvgPool2d(Builder b) {
        kernel = b.kernel;
        stride = b.stride == null ? b.kernel : b.stride;
        padding = b.padding;
        ceilMode = b.ceilMode;
        countIncludePad = b.countIncludePad;
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
        private boolean ceilMode;
        private boolean countIncludePad = true;

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

        /// Pixels of zeros around the image.
        public Builder padding(int padding) {
            this.padding = PerAxis.of(padding);
            return this;
        }

        /// Pixels of zeros above and below, left and right.
        public Builder padding(int rows, int columns) {
            padding = PerAxis.of(rows, columns);
            return this;
        }

        /// Whether the number of windows is rounded up.
        public Builder ceilMode(boolean ceilMode) {
            this.ceilMode = ceilMode;
            return this;
        }

        /// Whether the zeros count in the divisor.
        public Builder countIncludePad(boolean count) {
            countIncludePad = count;
            return this;
        }

        /// The layer.
        public AvgPool2d build() {
            return new AvgPool2d(this);
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.avgPool2d(
                kernel.values(), stride.values(), padding.values(), ceilMode, countIncludePad, 0);
    }

    @Override
    protected String extraRepr() {
        return "kernel_size=%s, stride=%s, padding=%s".formatted(kernel, stride, padding);
    }
}
