package dev.lanegrad.bench.networks;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// Four encoder layers by libtorch's functions, in the order of parameters that
/// `torch.nn.TransformerEncoder` has.
final class TorchTransformer {
    private static final int LAYERS = 4;
    private static final int HEADS = 8;
    private static final int E = NetworkRow.FEATURES;
    private static final double EPS = 1e-5;
    private static final long[] FEATURES = {E};

    private final List<Tensor> parameters = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();

    TorchTransformer() {
        for (int i = 0; i < LAYERS; i++) {
            layers.add(new Layer());
        }
    }

    static Tensor tokens(NetworkRow row) {
        return torch.from_blob(
                        new FloatPointer(row.sequences(E)), new long[] {row.batch(), row.size(), E})
                .clone();
    }

    List<Tensor> parameters() {
        return parameters;
    }

    private Tensor parameter(String name, int... shape) {
        Tensor t = TorchNetworks.parameter(name, parameters.size(), shape);
        parameters.add(t);
        return t;
    }

    /// What becomes of sequences `[N, T, E]`.
    Tensor forward(Tensor x) {
        Tensor y = x;
        for (Layer layer : layers) {
            y = layer.forward(y);
        }
        return y;
    }

    /// A linear layer.
    private final class Affine {
        private final Tensor weight;
        private final TensorOptional bias;

        Affine(int in, int out) {
            weight = parameter("weight", out, in);
            bias = new TensorOptional(parameter("bias", out));
        }

        Tensor forward(Tensor x) {
            return torch.linear(x, weight, bias);
        }
    }

    /// A normalization of each token.
    private final class Norm {
        private final TensorOptional weight = new TensorOptional(parameter("weight", E));
        private final TensorOptional bias = new TensorOptional(parameter("bias", E));

        Tensor forward(Tensor x) {
            return torch.layer_norm(x, FEATURES, weight, bias, EPS, true);
        }
    }

    /// Attention, then two linear layers.
    private final class Layer {
        private final Affine projections = new Affine(E, 3 * E);
        private final Affine output = new Affine(E, E);
        private final Affine widening = new Affine(E, 4 * E);
        private final Affine narrowing = new Affine(4 * E, E);
        private final Norm norm1 = new Norm();
        private final Norm norm2 = new Norm();

        Tensor forward(Tensor x) {
            long n = x.size(0);
            long t = x.size(1);
            Tensor all =
                    projections.forward(x).view(n, t, 3, HEADS, E / HEADS).permute(2, 0, 3, 1, 4);
            Tensor attended =
                    torch.scaled_dot_product_attention(
                            all.select(0, 0), all.select(0, 1), all.select(0, 2));
            Tensor joined = attended.transpose(1, 2).reshape(n, t, E);
            Tensor y = norm1.forward(x.add(output.forward(joined)));
            return norm2.forward(y.add(narrowing.forward(torch.relu(widening.forward(y)))));
        }
    }
}
