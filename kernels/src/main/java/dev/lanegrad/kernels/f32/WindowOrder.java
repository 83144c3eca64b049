package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.Window;

/// In which order a convolution sums up what a target pixel sees, and how tiles come to read it.
/// The weight's rows are brought into that order.
enum WindowOrder {
    /// Tap by tap, channel by channel: [WindowRows].
    ROWS(0),

    /// Channels in blocks, of each tap column by tap column, tap row by tap row: [WindowColumns].
    COLUMNS(1),

    /// Tap row by tap row, channel by channel, tap column by tap column: [WindowPixels].
    PIXELS(2);

    /// The order's number.
    final int index;

    WindowOrder(int index) {
        this.index = index;
    }

    /// The fastest one, the same for any number of images.
    static WindowOrder of(Window window, int channels, int outputs) {
        return WindowPixels.serves(window, channels, outputs)
                ? PIXELS
                : WindowColumns.serves(window, channels) ? COLUMNS : ROWS;
    }
}
