package dev.lanegrad.optim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanegrad.Reference;
import dev.lanegrad.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes the optimizers and schedulers that records name.
public final class RecordedOptimizers {
    private RecordedOptimizers() {}

    /// What does not exist yet.
    public static final class NotImplemented extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotImplemented(String what) {
            super(what);
        }
    }

    /// A recorded option: Integer, Double, Boolean, text, list or null.
    static @Nullable Object value(JsonNode node) {
        if (node.has("float")) {
            return Reference.number(node.get("float"));
        }
        if (node.has("tuple")) {
            return Reference.elements(node.get("tuple")).map(RecordedOptimizers::value).toList();
        }
        if (node.isNull() || node.isObject()) {
            return null;
        }
        return node.isBoolean()
                ? node.asBoolean()
                : node.isInt() ? node.asInt() : node.isNumber() ? node.asDouble() : node.asText();
    }

    /// @param groups the recorded groups, of the parameters in `params`
    public static Optimizer create(
            String kind, JsonNode kwargs, JsonNode groups, Map<String, Tensor> params) {
        Optimizer.Builder<?> builder =
                switch (kind) {
                    case "SGD" -> SGD.builder();
                    case "Adam" -> Adam.builder();
                    case "AdamW" -> AdamW.builder();
                    case "RMSprop" -> RMSprop.builder();
                    case "Adagrad" -> Adagrad.builder();
                    case "Adadelta" -> Adadelta.builder();
                    case "Adamax" -> Adamax.builder();
                    case "NAdam" -> NAdam.builder();
                    case "RAdam" -> RAdam.builder();
                    case "Rprop" -> Rprop.builder();
                    case "ASGD" -> ASGD.builder();
                    case "Adafactor" -> Adafactor.builder();
                    case "LBFGS" -> LBFGS.builder();
                    case "Muon" -> Muon.builder();
                    default -> throw new NotImplemented(kind);
                };
        kwargs.properties().forEach(e -> builder.option(e.getKey(), value(e.getValue())));
        for (JsonNode group : groups) {
            List<Tensor> members = new ArrayList<>();
            group.get("params")
                    .forEach(
                            name -> members.add(Objects.requireNonNull(params.get(name.asText()))));
            Consumer<ParamGroup> overrides =
                    g ->
                            group.properties()
                                    .forEach(e -> {
                                        if (!e.getKey().equals("params")) {
                                            g.set(e.getKey(), value(e.getValue()));
                                        }
                                    });
            builder.group(members, overrides);
        }
        return switch (builder) {
            case SGD.Builder b -> b.build();
            case Adam.Builder b -> b.build();
            case AdamW.Builder b -> b.build();
            case RMSprop.Builder b -> b.build();
            case Adagrad.Builder b -> b.build();
            case Adadelta.Builder b -> b.build();
            case Adamax.Builder b -> b.build();
            case NAdam.Builder b -> b.build();
            case RAdam.Builder b -> b.build();
            case Rprop.Builder b -> b.build();
            case ASGD.Builder b -> b.build();
            case Adafactor.Builder b -> b.build();
            case LBFGS.Builder b -> b.build();
            case Muon.Builder b -> b.build();
            default -> throw new NotImplemented(kind);
        };
    }

    public static LRScheduler scheduler(String kind, JsonNode kw, Optimizer o) {
        return switch (kind) {
            case "StepLR" ->
                    new StepLR(o, kw.get("step_size").asInt(), kw.path("gamma").asDouble(0.1));
            case "MultiStepLR" -> {
                int[] milestones =
                        Reference.elements(kw.get("milestones"))
                                .mapToInt(JsonNode::asInt)
                                .toArray();
                yield new MultiStepLR(o, milestones, kw.path("gamma").asDouble(0.1));
            }
            case "ExponentialLR" -> new ExponentialLR(o, kw.get("gamma").asDouble());
            case "ConstantLR" ->
                    new ConstantLR(
                            o,
                            kw.path("factor").asDouble(1.0 / 3),
                            kw.path("total_iters").asInt(5));
            case "LinearLR" ->
                    new LinearLR(
                            o,
                            kw.path("start_factor").asDouble(1.0 / 3),
                            kw.path("end_factor").asDouble(1),
                            kw.path("total_iters").asInt(5));
            case "PolynomialLR" ->
                    new PolynomialLR(
                            o, kw.path("total_iters").asInt(5), kw.path("power").asDouble(1));
            case "CosineAnnealingLR" ->
                    new CosineAnnealingLR(
                            o, kw.get("T_max").asInt(), kw.path("eta_min").asDouble(0));
            case "LambdaLR" -> lambda(kw.get("lr_lambda").get("lambda").asText(), o);
            case "MultiplicativeLR" -> {
                double factor = Double.parseDouble(kw.get("lr_lambda").get("lambda").asText());
                yield new MultiplicativeLR(o, _ -> factor);
            }
            case "OneCycleLR" -> oneCycle(kw, o);
            case "CyclicLR" -> cyclic(kw, o);
            case "CosineAnnealingWarmRestarts" ->
                    new CosineAnnealingWarmRestarts(
                            o,
                            kw.get("T_0").asInt(),
                            kw.path("T_mult").asInt(1),
                            kw.path("eta_min").asDouble(0));
            case "ChainedScheduler" -> new ChainedScheduler(parts(kw, o));
            case "SequentialLR" ->
                    new SequentialLR(
                            o,
                            parts(kw, o),
                            Reference.elements(kw.get("milestones"))
                                    .mapToInt(JsonNode::asInt)
                                    .toArray());
            default -> throw new NotImplemented(kind);
        };
    }

    private static List<LRScheduler> parts(JsonNode kw, Optimizer o) {
        return Reference.elements(kw.get("schedulers"))
                .map(s -> scheduler(s.get("scheduler").asText(), s.get("kwargs"), o))
                .toList();
    }

    public static ReduceLROnPlateau plateau(JsonNode kw, Optimizer o) {
        return ReduceLROnPlateau.builder(o)
                .maximize(kw.path("mode").asText("min").equals("max"))
                .factor(kw.path("factor").asDouble(0.1))
                .patience(kw.path("patience").asInt(10))
                .threshold(
                        kw.path("threshold").asDouble(1e-4),
                        kw.path("threshold_mode").asText("rel").equals("abs"))
                .cooldown(kw.path("cooldown").asInt(0))
                .minLr(kw.path("min_lr").asDouble(0))
                .build();
    }

    private static LRScheduler lambda(String text, Optimizer o) {
        return switch (text) {
            case "0.95 ** epoch" -> new LambdaLR(o, epoch -> Math.pow(0.95, epoch));
            case "min(1, (epoch + 1) / 10)" -> new LambdaLR(o, e -> Math.min(1, (e + 1) / 10.0));
            default -> throw new NotImplemented(text);
        };
    }

    private static LRScheduler cyclic(JsonNode kw, Optimizer o) {
        String mode = kw.path("mode").asText("triangular");
        return CyclicLR.builder(o, kw.get("base_lr").asDouble(), kw.get("max_lr").asDouble())
                .stepSizeUp(kw.path("step_size_up").asInt(2000))
                .mode(CyclicLR.Mode.valueOf(mode.toUpperCase(Locale.ROOT)))
                .gamma(kw.path("gamma").asDouble(1))
                .build();
    }

    private static LRScheduler oneCycle(JsonNode kw, Optimizer o) {
        OneCycleLR.Builder b = OneCycleLR.builder(o, kw.get("max_lr").asDouble());
        int perEpoch = kw.path("epochs").asInt() * kw.path("steps_per_epoch").asInt();
        return b.totalSteps(kw.path("total_steps").asInt(perEpoch))
                .pctStart(kw.path("pct_start").asDouble(0.3))
                .linear(kw.path("anneal_strategy").asText("cos").equals("linear"))
                .cycleMomentum(kw.path("cycle_momentum").asBoolean(true))
                .divFactor(kw.path("div_factor").asDouble(25))
                .finalDivFactor(kw.path("final_div_factor").asDouble(1e4))
                .threePhase(kw.path("three_phase").asBoolean(false))
                .build();
    }
}
