package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import org.jspecify.annotations.Nullable;

/// The mean of each window of volumes `[N, C, D, H, W]`, as `torch.nn.AvgPool3d`.
public final class AvgPool3d extends Module {
    private final PerAxis kernel;
    private final PerAxis stride;
    private final PerAxis padding;
    private final boolean ceilMode;
    private final boolean countIncludePad;

    /// Windows side by side.
    public AvgPool3d(int kernel) {
        this(builder(kernel));
    }

    /// Windows `stride` elements apart.
    public AvgPool3d(int kernel, int stride) {
        this(builder(kernel).stride(stride));
    }

    /// Windows `stride` elements apart, in a volume with `padding` elements of zeros around it.
    public AvgPool3d(int kernel, int stride, int padding) {
        this(builder(kernel).stride(stride).padding(padding));
    }

    private AvgPool3d(Builder b) {
        kernel = b.kernel;
        stride = b.stride == null ? b.kernel : b.stride;
        padding = b.padding;
        ceilMode = b.ceilMode;
        countIncludePad = b.countIncludePad;
    }

    /// Windows of `kernel`³ elements.
    public static Builder builder(int kernel) {
        return new Builder(PerAxis.of(kernel));
    }

    /// Windows of `depth` × `rows` × `columns` elements.
    public static Builder builder(int depth, int rows, int columns) {
        return new Builder(PerAxis.of(depth, rows, columns));
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

        /// Elements from one window to the next.
        public Builder stride(int stride) {
            this.stride = PerAxis.of(stride);
            return this;
        }

        /// Elements from one window to the next along depth, rows and columns.
        public Builder stride(int depth, int rows, int columns) {
            stride = PerAxis.of(depth, rows, columns);
            return this;
        }

        /// Elements of zeros around the volume.
        public Builder padding(int padding) {
            this.padding = PerAxis.of(padding);
            return this;
        }

        /// Elements of zeros at both ends of depth, rows and columns.
        public Builder padding(int depth, int rows, int columns) {
            padding = PerAxis.of(depth, rows, columns);
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
        public AvgPool3d build() {
            return new AvgPool3d(this);
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.avgPool3d(
                kernel.values(), stride.values(), padding.values(), ceilMode, countIncludePad, 0);
    }

    @Override
    protected String extraRepr() {
        return "kernel_size=%s, stride=%s, padding=%s".formatted(kernel, stride, padding);
    }
}
