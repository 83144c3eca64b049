package dev.lanegrad.bench.networks;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// A layer of long short-term memories by libtorch.
final class TorchLstm {
    private static final int H = NetworkRow.HIDDEN;

    private final List<Tensor> parameters =
            List.of(
                    TorchNetworks.parameter("weight_ih_l0", 0, 4 * H, H),
                    TorchNetworks.parameter("weight_hh_l0", 1, 4 * H, H),
                    TorchNetworks.parameter("bias_ih_l0", 2, 4 * H),
                    TorchNetworks.parameter("bias_hh_l0", 3, 4 * H));
    private final TensorVector weights = new TensorVector(parameters.toArray(Tensor[]::new));
    private final Tensor x;
    private final TensorVector start;
    private final boolean learns;

    TorchLstm(NetworkRow row, boolean learns) {
        this.learns = learns;
        long[] shape = {row.size(), row.batch(), H};
        x = torch.from_blob(new FloatPointer(row.sequences(H)), shape).clone();
        start = new TensorVector(torch.zeros(1, row.batch(), H), torch.zeros(1, row.batch(), H));
    }

    List<Tensor> parameters() {
        return parameters;
    }

    /// The output at each moment, `[T, N, H]`.
    Tensor forward() {
        return torch.lstm(x, start, weights, true, 1, 0, learns, false, false).get0();
    }
}
