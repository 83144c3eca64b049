package dev.lanegrad.nn;

import dev.lanegrad.Interpolation;
import dev.lanegrad.Tensor;
import dev.lanegrad.text.PythonText;
import java.util.Arrays;
import java.util.List;

/// Sequences `[N, C, L]` or images `[N, C, H, W]` at another size, as `torch.nn.Upsample`.
///
/// ```java
/// Upsample.builder().scaleFactor(2).mode("bilinear").build()
/// ```
public class Upsample extends Module {
    private final int[] size;
    private final double[] scale;
    private final String mode;
    private final Interpolation interpolation;
    private final boolean alignCorners;

    Upsample(Builder b) {
        size = b.size;
        scale = b.scale;
        mode = b.mode;
        alignCorners = b.alignCorners;
        interpolation =
                switch (mode) {
                    case "nearest" -> Interpolation.NEAREST;
                    case "nearest-exact" -> Interpolation.NEAREST_EXACT;
                    case "linear", "bilinear" -> Interpolation.BILINEAR;
                    case "bicubic" -> Interpolation.BICUBIC;
                    default ->
                            throw new IllegalArgumentException(
                                    "upsample: mode "
                                            + mode
                                            + " is none of nearest, nearest-exact, linear, bilinear"
                                            + " and bicubic");
                };
        if ((size.length == 0) == (scale.length == 0)) {
            throw new IllegalArgumentException(
                    "upsample: needs either a size or a scale factor, but has %s and %s"
                            .formatted(Arrays.toString(size), Arrays.toString(scale)));
        }
    }

    /// The options.
    public static Builder builder() {
        return new Builder();
    }

    /// The options; unset ones are as in PyTorch: the nearest pixel, corners not aligned.
    public static final class Builder {
        private int[] size = {};
        private double[] scale = {};
        private String mode = "nearest";
        private boolean alignCorners;

        private Builder() {}

        /// The size of each axis after the channels, or one number for all.
        public Builder size(int... size) {
            this.size = size.clone();
            return this;
        }

        /// So many times the size, for each axis after the channels, or one number for all.
        public Builder scaleFactor(double... scale) {
            this.scale = scale.clone();
            return this;
        }

        /// PyTorch's name: `nearest`, `nearest-exact`, `linear`, `bilinear` or `bicubic`.
        public Builder mode(String mode) {
            this.mode = mode;
            return this;
        }

        /// Whether the centres of the corners stay where they are, not their outer edges.
        public Builder alignCorners(boolean align) {
            alignCorners = align;
            return this;
        }

        /// The layer.
        ///
        /// @throws IllegalArgumentException if there is no such mode, or not one of a size and a
        ///   scale factor
        public Upsample build() {
            return new Upsample(this);
        }
    }

    @Override
    public final Tensor forward(Tensor x) {
        if (size.length == 0) {
            return x.interpolate(scale, interpolation, alignCorners);
        }
        int[] sizes = PerAxis.of(size).expanded(Math.max(1, x.dim() - 2)).values();
        return x.interpolate(sizes, interpolation, alignCorners);
    }

    @Override
    protected final String extraRepr() {
        String to =
                size.length > 0
                        ? "size=" + PerAxis.of(size)
                        : "scale_factor=" + (scale.length == 1 ? PythonText.of(scale[0]) : list());
        return to + ", mode='" + mode + "'";
    }

    private String list() {
        List<Double> factors = Arrays.stream(scale).boxed().toList();
        return PythonText.of(factors);
    }
}
