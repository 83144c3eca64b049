package dev.lanegrad.bench;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// What networks are made of.
final class TorchNetworks {
    private static final double EPS = 1e-5;
    private static final DoubleOptional EPS_GIVEN = new DoubleOptional(EPS);
    private static final DoubleOptional BY_SIZE = new DoubleOptional();
    private static final TensorOptional NONE = new TensorOptional();

    private TorchNetworks() {}

    static void addTo(TorchRows rows) {
        softmaxes(rows);
        norms(rows);
        attention(rows);
        cells(rows);
    }

    private static void softmaxes(TorchRows rows) {
        rows.into("softmax rows", t -> torch.softmax_out(t.y, t.x, 1))
                .into("softmax columns", t -> torch.softmax_out(t.y, t.x, 0))
                .into("logSoftmax rows", t -> torch.log_softmax_out(t.y, t.x, 1))
                .into("logSoftmax columns", t -> torch.log_softmax_out(t.y, t.x, 0));
    }

    private static void norms(TorchRows rows) {
        rows.makes(
                        "layerNorm",
                        t -> torch.layer_norm(t.x, t.features, t.weight, t.bias, EPS, false))
                .makes("rmsNorm", t -> torch.rms_norm(t.x, t.features, t.weight, EPS_GIVEN))
                .into(
                        "batchNorm",
                        t ->
                                torch.native_batch_norm_out(
                                        t.y, t.y2, t.y3, t.image, t.gain, t.shift, NONE, NONE, true,
                                        0.1, EPS))
                .into(
                        "batchNorm eval",
                        t ->
                                torch.native_batch_norm_out(
                                        t.y, t.y2, t.y3, t.image, t.gain, t.shift, t.shift, t.gain,
                                        false, 0.1, EPS))
                .makes("groupNorm", t -> torch.group_norm(t.image, 4, t.gain, t.shift, EPS, false))
                .makes(
                        "instanceNorm",
                        t ->
                                torch.instance_norm(
                                        t.image, t.gain, t.shift, NONE, NONE, true, 0.1, EPS,
                                        false));
    }

    private static void attention(TorchRows rows) {
        rows.makes("attention", t -> torch.scaled_dot_product_attention(t.query, t.key, t.value))
                .makes(
                        "attention causal",
                        t ->
                                torch.scaled_dot_product_attention(
                                        t.query, t.key, t.value, NONE, 0, true, BY_SIZE, false));
    }

    private static void cells(TorchRows rows) {
        rows.makes(
                        "LSTM",
                        t ->
                                torch.lstm_cell(
                                        t.input,
                                        t.state,
                                        t.lstm.get(0),
                                        t.lstm.get(1),
                                        new TensorOptional(t.lstm.get(2)),
                                        new TensorOptional(t.lstm.get(3))))
                .makes(
                        "GRU",
                        t ->
                                torch.gru_cell(
                                        t.input,
                                        t.hidden,
                                        t.gru.get(0),
                                        t.gru.get(1),
                                        new TensorOptional(t.gru.get(2)),
                                        new TensorOptional(t.gru.get(3))));
    }
}
