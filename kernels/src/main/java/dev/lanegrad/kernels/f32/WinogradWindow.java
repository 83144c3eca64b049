package dev.lanegrad.kernels.f32;

/// Where a weight of three by three pixels lies: its element `[row, column, source channel, target
/// channel]` is at `at` plus the strides' sum.
record WinogradWindow(
        float[] w, int at, int rowStride, int columnStride, int channelStride, int outputStride) {
    /// The part from these channels on.
    WinogradWindow from(int channel, int output) {
        int to = at + channel * channelStride + output * outputStride;
        return new WinogradWindow(w, to, rowStride, columnStride, channelStride, outputStride);
    }

    /// Copies `channels` source channels from `c` on and `outputs` target channels from `j` on to a
    /// dense `[row, column, source channel, target channel]`.
    void pack(int c, int j, int channels, int outputs, float[] y) {
        WinogradWindow part = from(c, j);
        for (int tap = 0; tap < 9; tap++) {
            int from = part.at + tap / 3 * rowStride + tap % 3 * columnStride;
            int to = tap * channels * outputs;
            Pack.panel(channels, outputs, w, from, channelStride, outputStride, y, to);
        }
    }
}
