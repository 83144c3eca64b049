package dev.lanegrad;

import java.util.Arrays;

/// What [Resampling#interpolate] is made of: for each axis, which pixels a new one takes what of.
final class Resample {
    /// Of the cubic curves.
    private static final double A = -0.75;

    private Resample() {}

    /// @param index which pixels are taken, tap by tap
    /// @param weight how much of them, tap by tap
    /// @param size pixels before
    record Axis(Tensor[] index, Tensor[] weight, int size) {
        Tensor apply(Tensor x, int axis) {
            Tensor y = tap(x, 0, axis);
            for (int k = 1; k < index.length; k++) {
                y = y.add(tap(x, k, axis));
            }
            return y;
        }

        private Tensor tap(Tensor x, int k, int axis) {
            Tensor taken = x.indexSelect(axis, index[k]);
            return index.length == 1 ? taken : taken.mul(weights(k, x, axis));
        }

        Tensor transposed(Tensor gy, int axis) {
            int[] sizes = gy.shape().sizes().clone();
            sizes[axis] = size;
            Tensor gx = Creation.zeros(Shape.of(sizes), gy.dtype());
            for (int k = 0; k < index.length; k++) {
                Tensor part = index.length == 1 ? gy : gy.mul(weights(k, gy, axis));
                gx = gx.indexAdd(axis, index[k], part);
            }
            return gx;
        }

        private Tensor weights(int k, Tensor x, int axis) {
            long[] sizes = new long[x.dim()];
            Arrays.fill(sizes, 1);
            sizes[axis] = weight[k].numel();
            return weight[k].to(x.dtype()).view(sizes);
        }
    }

    static Tensor apply(
            Tensor x, int[] size, double[] ratios, Interpolation mode, boolean alignCorners) {
        int axes = x.dim() - 2;
        boolean fits = (axes == 1 || axes == 2) && size.length == axes && ratios.length == axes;
        fits &= mode != Interpolation.BICUBIC || axes == 2;
        if (!fits || Arrays.stream(size).anyMatch(n -> n < 1) || x.numel() == 0) {
            throw new IllegalArgumentException(
                    "interpolate: %s to sizes %s does not fit input %s"
                            .formatted(mode, Arrays.toString(size), x.shape()));
        }
        Axis[] all = new Axis[axes];
        for (int i = 0; i < axes; i++) {
            all[i] = axis(x.size(i + 2), size[i], ratios[i], mode, alignCorners);
        }
        Tensor y = x.detach();
        for (int i = 0; i < axes; i++) {
            y = all[i].apply(y, i + 2);
        }
        return Tape.records(x)
                ? Tape.record(y, new Resampling.UpsampleBackward(name(mode, axes), all), x)
                : y;
    }

    private static String name(Interpolation mode, int axes) {
        String kind =
                switch (mode) {
                    case NEAREST -> "Nearest";
                    case NEAREST_EXACT -> "NearestExact";
                    case BILINEAR -> axes == 1 ? "Linear" : "Bilinear";
                    case BICUBIC -> "Bicubic";
                };
        return "Upsample" + kind + axes + "DBackward0";
    }

    private static Axis axis(
            int in, int out, double ratio, Interpolation mode, boolean alignCorners) {
        int taps =
                switch (mode) {
                    case NEAREST, NEAREST_EXACT -> 1;
                    case BILINEAR -> 2;
                    case BICUBIC -> 4;
                };
        long[][] index = new long[taps][out];
        double[][] weight = new double[taps][out];
        for (int i = 0; i < out; i++) {
            double place = place(i, in, out, ratio, mode, alignCorners);
            int first = (int) Math.floor(place);
            double t = place - first;
            switch (mode) {
                case NEAREST, NEAREST_EXACT -> index[0][i] = clip(first, in);
                case BILINEAR -> {
                    index[0][i] = clip(first, in);
                    index[1][i] = clip(first + 1, in);
                    weight[0][i] = 1 - t;
                    weight[1][i] = t;
                }
                case BICUBIC -> {
                    for (int k = 0; k < taps; k++) {
                        index[k][i] = clip(first + k - 1, in);
                        weight[k][i] = cubic(Math.abs(t + 1 - k));
                    }
                }
            }
        }
        return new Axis(
                Arrays.stream(index).map(Tensor::of).toArray(Tensor[]::new),
                Arrays.stream(weight).map(Tensor::of).toArray(Tensor[]::new),
                in);
    }

    private static int clip(int at, int size) {
        return Math.max(0, Math.min(size - 1, at));
    }

    /// Where among the old pixels the new pixel i lies.
    private static double place(
            int i, int in, int out, double ratio, Interpolation mode, boolean alignCorners) {
        return switch (mode) {
            case NEAREST -> i * (double) (float) ratio;
            case NEAREST_EXACT -> (i + 0.5) * (float) ratio;
            case BILINEAR, BICUBIC -> {
                if (alignCorners) {
                    yield out > 1 ? i * (in - 1.0) / (out - 1) : 0;
                }
                double place = (i + 0.5) * ratio - 0.5;
                yield mode == Interpolation.BILINEAR ? Math.max(0, place) : place;
            }
        };
    }

    private static double cubic(double d) {
        return d <= 1
                ? ((A + 2) * d - (A + 3)) * d * d + 1
                : ((A * d - 5 * A) * d + 8 * A) * d - 4 * A;
    }
}
