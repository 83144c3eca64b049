package dev.lanegrad.kernels;

/// The sizes of a pooling: images `[batch, height.in, width.in, channels]` become `[batch,
/// height.out, width.out, channels]`, both dense and channels-last.
public record PoolShape(int batch, int channels, PoolAxis height, PoolAxis width) {
    /// Window positions are counted in single precision, too.
    private static final long LARGEST_WINDOW = 1 << 24;

    /// @throws IllegalArgumentException if a window spans more than 2²⁴ pixels of the image
    public PoolShape {
        long span = (long) height.longest() * width.in();
        if (span > LARGEST_WINDOW) {
            throw new IllegalArgumentException(
                    "pool: a window spans %d pixels, more than %d".formatted(span, LARGEST_WINDOW));
        }
    }

    /// Elements of the input.
    public int inputs() {
        return batch * height.in() * width.in() * channels;
    }

    /// Elements of the output.
    public int outputs() {
        return batch * height.out() * width.out() * channels;
    }
}
