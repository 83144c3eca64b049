package dev.lanegrad.bench;

import dev.lanegrad.nn.LSTMCell;

/// What networks are made of: softmax, norms, attention, recurrent cells.
final class NetworkRows {
    private static final double EPS = 1e-5;

    private NetworkRows() {}

    static void addTo(OperationRows rows) {
        rows.group("softmax")
                .row("softmax rows", o -> o.x.softmax(1))
                .row("softmax columns", o -> o.x.softmax(0))
                .row("logSoftmax rows", o -> o.x.logSoftmax(1))
                .row("logSoftmax columns", o -> o.x.logSoftmax(0));
        rows.group("norm")
                .row("layerNorm", o -> o.x.layerNorm(o.weight.shape(), o.weight, o.bias, EPS))
                .row("rmsNorm", o -> o.x.rmsNorm(o.weight.shape(), o.weight, EPS))
                .row(
                        "batchNorm",
                        o -> o.image.batchNorm(null, null, o.gain, o.shift, true, 0.1, EPS))
                .row(
                        "batchNorm eval",
                        o -> o.image.batchNorm(o.shift, o.gain, o.gain, o.shift, false, 0.1, EPS))
                .row("groupNorm", o -> o.image.groupNorm(4, o.gain, o.shift, EPS))
                .row(
                        "instanceNorm",
                        o -> o.image.instanceNorm(null, null, o.gain, o.shift, true, 0.1, EPS));
        rows.group("attention")
                .row(
                        "attention",
                        o -> o.query.scaledDotProductAttention(o.key, o.value, null, false))
                .row(
                        "attention causal",
                        o -> o.query.scaledDotProductAttention(o.key, o.value, null, true));
        rows.group("cell")
                .row(
                        "LSTM",
                        o ->
                                o.lstm.forward(o.input, new LSTMCell.State(o.hidden, o.cells))
                                        .hidden())
                .row("GRU", o -> o.gru.forward(o.input, o.hidden));
    }
}
