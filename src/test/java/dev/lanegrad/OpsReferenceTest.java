package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanegrad.PythonCall.NotImplemented;
import dev.lanegrad.RecordedTensor.Tolerance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Values and gradients of single operations. What is compared within: float64 to 1e-12 of a value
/// plus 1e-13 of the tensor's largest, float32 to 2e-6 and 1e-6.
class OpsReferenceTest {
    private static final String FILE = "oracle/ops.jsonl";

    /// Expressions that are no single call.
    private static final Map<String, Function<List<Tensor>, Object>> EXPRESSIONS =
            Map.ofEntries(
                    Map.entry("index x[-1,1:3]", x -> x.get(0).select(0, -1).narrow(0, 1, 2)),
                    Map.entry("index x[0:0]", x -> x.get(0).narrow(0, 0, 0)),
                    Map.entry("index x[idx]", x -> x.get(0).index(x.get(1))),
                    Map.entry("index x[i,j]", x -> x.get(0).index(x.get(1), x.get(2))),
                    Map.entry("index x[:,idx]", x -> x.get(0).index(null, x.get(1))),
                    Map.entry(
                            "setitem y=x.clone(); y[1:3,0]=v",
                            x -> {
                                Tensor y = x.get(0).clone();
                                y.narrow(0, 1, 2).select(1, 0).copy_(x.get(1));
                                return y;
                            }),
                    Map.entry(
                            "graph: Q=3*a**3-b**2",
                            x -> x.get(0).pow(3).mul(3).sub(x.get(1).pow(2))),
                    Map.entry("graph: detach; x*x.detach()", x -> x.get(0).mul(x.get(0).detach())),
                    Map.entry(
                            "graph: double backward d/dx sum((d sum(x**3)/dx)**2)",
                            x -> slope(x.get(0).pow(3).sum(), x.get(0)).pow(2).sum()),
                    Map.entry(
                            "graph: double backward through sigmoid/exp/log",
                            x -> {
                                Tensor t = x.get(0);
                                return slope(t.sigmoid().mul(t.exp()).add(t.log()).sum(), t);
                            }),
                    Map.entry(
                            "graph: expand then sum to scalar",
                            x -> x.get(0).expand(4, 3).mul(Tensor.arange(12).view(4, 3)).sum()));

    /// Arguments recorded by name whose place is before other inputs.
    private static final Map<String, String> INSERTED =
            Map.of(
                    "F.layer_norm", "normalized_shape",
                    "torch.einsum", "equation",
                    "torch.gather", "dim",
                    "torch.index_add", "dim",
                    "torch.index_copy", "dim");

    private static Tensor slope(Tensor y, Tensor x) {
        Tensor[] g = Autograd.grad(new Tensor[] {y}, new Tensor[] {x}, null, true, true, false);
        return g[0];
    }

    @Test
    void valuesAndGradientsAreThoseOfPyTorch() {
        Tally tally = new Tally(FILE);
        Map<String, int[]> families = new TreeMap<>();
        Reference.lines(FILE)
                .forEach(record -> {
                    String op = record.get("op").asText();
                    int[] family = families.computeIfAbsent(family(op), f -> new int[2]);
                    family[1]++;
                    if (Replay.enter(tally, record, r -> difference(r, op))) {
                        family[0]++;
                    }
                });
        families.forEach((family, counts) ->
                System.out.printf("  %-24s %d of %d%n", family, counts[0], counts[1]));
        tally.report();
    }

    /// The interface of [Tensor] that declares the method.
    private static String family(String op) {
        String java = Reflected.camelCase(functionName(op));
        for (var method : Tensor.class.getMethods()) {
            if (method.getName().equals(java)) {
                return method.getDeclaringClass().getSimpleName();
            }
        }
        return EXPRESSIONS.containsKey(op) ? "expressions" : "no method of that name";
    }

    /// `conv2d` for `F.conv2d`; also without the variant at the end.
    private static String functionName(String op) {
        return op.substring(op.indexOf('.') + 1)
                .replaceFirst("\\(.*", "")
                .replaceFirst("\\.(scalar|base|weight|no_affine|with_indices)$", "")
                .replaceFirst("\\.(prob_target|pos_weight)$", "");
    }

    private static @Nullable String difference(JsonNode record, String op) {
        List<@Nullable Object> inputs = new ArrayList<>();
        List<Tensor> tensors = new ArrayList<>();
        for (JsonNode input : record.get("inputs")) {
            Object value = Interpreter.recorded(input);
            inputs.add(value);
            if (value instanceof Tensor t) {
                tensors.add(t);
            }
        }
        List<@Nullable Tensor> outputs = Interpreter.tensors(run(op, inputs, tensors, record));
        Tolerance tolerance = Tolerance.of(RecordedTensor.dtype(record.get("dtype").asText()));
        for (int k = 0; k < record.get("outputs").size(); k++) {
            String difference =
                    RecordedTensor.difference(
                            record.get("outputs").get(k), outputs.get(k), tolerance);
            if (difference != null) {
                return "output " + k + ": " + difference;
            }
        }
        return gradientDifference(record, tensors, outputs, tolerance);
    }

    private static @Nullable Object run(
            String op, List<@Nullable Object> inputs, List<Tensor> tensors, JsonNode record) {
        Function<List<Tensor>, Object> expression = EXPRESSIONS.get(op);
        if (expression != null) {
            return expression.apply(tensors);
        }
        if (op.startsWith("F.batch_norm")) {
            return batchNorm(tensors, record.get("kwargs"));
        }
        if (op.startsWith("index") || op.startsWith("inplace") || op.startsWith("graph")) {
            throw new NotImplemented(op);
        }
        Map<String, @Nullable Object> names = new LinkedHashMap<>();
        for (var e : record.get("kwargs").properties()) {
            names.put(e.getKey(), Interpreter.recorded(e.getValue()));
        }
        String inserted = INSERTED.get(op);
        if (inserted != null) {
            inputs.add(inserted.equals("equation") ? 0 : 1, names.remove(inserted));
        }
        if (op.equals("torch.cat") || op.equals("torch.stack")) {
            inputs = List.of(inputs);
        }
        if (op.endsWith(".pos_weight")) {
            names.put("pos_weight", inputs.removeLast());
        }
        return TorchOps.call(functionName(op), new PythonCall(inputs, names));
    }

    /// The running statistics after the call are outputs too.
    private static Object batchNorm(List<Tensor> x, JsonNode options) {
        Tensor mean = x.get(3).clone();
        Tensor variance = x.get(4).clone();
        Tensor y =
                x.get(0)
                        .batchNorm(
                                mean,
                                variance,
                                x.get(1),
                                x.get(2),
                                options.get("training").asBoolean(),
                                options.get("momentum").asDouble(),
                                options.get("eps").asDouble());
        return List.of(y, mean, variance);
    }

    private static @Nullable String gradientDifference(
            JsonNode record,
            List<Tensor> inputs,
            List<@Nullable Tensor> outputs,
            Tolerance tolerance) {
        List<Tensor> roots = new ArrayList<>();
        List<Tensor> weights = new ArrayList<>();
        for (int k = 0; k < record.get("grad_outputs").size(); k++) {
            JsonNode weight = record.get("grad_outputs").get(k);
            Tensor root = outputs.get(k);
            if (!weight.isNull() && root != null && root.requiresGrad()) {
                roots.add(root);
                weights.add(RecordedTensor.read(weight));
            }
        }
        Tensor[] leaves = inputs.stream().filter(Tensor::requiresGrad).toArray(Tensor[]::new);
        @Nullable Tensor[] found = Replay.gradients(roots, weights, leaves);
        int leaf = 0;
        for (int i = 0; i < inputs.size(); i++) {
            Tensor gradient = inputs.get(i).requiresGrad() ? found[leaf++] : null;
            String difference =
                    RecordedTensor.difference(record.get("grads").get(i), gradient, tolerance);
            if (difference != null) {
                return "gradient of input " + i + ": " + difference;
            }
        }
        return null;
    }
}
