package dev.lanegrad.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// What libtorch runs for the rows of the tables of operations, on one thread.
final class TorchRows {
    /// One operation; what it returns may be an output of the operands'.
    @FunctionalInterface
    interface Call {
        Pointer on(TorchOperands t);
    }

    private final Map<String, PeerOperation> rows = new LinkedHashMap<>();
    private final TorchOperands operands;

    private TorchRows(TorchOperands operands) {
        this.operands = operands;
    }

    static Map<String, PeerOperation> on(Operands ours) {
        torch.set_num_threads(1);
        TorchRows rows = new TorchRows(new TorchOperands(ours));
        TorchPointwise.addTo(rows);
        TorchPairs.addTo(rows);
        TorchReductions.addTo(rows);
        TorchNetworks.addTo(rows);
        TorchMovement.addTo(rows);
        return rows.rows;
    }

    /// A row that writes into an output of the operands', which grows when first written to.
    TorchRows into(String name, Call run) {
        return add(name, true, run);
    }

    /// A row that allocates its output.
    TorchRows makes(String name, Call run) {
        return add(name, false, run);
    }

    private TorchRows add(String name, boolean preallocates, Call run) {
        TorchOperands own = operands.withOwnOutputs();
        Runnable work = preallocates ? () -> run.on(own) : () -> run.on(own).close();
        rows.put(name, new PeerOperation(preallocates, work, () -> values(run.on(own))));
        return this;
    }

    private static float[] values(Pointer result) {
        Tensor first =
                switch (result) {
                    case T_TensorTensor_T pair -> pair.get0();
                    case T_TensorTensorTensor_T three -> three.get0();
                    case Tensor tensor -> tensor;
                    default -> throw new IllegalStateException("no result: " + result);
                };
        Tensor y = first.to(torch.ScalarType.Float).contiguous();
        float[] values = new float[Math.toIntExact(y.numel())];
        new FloatPointer(y.data_ptr_float()).get(values);
        return values;
    }

    /// Elements of a bool tensor.
    static BoolPointer bools(boolean[] values) {
        BoolPointer pointer = new BoolPointer(values.length);
        for (int i = 0; i < values.length; i++) {
            pointer.put(i, values[i]);
        }
        return pointer;
    }
}
