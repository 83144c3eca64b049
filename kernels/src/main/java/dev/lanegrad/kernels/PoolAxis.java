package dev.lanegrad.kernels;

/// The windows of a pooling along one axis: position o of the output covers the input positions
/// `start(o) + i·dilation` for i in 0 to `kernel`, as far as they exist.
///
/// An adaptive axis (`kernel` 0) covers `⌊o·in/out⌋` to `⌈(o+1)·in/out⌉` instead.
public record PoolAxis(int in, int out, int kernel, int stride, int padding, int dilation) {
    /// Windows of `kernel` positions, `dilation` apart; `ceilMode` adds a last window that is cut
    /// off by the end, if it starts inside the input or its left padding.
    ///
    /// @throws IllegalArgumentException if a size is out of range or no window fits
    public static PoolAxis of(
            int in, int kernel, int stride, int padding, int dilation, boolean ceilMode) {
        if (in < 1 || kernel < 1 || stride < 1 || dilation < 1) {
            throw new IllegalArgumentException(
                    "pool: sizes must be positive (input %d, kernel %d, stride %d, dilation %d)"
                            .formatted(in, kernel, stride, dilation));
        }
        if (padding < 0 || padding > (dilation * (kernel - 1) + 1) / 2) {
            throw new IllegalArgumentException(
                    ("pool: padding must be at least 0 and at most half of the kernel's extent,"
                                    + " but is %d (kernel %d, dilation %d)")
                            .formatted(padding, kernel, dilation));
        }
        int room = in + 2 * padding - dilation * (kernel - 1) - 1;
        int out = Math.floorDiv(room + (ceilMode ? stride - 1 : 0), stride) + 1;
        if (ceilMode && (out - 1) * stride >= in + padding) {
            out--;
        }
        if (out < 1) {
            throw new IllegalArgumentException(
                    "pool: kernel %d with dilation %d does not fit input %d with padding %d"
                            .formatted(kernel, dilation, in, padding));
        }
        return new PoolAxis(in, out, kernel, stride, padding, dilation);
    }

    /// `out` windows of nearly equal size that cover the input.
    ///
    /// @throws IllegalArgumentException if a size is not positive
    public static PoolAxis adaptive(int in, int out) {
        if (in < 1 || out < 1) {
            throw new IllegalArgumentException(
                    "pool: sizes must be positive (input %d, output %d)".formatted(in, out));
        }
        return new PoolAxis(in, out, 0, 0, 0, 1);
    }

    /// First input position of window o that exists; not below `end(o)` if none does.
    public int first(int o) {
        if (kernel == 0) {
            return (int) ((long) o * in / out);
        }
        int start = o * stride - padding;
        return start >= 0 ? start : Math.floorMod(start, dilation);
    }

    /// The end, exclusive, of window o's input positions that exist.
    public int end(int o) {
        if (kernel == 0) {
            return (int) (((long) (o + 1) * in + out - 1) / out);
        }
        return Math.min(in, o * stride - padding + (kernel - 1) * dilation + 1);
    }

    /// Positions of window o that lie inside the input or its padding: what an average with
    /// `countIncludePad` divides by.
    public int padded(int o) {
        if (kernel == 0) {
            return end(o) - first(o);
        }
        int start = o * stride - padding;
        return Math.min(start + kernel, in + padding) - start;
    }

    /// The most input positions from the start of a window to its end.
    public int longest() {
        return kernel == 0 ? Math.min(in, in / out + 2) : Math.min(in, (kernel - 1) * dilation + 1);
    }

    /// For each input position the first window that ends behind it: windows `firstWindows[i]` to
    /// `endWindows[i]`, exclusive, are those that span position i.
    public int[] firstWindows() {
        int[] first = new int[in];
        for (int i = 0, o = 0; i < in; i++) {
            while (o < out && end(o) <= i) {
                o++;
            }
            first[i] = o;
        }
        return first;
    }

    /// For each input position the first window that starts behind it.
    public int[] endWindows() {
        int[] end = new int[in];
        for (int i = 0, o = 0; i < in; i++) {
            while (o < out && first(o) <= i) {
                o++;
            }
            end[i] = o;
        }
        return end;
    }
}
