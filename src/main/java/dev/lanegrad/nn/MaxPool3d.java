package dev.lanegrad.nn;

import dev.lanegrad.Tensor;
import dev.lanegrad.text.PythonText;
import org.jspecify.annotations.Nullable;

/// The maximum of each window of volumes `[N, C, D, H, W]`, as `torch.nn.MaxPool3d`.
public final class MaxPool3d extends Module {
    private final PerAxis kernel;
    private final PerAxis stride;
    private final PerAxis padding;
    private final PerAxis dilation;
    private final boolean ceilMode;

    /// Windows side by side.
    public MaxPool3d(int kernel) {
        this(builder(kernel));
    }

    /// Windows `stride` elements apart.
    public MaxPool3d(int kernel, int stride) {
        this(builder(kernel).stride(stride));
    }

    /// Windows `stride` elements apart, in a volume with `padding` elements around it that lose
    /// against any other.
    public MaxPool3d(int kernel, int stride, int padding) {
        this(builder(kernel).stride(stride).padding(padding));
    }

    private MaxPool3d(Builder b) {
        kernel = b.kernel;
        stride = b.stride == null ? b.kernel : b.stride;
        padding = b.padding;
        dilation = b.dilation;
        ceilMode = b.ceilMode;
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
        private PerAxis dilation = PerAxis.of(1);
        private boolean ceilMode;

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

        /// Elements around the volume.
        public Builder padding(int padding) {
            this.padding = PerAxis.of(padding);
            return this;
        }

        /// Elements at both ends of depth, rows and columns.
        public Builder padding(int depth, int rows, int columns) {
            padding = PerAxis.of(depth, rows, columns);
            return this;
        }

        /// Elements between neighbours in the window.
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
        public MaxPool3d build() {
            return new MaxPool3d(this);
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.maxPool3d(
                kernel.values(), stride.values(), padding.values(), dilation.values(), ceilMode);
    }

    @Override
    protected String extraRepr() {
        return "kernel_size=%s, stride=%s, padding=%s, dilation=%s, ceil_mode=%s"
                .formatted(kernel, stride, padding, dilation, PythonText.of(ceilMode));
    }
}
