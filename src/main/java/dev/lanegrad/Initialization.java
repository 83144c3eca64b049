package dev.lanegrad;

import java.util.Arrays;

/// The arithmetic of initialization, on plain numbers and arrays: ranges and spreads by fan,
/// truncated normal values, orthogonal matrices, positions of sparse and identity patterns.
/// Everything is computed as in `torch.nn.init`, so that a seed gives the bits it gives there.
///
/// `dev.lanegrad.nn` applies it to tensors; arrays are row-major.
public final class Initialization {
    // With half of the values rejected, 2^31 elements need about 31 passes.
    private static final int MOST_PASSES = 1000;

    private Initialization() {}

    /// How many inputs feed one output of a weight and how many outputs one input feeds, counting
    /// the kernel's positions.
    public record Fans(long in, long out) {
        /// The fans of a weight `[out, in]` or `[out, in, kernel...]`.
        ///
        /// @throws IllegalArgumentException for fewer than 2 dimensions
        public static Fans of(long... sizes) {
            if (sizes.length < 2) {
                throw new IllegalArgumentException(
                        "fans: a weight needs at least 2 dimensions, got "
                                + Arrays.toString(sizes));
            }
            long positions = Arrays.stream(sizes, 2, sizes.length).reduce(1, (a, b) -> a * b);
            return new Fans(sizes[1] * positions, sizes[0] * positions);
        }

        /// One of the two by PyTorch's name, `fan_in` or `fan_out`.
        public long by(String mode) {
            return switch (mode) {
                case "fan_in" -> in;
                case "fan_out" -> out;
                default ->
                        throw new IllegalArgumentException(
                                "fans: mode must be fan_in or fan_out, got " + mode);
            };
        }
    }

    /// The factor on the spread that a nonlinearity needs, `slope` being that of `leaky_relu` for
    /// negative inputs. Linear layers (`linear`, `conv2d`, `conv_transpose2d`, ...) and `sigmoid`
    /// have 1.
    public static double gain(String nonlinearity, double slope) {
        return switch (nonlinearity) {
            case "linear",
                    "conv1d",
                    "conv2d",
                    "conv3d",
                    "conv_transpose1d",
                    "conv_transpose2d",
                    "conv_transpose3d",
                    "sigmoid" ->
                    1;
            case "tanh" -> 5.0 / 3;
            case "relu" -> Math.sqrt(2);
            case "leaky_relu" -> Math.sqrt(2 / (1 + slope * slope));
            case "selu" -> 0.75;
            default ->
                    throw new IllegalArgumentException(
                            "gain: unsupported nonlinearity " + nonlinearity);
        };
    }

    /// The gain with the default slope, 0.01.
    public static double gain(String nonlinearity) {
        return gain(nonlinearity, 0.01);
    }

    /// The spread of `kaiming_normal_`.
    public static double kaimingStd(long fan, double gain) {
        return gain / Math.sqrt((double) fan);
    }

    /// The bound of `kaiming_uniform_`: values lie in [-bound, bound).
    public static double kaimingBound(long fan, double gain) {
        return Math.sqrt(3) * kaimingStd(fan, gain);
    }

    /// The spread of `xavier_normal_`.
    public static double xavierStd(Fans fans, double gain) {
        return gain * Math.sqrt(2.0 / (fans.in + fans.out));
    }

    /// The bound of `xavier_uniform_`: values lie in [-bound, bound).
    public static double xavierBound(Fans fans, double gain) {
        return Math.sqrt(3) * xavierStd(fans, gain);
    }

    /// The bound of a new linear or convolution layer's weight: `kaiming_uniform_` with the slope
    /// √5, about 1 / √fan.
    public static double weightBound(Fans fans) {
        return kaimingBound(fans.in, gain("leaky_relu", Math.sqrt(5)));
    }

    /// The bound of a new linear or convolution layer's bias, and of all parameters of a recurrent
    /// layer with `fan` hidden units: 1 / √fan.
    public static double biasBound(long fan) {
        return fan == 0 ? 0 : 1 / Math.sqrt((double) fan);
    }

    /// Fills `w` with normal values within [low, high]: the whole is drawn again and again, and
    /// each element takes its first value within.
    ///
    /// @throws IllegalArgumentException if `low` is above `high`
    /// @throws ArithmeticException if values are still missing after 1000 draws of the whole,
    ///   because hardly any value lies within
    public static void truncatedNormal(
            Generator g, float[] w, double mean, double std, double low, double high) {
        checkWindow(low, high);
        Distributions.normal(g, w, 0, w.length, mean, std);
        float[] fresh = new float[w.length];
        for (int pass = 1; replaceOutside(w, w, low, high) > 0; pass++) {
            checkPasses(pass, mean, std, low, high);
            Distributions.normal(g, fresh, 0, w.length, mean, std);
            replaceOutside(w, fresh, low, high);
        }
    }

    /// As the float form.
    public static void truncatedNormal(
            Generator g, double[] w, double mean, double std, double low, double high) {
        checkWindow(low, high);
        Distributions.normal(g, w, 0, w.length, mean, std);
        double[] fresh = new double[w.length];
        for (int pass = 1; replaceOutside(w, w, low, high) > 0; pass++) {
            checkPasses(pass, mean, std, low, high);
            Distributions.normal(g, fresh, 0, w.length, mean, std);
            replaceOutside(w, fresh, low, high);
        }
    }

    /// A random matrix `[rows, cols]` times `gain`, its shorter rows or columns orthonormal before
    /// that. `dtype` is float32 or float64; the values are rounded to it.
    public static double[] orthogonal(Generator g, DType dtype, int rows, int cols, double gain) {
        boolean single = dtype == DType.FLOAT32;
        if (!single && dtype != DType.FLOAT64) {
            throw new IllegalArgumentException(
                    "orthogonal_: needs float32 or float64, got " + dtype);
        }
        double[] a = standardNormal(g, rows * cols, single);
        // A wide matrix is transposed first, which makes its rows the columns of the array.
        if (rows >= cols) {
            a = transposed(a, rows, cols);
        }
        HouseholderQr.uniqueQ(a, Math.max(rows, cols), Math.min(rows, cols), single);
        if (rows >= cols) {
            a = transposed(a, cols, rows);
        }
        for (int i = 0; i < a.length; i++) {
            a[i] = single ? (float) a[i] * (float) gain : a[i] * gain;
        }
        return a;
    }

    /// Positions in a matrix `[rows, cols]` that `sparse_` sets to zero: in each column a random
    /// choice of the share `sparsity`, rounded up. The other elements are drawn before.
    public static int[] sparseZeros(Generator g, int rows, int cols, double sparsity) {
        int zeros = (int) Math.ceil(sparsity * rows);
        int[] positions = new int[zeros * cols];
        long[] order = new long[rows];
        for (int j = 0; j < cols; j++) {
            RandomIntegers.randperm(g, order, 0, rows);
            for (int i = 0; i < zeros; i++) {
                positions[j * zeros + i] = (int) order[i] * cols + j;
            }
        }
        return positions;
    }

    /// Positions of the ones in the identity matrix `[rows, cols]`.
    public static int[] eyeOnes(int rows, int cols) {
        int[] positions = new int[Math.min(rows, cols)];
        Arrays.setAll(positions, i -> i * cols + i);
        return positions;
    }

    /// Positions of the ones that make a convolution's weight `[out, in, kernel...]` hand its input
    /// channels on, in each of `groups` blocks of output channels anew; all else is zero.
    ///
    /// @throws IllegalArgumentException unless there are 3 to 5 dimensions, and as many output
    ///   channels in each group
    public static int[] diracOnes(int groups, int... sizes) {
        if (sizes.length < 3 || sizes.length > 5) {
            throw new IllegalArgumentException(
                    "dirac_: a weight needs 3, 4 or 5 dimensions, got " + Arrays.toString(sizes));
        }
        if (sizes[0] % groups != 0) {
            throw new IllegalArgumentException(
                    "dirac_: %d output channels do not divide into %d groups (weight %s)"
                            .formatted(sizes[0], groups, Arrays.toString(sizes)));
        }
        int block = sizes[0] / groups;
        int middle = 0;
        int positions = 1;
        for (int d = 2; d < sizes.length; d++) {
            middle = middle * sizes[d] + sizes[d] / 2;
            positions *= sizes[d];
        }
        int each = Math.min(block, sizes[1]);
        int[] ones = new int[groups * each];
        for (int i = 0; i < ones.length; i++) {
            int channel = i % each;
            int out = i / each * block + channel;
            ones[i] = (out * sizes[1] + channel) * positions + middle;
        }
        return ones;
    }

    private static double[] standardNormal(Generator g, int n, boolean single) {
        double[] a = new double[n];
        if (single) {
            float[] floats = new float[n];
            Distributions.normal(g, floats, 0, n, 0, 1);
            Arrays.setAll(a, i -> floats[i]);
        } else {
            Distributions.normal(g, a, 0, n, 0, 1);
        }
        return a;
    }

    private static double[] transposed(double[] a, int rows, int cols) {
        double[] b = new double[a.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                b[j * rows + i] = a[i * cols + j];
            }
        }
        return b;
    }

    /// Replaces what lies outside and returns how much that was.
    private static int replaceOutside(float[] w, float[] fresh, double low, double high) {
        float least = (float) low;
        float most = (float) high;
        int count = 0;
        for (int i = 0; i < w.length; i++) {
            if (w[i] < least || w[i] > most) {
                w[i] = fresh[i];
                count++;
            }
        }
        return count;
    }

    private static int replaceOutside(double[] w, double[] fresh, double low, double high) {
        int count = 0;
        for (int i = 0; i < w.length; i++) {
            if (w[i] < low || w[i] > high) {
                w[i] = fresh[i];
                count++;
            }
        }
        return count;
    }

    private static void checkWindow(double low, double high) {
        if (!(low <= high)) {
            throw new IllegalArgumentException(
                    "trunc_normal_: low %s is above high %s".formatted(low, high));
        }
    }

    private static void checkPasses(int pass, double mean, double std, double low, double high) {
        if (pass > MOST_PASSES) {
            throw new ArithmeticException(
                    "trunc_normal_: after %d draws values still lie outside [%s, %s] (mean %s, std %s)"
                            .formatted(MOST_PASSES, low, high, mean, std));
        }
    }
}
