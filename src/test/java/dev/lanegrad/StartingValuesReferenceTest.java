package dev.lanegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanegrad.nn.Init;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StartingValuesReferenceTest {
    private static final String FILE = "goldens/rng.jsonl";

    @Test
    void layersStartAsPyTorchsDoForTheSameSeed() {
        int compared = 0;
        for (JsonNode record : records("modules")) {
            Tensor.manualSeed(record.get("seed").asLong());
            try {
                Object values = new ModuleReplay().run(record.get("steps"));
                if (values instanceof List<?> list) {
                    for (int i = 0; i < list.size(); i++) {
                        JsonNode expected = record.get("result").get("tuple").get(i);
                        check(record, expected, (Tensor) Objects.requireNonNull(list.get(i)));
                    }
                } else {
                    check(record, record.get("result"), (Tensor) values);
                }
                compared++;
            } catch (ModuleReplay.NotReplayed e) {
                // A layer that does not exist yet.
            }
        }
        assertTrue(compared >= 48, compared + " layers");
    }

    @Test
    void initFunctionsDrawAsPyTorchsWhateverTheLayout() {
        for (JsonNode record : records("init")) {
            for (boolean reversed : new boolean[] {false, true}) {
                Tensor.manualSeed(record.get("seed").asLong());
                check(record, record.get("result"), init(record.get("steps"), reversed));
            }
        }
    }

    /// @param reversed whether the first axis lies innermost in memory
    private static Tensor init(JsonNode steps, boolean reversed) {
        Map<String, Object> variables = new HashMap<>();
        for (JsonNode step : steps) {
            PythonArguments a = new PythonArguments(step, variables);
            Object value =
                    switch (step.get("op").asText()) {
                        case "torch.empty" -> empty(step, reversed);
                        case "nn.init.calculate_gain" ->
                                Initialization.gain(
                                        (String) Objects.requireNonNull(a.get(0, "", null)));
                        case String op -> init(op, a);
                    };
            variables.put(step.get("out").asText(), value);
        }
        return (Tensor) Objects.requireNonNull(variables.get("result"));
    }

    private static Tensor empty(JsonNode step, boolean reversed) {
        JsonNode dtype = step.path("kw").path("dtype").path("dtype");
        DType type = DType.valueOf(dtype.asText("float32").toUpperCase(Locale.ROOT));
        long[] sizes = Reference.longs(step.get("args"));
        if (!reversed) {
            return Tensor.empty(Shape.of(sizes), type);
        }
        int n = sizes.length;
        long[] mirrored = new long[n];
        int[] axes = new int[n];
        for (int i = 0; i < n; i++) {
            mirrored[i] = sizes[n - 1 - i];
            axes[i] = n - 1 - i;
        }
        return Tensor.empty(Shape.of(mirrored), type).permute(axes);
    }

    private static Tensor init(String op, PythonArguments a) {
        Tensor w = (Tensor) Objects.requireNonNull(a.get(0, "tensor", null));
        double one = a.number(1, "gain", 1).doubleValue();
        return switch (op) {
            case "nn.init.kaiming_uniform_" ->
                    Init.kaimingUniform_(w, slope(a), mode(a), nonlinearity(a));
            case "nn.init.kaiming_normal_" ->
                    Init.kaimingNormal_(w, slope(a), mode(a), nonlinearity(a));
            case "nn.init.xavier_uniform_" -> Init.xavierUniform_(w, one);
            case "nn.init.xavier_normal_" -> Init.xavierNormal_(w, one);
            case "nn.init.uniform_" -> Init.uniform_(w, number(a, 1, "a", 0), number(a, 2, "b", 1));
            case "nn.init.normal_" ->
                    Init.normal_(w, number(a, 1, "mean", 0), number(a, 2, "std", 1));
            case "nn.init.trunc_normal_" ->
                    Init.truncNormal_(
                            w,
                            number(a, 1, "mean", 0),
                            number(a, 2, "std", 1),
                            number(a, 3, "a", -2),
                            number(a, 4, "b", 2));
            case "nn.init.orthogonal_" -> Init.orthogonal_(w, one);
            case "nn.init.sparse_" ->
                    Init.sparse_(w, number(a, 1, "sparsity", 0), number(a, 2, "std", 0.01));
            case "nn.init.dirac_" -> Init.dirac_(w, a.integer(1, "groups", 1));
            case "nn.init.eye_" -> Init.eye_(w);
            case "nn.init.constant_" -> Init.constant_(w, number(a, 1, "val", 0));
            case "nn.init.ones_" -> Init.ones_(w);
            case "nn.init.zeros_" -> Init.zeros_(w);
            default -> throw new IllegalArgumentException(op);
        };
    }

    private static double slope(PythonArguments a) {
        return number(a, 1, "a", 0);
    }

    private static String mode(PythonArguments a) {
        return (String) Objects.requireNonNull(a.get(2, "mode", "fan_in"));
    }

    private static String nonlinearity(PythonArguments a) {
        return (String) Objects.requireNonNull(a.get(3, "nonlinearity", "leaky_relu"));
    }

    private static double number(PythonArguments a, int place, String name, double otherwise) {
        return a.number(place, name, otherwise).doubleValue();
    }

    private static List<JsonNode> records(String kind) {
        return Reference.lines(FILE).filter(r -> r.get("kind").asText().equals(kind)).toList();
    }

    private static void check(JsonNode record, JsonNode expected, Tensor actual) {
        JsonNode tensor = expected.get("tensor");
        double tolerance =
                record.get("bit_exact").asBoolean()
                        ? 0
                        : tensor.get("dtype").asText().equals("float64") ? 1e-12 : 2e-6;
        double[] wanted = Reference.doubles(tensor.get("data"));
        double[] got = actual.toDoubleArray();
        assertEquals(wanted.length, got.length);
        for (int i = 0; i < wanted.length; i++) {
            double e = actual.dtype() == DType.FLOAT32 ? (float) wanted[i] : wanted[i];
            assertEquals(
                    e,
                    got[i],
                    tolerance * Math.max(1, Math.abs(e)),
                    record.get("id").asText() + ": " + record.get("code").asText());
        }
    }
}
