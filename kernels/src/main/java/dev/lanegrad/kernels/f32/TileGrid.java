package dev.lanegrad.kernels.f32;

import java.util.Arrays;

/// Square tiles, four pixels apart, of channels-last images: what a Winograd convolution writes, or
/// reads with a border around.
///
/// @param h rows of an image
/// @param w columns of an image
/// @param pitch elements from one pixel to the next
/// @param down tiles in a column of an image
/// @param across tiles in a row of an image
/// @param size rows and columns of a tile
/// @param top how far the first tile begins above the image
/// @param left how far the first tile begins left of the image
record TileGrid(int h, int w, int pitch, int down, int across, int size, int top, int left) {
    /// Pixels from one tile to the next.
    private static final int STEP = 4;

    /// The tiles of four by four pixels that cover an image.
    static TileGrid covering(int h, int w, int pitch) {
        return new TileGrid(
                h, w, pitch, Blocking.parts(h, STEP), Blocking.parts(w, STEP), STEP, 0, 0);
    }

    /// The tiles that windows of three by three pixels see from the tiles of this grid.
    TileGrid seen(int h, int w, int pitch, int top, int left) {
        return new TileGrid(h, w, pitch, down, across, STEP + 2, top, left);
    }

    /// Tiles of one image.
    int tiles() {
        return down * across;
    }

    /// Whether all pixels of tile `t`, counted through all images, are inside its image.
    boolean inside(int t) {
        int i = row(t);
        int j = column(t);
        return i >= 0 && j >= 0 && i + size <= h && j + size <= w;
    }

    /// Where tile `t` begins; its first pixel may be outside of the image.
    int at(int t) {
        return ((t / across / down * h + row(t)) * w + column(t)) * pitch;
    }

    /// Rows of tile `t`, of a grid that covers its images, that are inside its image.
    int rowsInside(int t) {
        return Math.min(size, h - row(t));
    }

    /// Columns of tile `t`, of a grid that covers its images, that are inside its image.
    int columnsInside(int t) {
        return Math.min(size, w - column(t));
    }

    private int row(int t) {
        return t / across % down * STEP - top;
    }

    private int column(int t) {
        return t % across * STEP - left;
    }

    /// Copies `n` channels, from `xo` in the first pixel on, of tile `t` to a dense tile; pixels
    /// outside of the image are zero.
    void read(int t, int n, float[] x, int xo, float[] tile) {
        int i0 = row(t);
        int j0 = column(t);
        Arrays.fill(tile, 0, size * size * n, 0);
        for (int i = Math.max(0, -i0); i < Math.min(size, h - i0); i++) {
            for (int j = Math.max(0, -j0); j < Math.min(size, w - j0); j++) {
                int from = xo + at(t) + (i * w + j) * pitch;
                System.arraycopy(x, from, tile, (i * size + j) * n, n);
            }
        }
    }

    /// Copies `n` channels of a dense tile to those pixels of tile `t` that are inside the image.
    void write(int t, int n, float[] tile, float[] y, int yo) {
        int i0 = row(t);
        int j0 = column(t);
        for (int i = Math.max(0, -i0); i < Math.min(size, h - i0); i++) {
            for (int j = Math.max(0, -j0); j < Math.min(size, w - j0); j++) {
                int to = yo + at(t) + (i * w + j) * pitch;
                System.arraycopy(tile, (i * size + j) * n, y, to, n);
            }
        }
    }
}
