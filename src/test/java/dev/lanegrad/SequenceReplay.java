package dev.lanegrad;

import dev.lanegrad.ModuleReplay.NotReplayed;
import dev.lanegrad.nn.*;
import dev.lanegrad.nn.Module;
import java.util.Objects;

/// Makes the recorded modules for sequences: recurrent layers, attention, tables.
final class SequenceReplay {
    private SequenceReplay() {}

    static Module create(String op, PythonArguments a) throws NotReplayed {
        return switch (op) {
            case "nn.RNN" -> rnn(a);
            case "nn.LSTM" -> lstm(a);
            case "nn.GRU" -> gru(a);
            case "nn.RNNCell" -> {
                boolean relu = "relu".equals(a.get(3, "nonlinearity", "tanh"));
                yield new RNNCell(in(a), hidden(a), a.flag(2, "bias", true), relu);
            }
            case "nn.LSTMCell" -> new LSTMCell(in(a), hidden(a), a.flag(2, "bias", true));
            case "nn.GRUCell" -> new GRUCell(in(a), hidden(a), a.flag(2, "bias", true));
            case "nn.Embedding" -> {
                int rows = a.integer(0, "num_embeddings", 0);
                int features = a.integer(1, "embedding_dim", 0);
                yield a.get(2, "padding_idx", null) instanceof Integer padding
                        ? new Embedding(rows, features, padding)
                        : new Embedding(rows, features);
            }
            case "nn.MultiheadAttention" -> attention(a);
            default -> transformer(op, a);
        };
    }

    private static int in(PythonArguments a) {
        return a.integer(0, "input_size", 0);
    }

    private static int hidden(PythonArguments a) {
        return a.integer(1, "hidden_size", 0);
    }

    private static RNN rnn(PythonArguments a) {
        return RNN.builder(in(a), hidden(a))
                .layers(a.integer(2, "num_layers", 1))
                .relu("relu".equals(a.get(3, "nonlinearity", "tanh")))
                .bias(a.flag(4, "bias", true))
                .batchFirst(a.flag(5, "batch_first", false))
                .dropout(a.number(6, "dropout", 0.0))
                .bidirectional(a.flag(7, "bidirectional", false))
                .build();
    }

    private static GRU gru(PythonArguments a) {
        return GRU.builder(in(a), hidden(a))
                .layers(a.integer(2, "num_layers", 1))
                .bias(a.flag(3, "bias", true))
                .batchFirst(a.flag(4, "batch_first", false))
                .dropout(a.number(5, "dropout", 0.0))
                .bidirectional(a.flag(6, "bidirectional", false))
                .build();
    }

    private static LSTM lstm(PythonArguments a) {
        return LSTM.builder(in(a), hidden(a))
                .layers(a.integer(2, "num_layers", 1))
                .bias(a.flag(3, "bias", true))
                .batchFirst(a.flag(4, "batch_first", false))
                .dropout(a.number(5, "dropout", 0.0))
                .bidirectional(a.flag(6, "bidirectional", false))
                .projection(a.integer(7, "proj_size", 0))
                .build();
    }

    private static MultiheadAttention attention(PythonArguments a) {
        int embed = a.integer(0, "embed_dim", 0);
        return MultiheadAttention.builder(embed, a.integer(1, "num_heads", 0))
                .dropout(a.number(2, "dropout", 0).doubleValue())
                .bias(a.flag(3, "bias", true))
                .addBiasKv(a.flag(4, "add_bias_kv", false))
                .addZeroAttn(a.flag(5, "add_zero_attn", false))
                .keys(a.integer(6, "kdim", embed))
                .values(a.integer(7, "vdim", embed))
                .batchFirst(a.flag(8, "batch_first", false))
                .build();
    }

    private static Module transformer(String op, PythonArguments a) throws NotReplayed {
        switch (op) {
            case "nn.TransformerEncoder", "nn.TransformerDecoder" -> {
                int count = a.integer(1, "num_layers", 0);
                Module norm = (Module) a.get(2, "norm", null);
                Object layer = Objects.requireNonNull(a.get(0, "", null));
                return layer instanceof TransformerEncoderLayer encoder
                        ? new TransformerEncoder(encoder, count, norm)
                        : new TransformerDecoder((TransformerDecoderLayer) layer, count, norm);
            }
            case "nn.TransformerEncoderLayer" -> {
                return TransformerEncoderLayer.builder(
                                a.integer(0, "d_model", 0), a.integer(1, "nhead", 0))
                        .inner(a.integer(2, "dim_feedforward", 2048))
                        .dropout(a.number(3, "dropout", 0.1))
                        .eps(a.number(5, "layer_norm_eps", 1e-5))
                        .batchFirst(a.flag(6, "batch_first", false))
                        .normFirst(a.flag(7, "norm_first", false))
                        .bias(a.flag(8, "bias", true))
                        .build();
            }
            case "nn.TransformerDecoderLayer" -> {
                return TransformerDecoderLayer.builder(
                                a.integer(0, "d_model", 0), a.integer(1, "nhead", 0))
                        .inner(a.integer(2, "dim_feedforward", 2048))
                        .dropout(a.number(3, "dropout", 0.1))
                        .eps(a.number(5, "layer_norm_eps", 1e-5))
                        .batchFirst(a.flag(6, "batch_first", false))
                        .normFirst(a.flag(7, "norm_first", false))
                        .bias(a.flag(8, "bias", true))
                        .build();
            }
            default -> {
                return ImageReplay.create(op, a);
            }
        }
    }
}
