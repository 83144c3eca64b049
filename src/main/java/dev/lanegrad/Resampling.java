package dev.lanegrad;

import java.util.Arrays;

/// Images in another number of pixels, or read at other places.
public sealed interface Resampling permits Tensor {
    /// Sequences `[N, C, L]` or images `[N, C, H, W]` with these sizes, as `F.interpolate` with
    /// `size`.
    ///
    /// @param size of each axis after the channels
    /// @param alignCorners whether the first and last pixels keep their places, not the edges
    /// @throws IllegalArgumentException if the number of axes or the mode does not fit
    default Tensor interpolate(int[] size, Interpolation mode, boolean alignCorners) {
        Tensor x = (Tensor) this;
        int axes = x.dim() - 2;
        double[] ratios = new double[Math.max(0, axes)];
        for (int i = 0; i < ratios.length && i < size.length; i++) {
            ratios[i] = (double) x.size(i + 2) / size[i];
        }
        return Resample.apply(x, size, ratios, mode, alignCorners);
    }

    /// Sequences or images with so many times their size, rounded down, as `F.interpolate` with
    /// `scale_factor`.
    ///
    /// @param scale of each axis after the channels, or one number for all
    default Tensor interpolate(double[] scale, Interpolation mode, boolean alignCorners) {
        Tensor x = (Tensor) this;
        int axes = Math.max(0, x.dim() - 2);
        double[] all = scale.length == 1 ? new double[axes] : scale.clone();
        if (scale.length == 1) {
            Arrays.fill(all, scale[0]);
        }
        int[] size = new int[axes];
        for (int i = 0; i < axes && i < all.length; i++) {
            size[i] = (int) Math.floor(x.size(i + 2) * all[i]);
        }
        double[] ratios = Arrays.stream(all).map(s -> 1 / s).toArray();
        return Resample.apply(x, size, ratios, mode, alignCorners);
    }

    /// A resampling of the axes after the channels, linear in the images.
    record UpsampleBackward(String name, Resample.Axis[] axes) implements Backward {
        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            Tensor gx = g.gy();
            for (int i = axes.length - 1; i >= 0; i--) {
                gx = axes[i].transposed(gx, i + 2);
            }
            g.put(0, gx);
        }
    }

    // ------------------------------------------------------------ gridSample

    /// Images `[N, C, H, W]` read at the places of a grid `[N, H', W', 2]`: `[N, C, H', W']`, as
    /// `F.grid_sample`. A place is (x, y), from −1 at the left and top edges to 1 at the right and
    /// bottom ones.
    ///
    /// @param mode NEAREST or BILINEAR
    /// @param padding what is read at places outside
    /// @param alignCorners whether −1 and 1 mean the centres of the outer pixels, not the edges
    /// @throws IllegalArgumentException if the shapes or the mode do not fit
    default Tensor gridSample(
            Tensor grid, Interpolation mode, GridPadding padding, boolean alignCorners) {
        Tensor x = (Tensor) this;
        GridSampling s = GridSampling.of(x, grid, mode, padding, alignCorners);
        Tensor y;
        try (var _ = Autograd.noGrad()) {
            y = s.values(x, grid);
        }
        return Tape.records(x, grid)
                ? Tape.record(
                        y, new GridSampler2DBackward0(s, Saved.of(x), Saved.of(grid)), x, grid)
                : y;
    }

    record GridSampler2DBackward0(GridSampling sampling, Saved x, Saved grid) implements Backward {
        @Override
        public void backward(Gradients g) {
            if (g.needs(0)) {
                g.put(0, sampling.imageGradient(g.gy(), x.get(), grid.get()));
            }
            if (g.needs(1)) {
                g.put(1, sampling.gridGradient(g.gy(), x.get(), grid.get()));
            }
        }
    }
}
