package dev.lanegrad.nn;

import dev.lanegrad.Autograd;
import dev.lanegrad.DType;
import dev.lanegrad.Generator;
import dev.lanegrad.Initialization;
import dev.lanegrad.Initialization.Fans;
import dev.lanegrad.Tensor;
import java.util.Arrays;

/// Starting values of parameters, as `torch.nn.init`: each method writes over the tensor it is
/// given and returns it, not recorded, and a seed gives the values it gives there.
///
/// Values are drawn in row-major order of the shape, wherever the elements lie in memory, so that a
/// weight kept in a layout of our own starts as PyTorch's does.
public final class Init {
    private Init() {}

    // ------------------------------------------------------------ plain

    /// Every element `value`.
    public static Tensor constant_(Tensor w, double value) {
        try (var _ = Autograd.noGrad()) {
            return w.fill_(value);
        }
    }

    /// Ones.
    public static Tensor ones_(Tensor w) {
        return constant_(w, 1);
    }

    /// Zeros.
    public static Tensor zeros_(Tensor w) {
        return constant_(w, 0);
    }

    /// Values drawn evenly from [low, high).
    public static Tensor uniform_(Tensor w, double low, double high) {
        return write(w, rowMajor(w).uniform_(low, high));
    }

    /// Normal values.
    public static Tensor normal_(Tensor w, double mean, double std) {
        return write(w, rowMajor(w).normal_(mean, std));
    }

    /// Normal values within [low, high]: those outside are drawn again.
    ///
    /// @throws IllegalArgumentException if `low` is above `high`
    public static Tensor truncNormal_(Tensor w, double mean, double std, double low, double high) {
        Generator g = Generator.defaultGenerator();
        if (w.dtype() == DType.FLOAT64) {
            double[] values = new double[w.numel()];
            Initialization.truncatedNormal(g, values, mean, std, low, high);
            return write(w, Tensor.of(values, w.shape()));
        }
        float[] values = new float[w.numel()];
        Initialization.truncatedNormal(g, values, mean, std, low, high);
        return write(w, Tensor.of(values, w.shape()));
    }

    /// Standard normal values within [−2, 2].
    public static Tensor truncNormal_(Tensor w) {
        return truncNormal_(w, 0, 1, -2, 2);
    }

    // ------------------------------------------------------------ by fan

    /// He and others' even values for layers before a leaky ReLU of negative slope `a`; `mode`
    /// `fan_in` keeps the spread forward, `fan_out` backward. `nonlinearity` as in
    /// [Initialization#gain(String, double)].
    public static Tensor kaimingUniform_(Tensor w, double a, String mode, String nonlinearity) {
        double gain = Initialization.gain(nonlinearity, a);
        double bound = Initialization.kaimingBound(fans(w).by(mode), gain);
        return uniform_(w, -bound, bound);
    }

    /// With PyTorch's defaults: slope 0, `fan_in`, `leaky_relu`.
    public static Tensor kaimingUniform_(Tensor w) {
        return kaimingUniform_(w, 0, "fan_in", "leaky_relu");
    }

    /// As [#kaimingUniform_(Tensor, double, String, String)] with normal values.
    public static Tensor kaimingNormal_(Tensor w, double a, String mode, String nonlinearity) {
        double gain = Initialization.gain(nonlinearity, a);
        return normal_(w, 0, Initialization.kaimingStd(fans(w).by(mode), gain));
    }

    /// With PyTorch's defaults: slope 0, `fan_in`, `leaky_relu`.
    public static Tensor kaimingNormal_(Tensor w) {
        return kaimingNormal_(w, 0, "fan_in", "leaky_relu");
    }

    /// Glorot and Bengio's even values; `gain` widens them.
    public static Tensor xavierUniform_(Tensor w, double gain) {
        double bound = Initialization.xavierBound(fans(w), gain);
        return uniform_(w, -bound, bound);
    }

    /// With gain 1.
    public static Tensor xavierUniform_(Tensor w) {
        return xavierUniform_(w, 1);
    }

    /// Glorot and Bengio's normal values; `gain` widens them.
    public static Tensor xavierNormal_(Tensor w, double gain) {
        return normal_(w, 0, Initialization.xavierStd(fans(w), gain));
    }

    /// With gain 1.
    public static Tensor xavierNormal_(Tensor w) {
        return xavierNormal_(w, 1);
    }

    // ------------------------------------------------------------ patterns

    /// A random orthogonal matrix times `gain`; axes after the first count as one.
    ///
    /// @throws IllegalArgumentException for fewer than 2 axes
    public static Tensor orthogonal_(Tensor w, double gain) {
        if (w.dim() < 2) {
            throw new IllegalArgumentException(
                    "Only tensors with 2 or more dimensions are supported (shape "
                            + w.shape()
                            + ")");
        }
        if (w.numel() == 0) {
            return w;
        }
        int rows = w.size(0);
        double[] q =
                Initialization.orthogonal(
                        Generator.defaultGenerator(), w.dtype(), rows, w.numel() / rows, gain);
        return write(w, Tensor.of(q, w.shape()));
    }

    /// Normal values, in each column a share `sparsity` of zeros.
    ///
    /// @throws IllegalArgumentException unless there are 2 axes
    public static Tensor sparse_(Tensor w, double sparsity, double std) {
        checkMatrix(w);
        Tensor values = rowMajor(w).normal_(0, std);
        double[] all = values.toDoubleArray();
        for (int i :
                Initialization.sparseZeros(
                        Generator.defaultGenerator(), w.size(0), w.size(1), sparsity)) {
            all[i] = 0;
        }
        return write(w, Tensor.of(all, w.shape()));
    }

    /// The identity matrix, or as much of it as fits.
    ///
    /// @throws IllegalArgumentException unless there are 2 axes
    public static Tensor eye_(Tensor w) {
        checkMatrix(w);
        return ones(w, Initialization.eyeOnes(w.size(0), w.size(1)));
    }

    /// A convolution's weight that hands its input channels on, in each of `groups` blocks anew.
    ///
    /// @throws IllegalArgumentException unless there are 3 to 5 axes, and as many output channels
    ///   in each group
    public static Tensor dirac_(Tensor w, int groups) {
        int[] sizes = new int[w.dim()];
        Arrays.setAll(sizes, w::size);
        return ones(w, Initialization.diracOnes(groups, sizes));
    }

    // ------------------------------------------------------------ defaults of layers

    /// The default of linear and convolution layers' weights.
    static Tensor weight_(Tensor w) {
        double bound = Initialization.weightBound(fans(w));
        return uniform_(w, -bound, bound);
    }

    /// Passes over the random numbers of [#weight_]; the values stay as they are.
    static Tensor weightSkipped(Tensor w) {
        return switch (w.dtype()) {
            case FLOAT32 -> passedOver(w, w.numel());
            case FLOAT64 -> passedOver(w, 2L * w.numel());
            default -> weight_(w);
        };
    }

    private static Tensor passedOver(Tensor w, long words) {
        Generator.defaultGenerator().skip(words);
        return w;
    }

    /// The default of the bias that goes with `weight`.
    static Tensor bias_(Tensor b, Tensor weight) {
        double bound = Initialization.biasBound(fans(weight).in());
        return uniform_(b, -bound, bound);
    }

    private static Fans fans(Tensor w) {
        return Fans.of(w.shape().toArray());
    }

    private static void checkMatrix(Tensor w) {
        if (w.dim() != 2) {
            throw new IllegalArgumentException(
                    "Only tensors with 2 dimensions are supported (shape " + w.shape() + ")");
        }
    }

    /// A row-major tensor to draw values in.
    private static Tensor rowMajor(Tensor w) {
        return Tensor.empty(w.shape(), w.dtype());
    }

    private static Tensor ones(Tensor w, int[] positions) {
        float[] values = new float[w.numel()];
        for (int i : positions) {
            values[i] = 1;
        }
        return write(w, Tensor.of(values, w.shape()));
    }

    private static Tensor write(Tensor w, Tensor values) {
        try (var _ = Autograd.noGrad()) {
            return w.copy_(values);
        }
    }
}
