package dev.lanegrad.kernels;

/// Where the pixels of a channels-last image lie, or every few rows and columns of them.
///
/// @param offset the first element
/// @param height rows of the image
/// @param width columns of the image
/// @param channels elements of a pixel
/// @param firstRow the first row chosen
/// @param firstColumn the first column chosen
/// @param rowStep rows from one chosen row to the next
/// @param columnStep columns from one chosen column to the next
public record Place(
        int offset,
        int height,
        int width,
        int channels,
        int firstRow,
        int firstColumn,
        int rowStep,
        int columnStep) {
    /// Whether all pixels are chosen, so that they are [#step] apart.
    public boolean dense() {
        return rowStep == 1 && columnStep == 1;
    }

    /// Elements from one pixel to the next, if [#dense].
    public int step() {
        return channels;
    }

    /// Where chosen pixel `p` of all images begins, counted row by row.
    public int at(int p) {
        if (dense()) {
            return offset + p * channels;
        }
        int columns = (width - firstColumn + columnStep - 1) / columnStep;
        int rows = (height - firstRow + rowStep - 1) / rowStep;
        int j = p % columns * columnStep + firstColumn;
        int i = p / columns % rows * rowStep + firstRow;
        return offset + ((p / columns / rows * height + i) * width + j) * channels;
    }
}
