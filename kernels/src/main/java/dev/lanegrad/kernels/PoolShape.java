package dev.lanegrad.kernels;

/// The sizes of a pooling: images `[batch, height.in, width.in, channels]` become `[batch,
/// height.out, width.out, channels]`, both dense and channels-last.
public record PoolShape(int batch, int channels, PoolAxis height, PoolAxis width) {
    /// Elements of the input.
    public int inputs() {
        return batch * height.in() * width.in() * channels;
    }

    /// Elements of the output.
    public int outputs() {
        return batch * height.out() * width.out() * channels;
    }
}
