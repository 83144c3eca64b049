package dev.lanegrad;

import dev.lanegrad.ModuleReplay.NotReplayed;
import dev.lanegrad.nn.*;
import dev.lanegrad.nn.CrossEntropyLoss;
import dev.lanegrad.nn.Module;
import java.util.Objects;

/// Makes the recorded activations, normalizations and losses.
final class ActivationReplay {
    private ActivationReplay() {}

    static Module create(String op, PythonArguments a) throws NotReplayed {
        return switch (op) {
            case "nn.ReLU" -> new ReLU(a.flag(0, "inplace", false));
            case "nn.ReLU6" -> new ReLU6(a.flag(0, "inplace", false));
            case "nn.SELU" -> new SELU(a.flag(0, "inplace", false));
            case "nn.SiLU" -> new SiLU(a.flag(0, "inplace", false));
            case "nn.Mish" -> new Mish(a.flag(0, "inplace", false));
            case "nn.Sigmoid" -> new Sigmoid();
            case "nn.Tanh" -> new Tanh();
            case "nn.LogSigmoid" -> new LogSigmoid();
            case "nn.Softsign" -> new Softsign();
            case "nn.Tanhshrink" -> new Tanhshrink();
            case "nn.Hardswish" -> new Hardswish();
            case "nn.Hardsigmoid" -> new Hardsigmoid();
            case "nn.LeakyReLU" ->
                    new LeakyReLU(a.number(0, "negative_slope", 0.01), a.flag(1, "inplace", false));
            case "nn.ELU" -> new ELU(a.number(0, "alpha", 1.0), a.flag(1, "inplace", false));
            case "nn.CELU" -> new CELU(a.number(0, "alpha", 1.0), a.flag(1, "inplace", false));
            case "nn.Softplus" ->
                    new Softplus(a.number(0, "beta", 1.0), a.number(1, "threshold", 20.0));
            case "nn.Hardtanh" ->
                    new Hardtanh(
                            a.number(0, "min_val", -1.0),
                            a.number(1, "max_val", 1.0),
                            a.flag(2, "inplace", false));
            case "nn.Threshold" ->
                    new Threshold(
                            a.number(0, "threshold", 0),
                            a.number(1, "value", 0),
                            a.flag(2, "inplace", false));
            case "nn.Hardshrink" -> new Hardshrink(a.number(0, "lambd", 0.5));
            case "nn.Softshrink" -> new Softshrink(a.number(0, "lambd", 0.5));
            case "nn.Softmax" -> {
                if (a.get(0, "dim", null) instanceof Integer dim) {
                    yield new Softmax(dim);
                }
                throw new NotReplayed("no dim");
            }
            case "nn.LogSoftmax" -> {
                if (a.get(0, "dim", null) instanceof Integer dim) {
                    yield new LogSoftmax(dim);
                }
                throw new NotReplayed("no dim");
            }
            case "nn.Softmin" -> {
                if (a.get(0, "dim", null) instanceof Integer dim) {
                    yield new Softmin(dim);
                }
                throw new NotReplayed("no dim");
            }
            case "nn.PReLU" ->
                    new PReLU(
                            a.integer(0, "num_parameters", 1),
                            a.number(1, "init", 0.25).doubleValue());
            default -> norm(op, a);
        };
    }

    private static Module norm(String op, PythonArguments a) throws NotReplayed {
        return switch (op) {
            case "nn.LayerNorm" -> {
                boolean affine = a.flag(2, "elementwise_affine", true);
                yield new LayerNorm(
                        shape(a), a.number(1, "eps", 1e-5), affine, a.flag(3, "bias", true));
            }
            case "nn.RMSNorm" ->
                    new RMSNorm(
                            shape(a),
                            (Number) a.get(1, "eps", null),
                            a.flag(2, "elementwise_affine", true));
            case "nn.InstanceNorm1d" -> {
                InstanceNorm1d.Builder b = InstanceNorm1d.builder(a.integer(0, "num_features", 0));
                yield b.eps(a.number(1, "eps", 1e-5))
                        .momentum((Number) a.get(2, "momentum", 0.1))
                        .affine(a.flag(3, "affine", false))
                        .trackRunningStats(a.flag(4, "track_running_stats", false))
                        .build();
            }
            case "nn.InstanceNorm2d" -> {
                InstanceNorm2d.Builder b = InstanceNorm2d.builder(a.integer(0, "num_features", 0));
                yield b.eps(a.number(1, "eps", 1e-5))
                        .momentum((Number) a.get(2, "momentum", 0.1))
                        .affine(a.flag(3, "affine", false))
                        .trackRunningStats(a.flag(4, "track_running_stats", false))
                        .build();
            }
            case "nn.GroupNorm" ->
                    new GroupNorm(
                            a.integer(0, "num_groups", 0),
                            a.integer(1, "num_channels", 0),
                            a.number(2, "eps", 1e-5),
                            a.flag(3, "affine", true));
            default -> loss(op, a);
        };
    }

    private static Shape shape(PythonArguments a) throws NotReplayed {
        int[] sizes = ModuleReplay.ints(a.get(0, "normalized_shape", 0));
        return Shape.of(java.util.Arrays.stream(sizes).asLongStream().toArray());
    }

    private static Module loss(String op, PythonArguments a) throws NotReplayed {
        LossReduction reduction =
                switch ((String) Objects.requireNonNull(a.get(-1, "reduction", "mean"))) {
                    case "sum" -> LossReduction.SUM;
                    case "none" -> LossReduction.NONE;
                    case "batchmean" -> LossReduction.BATCH_MEAN;
                    default -> LossReduction.MEAN;
                };
        return switch (op) {
            case "nn.MSELoss" -> new MSELoss(reduction);
            case "nn.L1Loss" -> new L1Loss(reduction);
            case "nn.SmoothL1Loss" ->
                    new SmoothL1Loss(reduction, a.number(3, "beta", 1).doubleValue());
            case "nn.HuberLoss" -> new HuberLoss(reduction, a.number(1, "delta", 1).doubleValue());
            case "nn.BCELoss" -> new BCELoss((Tensor) a.get(0, "weight", null), reduction);
            case "nn.BCEWithLogitsLoss" ->
                    new BCEWithLogitsLoss(
                            (Tensor) a.get(0, "weight", null),
                            (Tensor) a.get(4, "pos_weight", null),
                            reduction);
            case "nn.CosineEmbeddingLoss" ->
                    new CosineEmbeddingLoss(a.number(0, "margin", 0).doubleValue(), reduction);
            case "nn.MarginRankingLoss" ->
                    new MarginRankingLoss(a.number(0, "margin", 0).doubleValue(), reduction);
            case "nn.HingeEmbeddingLoss" ->
                    new HingeEmbeddingLoss(a.number(0, "margin", 1).doubleValue(), reduction);
            case "nn.SoftMarginLoss" -> new SoftMarginLoss(reduction);
            case "nn.PoissonNLLLoss" ->
                    new PoissonNLLLoss(
                            a.flag(0, "log_input", true),
                            a.flag(1, "full", false),
                            a.number(3, "eps", 1e-8).doubleValue(),
                            reduction);
            case "nn.KLDivLoss" -> new KLDivLoss(reduction, a.flag(3, "log_target", false));
            case "nn.TripletMarginLoss" ->
                    new TripletMarginLoss(
                            a.number(0, "margin", 1).doubleValue(),
                            a.number(1, "p", 2).doubleValue(),
                            a.number(2, "eps", 1e-6).doubleValue(),
                            a.flag(3, "swap", false),
                            reduction);
            case "nn.GaussianNLLLoss" ->
                    new GaussianNLLLoss(
                            a.flag(-1, "full", false),
                            a.number(-1, "eps", 1e-6).doubleValue(),
                            reduction);
            case "nn.MultiLabelSoftMarginLoss" -> new MultiLabelSoftMarginLoss(reduction);
            case "nn.MultiMarginLoss" ->
                    new MultiMarginLoss(
                            a.integer(0, "p", 1),
                            a.number(1, "margin", 1).doubleValue(),
                            reduction);
            case "nn.CTCLoss" ->
                    new CTCLoss(
                            a.integer(0, "blank", 0), reduction, a.flag(2, "zero_infinity", false));
            case "nn.NLLLoss" -> NLLLoss.builder().reduction(reduction).build();
            case "nn.CrossEntropyLoss" ->
                    CrossEntropyLoss.builder()
                            .reduction(reduction)
                            .labelSmoothing(a.number(5, "label_smoothing", 0).doubleValue())
                            .build();
            default -> SequenceReplay.create(op, a);
        };
    }
}
