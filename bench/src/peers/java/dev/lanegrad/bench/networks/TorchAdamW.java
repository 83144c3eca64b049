package dev.lanegrad.bench.networks;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// A step of AdamW by libtorch's C++ optimizer, which is not a fused one: the binding has none.
final class TorchAdamW {
    private static final double LR = 1e-4;

    private TorchAdamW() {}

    static Workload workload(NetworkRow row) {
        long n = row.size();
        float[] values = row.sequences(row.size());
        Tensor w = torch.from_blob(new FloatPointer(values), n, n).clone();
        w.set_requires_grad(true);
        w.mutable_grad().put(torch.from_blob(new FloatPointer(values), n, n).clone());
        AdamW adamw = new AdamW(new TensorVector(w), new AdamWOptions(LR));
        return new Workload() {
            @Override
            public float[] step() {
                try (var _ = new PointerScope()) {
                    adamw.step();
                    return new float[0];
                }
            }

            @Override
            public float[] first() {
                step();
                return TorchNetworks.values(w.detach().select(0, 0));
            }
        };
    }
}
