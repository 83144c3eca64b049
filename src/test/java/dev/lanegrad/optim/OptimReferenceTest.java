package dev.lanegrad.optim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanegrad.DType;
import dev.lanegrad.Reference;
import dev.lanegrad.Tally;
import dev.lanegrad.Tensor;
import dev.lanegrad.nn.ClipGrad;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OptimReferenceTest {
    private static final String FILE = "goldens/optim.jsonl";

    @Test
    void optimizersAndSchedulersStepAsInPyTorch() {
        JsonNode problems = Reference.json("goldens/optim_problems.json");
        Tally tally = new Tally(FILE);
        Reference.lines(FILE)
                .forEach(record -> {
                    String id = record.get("id").asText();
                    try {
                        String difference = difference(record, problems);
                        if (difference.isEmpty()) {
                            tally.passed();
                        } else {
                            tally.failed(id, difference);
                        }
                    } catch (RecordedOptimizers.NotImplemented e) {
                        tally.notImplemented();
                    }
                });
        tally.report();
    }

    private static String difference(JsonNode record, JsonNode problems) {
        String kind = record.get("kind").asText();
        if (record.has("trajectory")) {
            return trajectory(record, problems.get(record.get("problem").asText()));
        }
        if (kind.startsWith("lr_scheduler")) {
            return rates(record);
        }
        return switch (kind) {
            case "clip" -> clip(record);
            case "repr" -> repr(record);
            default -> throw new RecordedOptimizers.NotImplemented(kind);
        };
    }

    // ------------------------------------------------------------ trajectories

    private static String trajectory(JsonNode record, JsonNode problem) {
        DType dtype = DType.valueOf(record.get("dtype").asText().toUpperCase(Locale.ROOT));
        double tolerance = dtype == DType.FLOAT64 ? 1e-10 : 1e-4;
        Trajectory run = new Trajectory(problem, dtype);
        Map<String, Tensor> params = Map.of("w", run.param("w"), "v", run.param("v"));
        List<double[]> path =
                run.run(
                        record,
                        lr -> {
                            Optimizer o =
                                    RecordedOptimizers.create(
                                            record.get("optimizer").asText(),
                                            record.get("kwargs"),
                                            record.get("groups"),
                                            params);
                            if (lr != null) {
                                o.paramGroups().forEach(g -> g.lr(lr));
                            }
                            return o;
                        },
                        record.get("mode").asText());
        List<double[]> expected = new ArrayList<>();
        for (JsonNode point : record.get("trajectory")) {
            double[] w = Reference.doubles(point.get("w"));
            double[] v = Reference.doubles(point.get("v"));
            expected.add(
                    java.util.stream.DoubleStream.concat(Arrays.stream(w), Arrays.stream(v))
                            .toArray());
        }
        expected.add(Reference.doubles(record.get("losses")));
        StringBuilder found = new StringBuilder();
        for (int i = 0; i < expected.size(); i++) {
            found.append(apart("step " + i, expected.get(i), path.get(i), tolerance));
        }
        Optimizer last = Objects.requireNonNull(run.last);
        if (record.has("repr") && !last.toString().equals(record.get("repr").asText())) {
            found.append(last);
        }
        if (record.has("state_dict")) {
            // differences of gradients near the minimum have lost digits that the path has not
            double digits = last instanceof LBFGS ? 1e-6 : tolerance;
            found.append(state(record.get("state_dict"), last.stateDict(), digits));
        }
        return found.toString();
    }

    private static String state(JsonNode expected, OptimizerState actual, double tolerance) {
        StringBuilder found = new StringBuilder();
        Map<Integer, Map<String, JsonNode>> tensors = new LinkedHashMap<>();
        for (JsonNode entry : expected.get("state")) {
            Map<String, JsonNode> named = new LinkedHashMap<>();
            entry.get(1).get("dict").forEach(e -> named.put(e.get(0).asText(), e.get(1)));
            tensors.put(entry.get(0).asInt(), named);
        }
        if (!tensors.keySet().equals(actual.state().keySet())) {
            return "state of " + actual.state().keySet() + " instead of " + tensors.keySet();
        }
        tensors.forEach((i, named) -> {
            Map<String, Tensor> own = Objects.requireNonNull(actual.state().get(i));
            if (!List.copyOf(named.keySet()).equals(List.copyOf(own.keySet()))) {
                found.append(own.keySet()).append(" instead of ").append(named.keySet());
                return;
            }
            named.forEach((name, value) ->
                    found.append(
                            apart(
                                    name,
                                    values(value),
                                    Objects.requireNonNull(own.get(name)).toDoubleArray(),
                                    tolerance)));
        });
        for (int i = 0; i < expected.get("param_groups").size(); i++) {
            Map<String, Object> options = new LinkedHashMap<>();
            for (JsonNode option : expected.get("param_groups").get(i)) {
                JsonNode value = option.get(1);
                options.put(
                        option.get(0).asText(),
                        value.has("list")
                                ? Reference.elements(value.get("list"))
                                        .map(JsonNode::asInt)
                                        .toList()
                                : RecordedOptimizers.value(value));
            }
            String wanted = options.toString();
            String got = actual.paramGroups().get(i).toString();
            if (!wanted.equals(got)) {
                found.append(got).append(" instead of ").append(wanted);
            }
        }
        return found.toString();
    }

    // ------------------------------------------------------------ schedulers

    private static String rates(JsonNode record) {
        Map<String, Tensor> params = new LinkedHashMap<>();
        List<String> groups = new ArrayList<>();
        double[] base = Reference.doubles(record.get("base_lrs"));
        for (int i = 0; i < base.length; i++) {
            params.put("p" + i, Tensor.ones(1).requiresGrad(true));
            groups.add("{\"params\":[\"p%d\"],\"lr\":{\"float\":%s}}".formatted(i, base[i]));
        }
        Optimizer optimizer =
                RecordedOptimizers.create(
                        record.get("optimizer").asText(),
                        record.get("optimizer_kwargs"),
                        Reference.parse(groups.toString()),
                        params);
        String kind = record.get("scheduler").asText();
        if (kind.equals("ReduceLROnPlateau")) {
            return plateau(record, optimizer);
        }
        LRScheduler scheduler = RecordedOptimizers.scheduler(kind, record.get("kwargs"), optimizer);
        StringBuilder found = new StringBuilder();
        int step = 0;
        for (JsonNode expected : record.get("lr")) {
            if (expected.isObject()) {
                found.append(refuses(expected.get("error").asText(), scheduler));
                break;
            }
            if (step > 0) {
                scheduler.step();
            }
            double[] actual = scheduler.getLastLr().stream().mapToDouble(d -> d).toArray();
            found.append(apart("step " + step, Reference.doubles(expected), actual, 1e-10));
            if (record.hasNonNull("momentum")) {
                double[] momentum =
                        optimizer.paramGroups().stream()
                                .mapToDouble(OptimReferenceTest::momentum)
                                .toArray();
                double[] wanted = Reference.doubles(record.get("momentum").get(step));
                found.append(apart("momentum " + step, wanted, momentum, 1e-10));
            }
            step++;
        }
        return found.toString();
    }

    private static String plateau(JsonNode record, Optimizer optimizer) {
        ReduceLROnPlateau schedule = RecordedOptimizers.plateau(record.get("kwargs"), optimizer);
        double[] metrics = Reference.doubles(record.get("metrics"));
        StringBuilder found = new StringBuilder();
        for (int step = 0; step <= metrics.length; step++) {
            if (step > 0) {
                schedule.step(metrics[step - 1]);
            }
            double[] actual = schedule.getLastLr().stream().mapToDouble(d -> d).toArray();
            double[] expected = Reference.doubles(record.get("lr").get(step));
            found.append(apart("step " + step, expected, actual, 1e-10));
        }
        return found.toString();
    }

    private static String refuses(String message, LRScheduler scheduler) {
        try {
            scheduler.step();
        } catch (IllegalStateException e) {
            return message.contains(Objects.requireNonNull(e.getMessage())) ? "" : e.getMessage();
        }
        return "goes on where PyTorch says " + message;
    }

    private static double momentum(ParamGroup group) {
        if (!group.has("betas")) {
            return group.number("momentum");
        }
        List<?> betas = (List<?>) Objects.requireNonNull(group.get("betas"));
        return ((Number) Objects.requireNonNull(betas.get(0))).doubleValue();
    }

    // ------------------------------------------------------------ clipping, text

    private static String clip(JsonNode record) {
        List<Tensor> params = new ArrayList<>();
        List<Tensor> gradients = new ArrayList<>();
        for (JsonNode g : record.get("grads_in")) {
            Tensor p = g.isNull() ? Tensor.ones(2) : tensor(g);
            params.add(p.requiresGrad(true));
            if (!g.isNull()) {
                p.grad(tensor(g));
                gradients.add(Objects.requireNonNull(p.grad()));
            }
        }
        double limit =
                record.get("args").isEmpty()
                        ? 0
                        : ((Number) RecordedOptimizers.value(record.get("args").get(0)))
                                .doubleValue();
        JsonNode kw = record.get("kwargs");
        double p = kw.has("norm_type") ? Reference.number(kw.get("norm_type").get("float")) : 2;
        double tolerance = record.get("dtype").asText().equals("float64") ? 1e-10 : 1e-4;
        StringBuilder found = new StringBuilder();
        switch (record.get("function").asText()) {
            case "clip_grad_value_" -> ClipGrad.value_(params, limit);
            case "get_total_norm" ->
                    found.append(returned(record, ClipGrad.totalNorm(gradients, p), tolerance));
            case "clip_grad_norm_" -> {
                boolean strict = kw.path("error_if_nonfinite").asBoolean();
                try {
                    Tensor total = ClipGrad.norm_(params, limit, p, strict);
                    found.append(returned(record, total, tolerance));
                } catch (ArithmeticException e) {
                    if (!record.path("error").asText().equals(e.getMessage())) {
                        found.append(e.getMessage());
                    }
                }
            }
            case String other -> throw new RecordedOptimizers.NotImplemented(other);
        }
        int i = 0;
        for (JsonNode g : record.path("grads_out")) {
            if (!g.isNull()) {
                double[] actual = gradients.get(i++).toDoubleArray();
                found.append(
                        apart("gradient", Reference.doubles(g.get("data")), actual, tolerance));
            }
        }
        return found.toString();
    }

    /// What the decimals of a recorded value stand for in its type: a tensor, a number, or a list
    /// of tensors, one after the other.
    private static double[] values(JsonNode value) {
        if (value.isNumber()) {
            return new double[] {value.asDouble()};
        }
        if (value.has("float")) {
            return new double[] {Reference.number(value.get("float"))};
        }
        if (value.has("list")) {
            return Reference.elements(value.get("list"))
                    .filter(e -> !e.isNull())
                    .flatMapToDouble(e -> Arrays.stream(values(e)))
                    .toArray();
        }
        JsonNode t = value.get("tensor");
        double[] values = Reference.doubles(t.get("data"));
        if (t.get("dtype").asText().equals("float32")) {
            Arrays.setAll(values, i -> (float) values[i]);
        }
        return values;
    }

    private static Tensor tensor(JsonNode t) {
        dev.lanegrad.Shape shape = dev.lanegrad.Shape.of(Reference.longs(t.get("shape")));
        Tensor values = Tensor.of(Reference.doubles(t.get("data")), shape);
        return values.to(DType.valueOf(t.get("dtype").asText().toUpperCase(Locale.ROOT)));
    }

    private static String returned(JsonNode record, Tensor actual, double tolerance) {
        double[] expected = Reference.doubles(record.get("returned").get("tensor").get("data"));
        return apart("returned", expected, actual.toDoubleArray(), tolerance);
    }

    private static String repr(JsonNode record) {
        Tensor p = Tensor.ones(2).requiresGrad(true);
        Tensor q = Tensor.ones(3).requiresGrad(true);
        Optimizer optimizer =
                switch (record.get("code").asText()) {
                    case "torch.optim.SGD([{\"params\": [p], \"lr\": 0.1}, {\"params\": [q],"
                                    + " \"momentum\": 0.5}], lr=0.01)" ->
                            SGD.builder()
                                    .lr(0.01)
                                    .group(List.of(p), g -> g.lr(0.1))
                                    .group(List.of(q), g -> g.set("momentum", 0.5))
                                    .build();
                    case "torch.optim.SGD([p], lr=0.01, momentum=0.95)" ->
                            SGD.builder(List.of(p)).lr(0.01).momentum(0.95).build();
                    case "torch.optim.RMSprop([p])" -> RMSprop.builder(List.of(p)).build();
                    case "torch.optim.Adagrad([p])" -> Adagrad.builder(List.of(p)).build();
                    case "torch.optim.Adadelta([p])" -> Adadelta.builder(List.of(p)).build();
                    case "torch.optim.NAdam([p])" -> NAdam.builder(List.of(p)).build();
                    case "torch.optim.Rprop([p])" -> Rprop.builder(List.of(p)).build();
                    case "torch.optim.LBFGS([p])" -> LBFGS.builder(List.of(p)).build();
                    case "torch.optim.Muon([torch.nn.Parameter(torch.ones(2, 2))])" ->
                            Muon.builder(List.of(Tensor.ones(2, 2).parameter())).build();
                    case "torch.optim.Adam([p, q])" -> Adam.builder(List.of(p, q)).build();
                    case "torch.optim.AdamW([p], lr=3e-4, betas=(0.9, 0.95))" ->
                            AdamW.builder(List.of(p)).lr(3e-4).betas(0.9, 0.95).build();
                    case "torch.optim.Adam([{\"params\": [p], \"name\": \"first\"}, {\"params\":"
                                    + " [q], \"lr\": 1e-5}])" ->
                            Adam.builder()
                                    .group(List.of(p), g -> g.set("name", "first"))
                                    .group(List.of(q), g -> g.lr(1e-5))
                                    .build();
                    case String code -> throw new RecordedOptimizers.NotImplemented(code);
                };
        String expected = record.get("expected").asText();
        return optimizer.toString().equals(expected) ? "" : optimizer + "\ninstead of\n" + expected;
    }

    /// Where two lists differ by more than this share of the larger; empty if nowhere. Float32
    /// values near 0 may differ by the rounding of the values around 1 that they come from.
    private static String apart(String what, double[] expected, double[] actual, double tolerance) {
        if (expected.length != actual.length) {
            return "%s: %d values instead of %d\n".formatted(what, actual.length, expected.length);
        }
        double rounding = tolerance > 1e-10 ? 0x1p-24 : 0x1p-53;
        for (int i = 0; i < expected.length; i++) {
            double e = expected[i];
            double a = actual[i];
            boolean same =
                    Double.isFinite(e)
                            ? Math.abs(e - a)
                                    <= tolerance * Math.max(Math.abs(e), Math.abs(a)) + rounding
                            : Double.compare(e, a) == 0;
            if (!same) {
                return "%s[%d]: %s instead of %s\n".formatted(what, i, a, e);
            }
        }
        return "";
    }
}
