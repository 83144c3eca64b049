package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanegrad.Functional.Product;
import dev.lanegrad.RecordedTensor.Tolerance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Jacobians, Hessians and products with them, float64, within 1e-10.
class FunctionalReferenceTest {
    private static final Tolerance BOUND = new Tolerance(1e-10, 1e-12);

    @Test
    void derivativesOfFunctionsAreThoseOfPyTorch() {
        Tally tally = new Tally("goldens/higher.jsonl (functional)");
        Reference.lines("goldens/higher.jsonl")
                .filter(record -> record.has("f"))
                .forEach(
                        record -> Replay.enter(tally, record, FunctionalReferenceTest::difference));
        tally.report();
    }

    private static @Nullable String difference(JsonNode record) {
        List<String> names = record.has("y") ? List.of("x", "y") : List.of("x");
        Tensor[] inputs =
                names.stream().map(n -> RecordedTensor.read(record.get(n))).toArray(Tensor[]::new);
        java.util.function.Function<Tensor[], Tensor> f =
                x -> {
                    Interpreter program = new Interpreter(record.path("constants"));
                    for (int i = 0; i < x.length; i++) {
                        program.set(names.get(i), x[i]);
                    }
                    return (Tensor) Interpreter.present(program.run(record.get("f_steps")));
                };
        java.util.function.Function<Tensor[], Tensor[]> all = x -> new Tensor[] {f.apply(x)};
        for (Map.Entry<String, JsonNode> e : record.properties()) {
            JsonNode expected = e.getValue();
            List<Tensor> actual =
                    switch (e.getKey()) {
                        case "jacobian" -> List.of(Functional.jacobian(all, inputs, false)[0]);
                        case "hessian" ->
                                Arrays.stream(Functional.hessian(f, inputs, false))
                                        .flatMap(Arrays::stream)
                                        .toList();
                        case "vjp" ->
                                product(Functional.vjp(all, inputs, direction(expected), false));
                        case "jvp" ->
                                product(Functional.jvp(all, inputs, direction(expected), false));
                        case "hvp" ->
                                product(Functional.hvp(f, inputs, direction(expected), false));
                        case "vhp" ->
                                product(Functional.vhp(f, inputs, direction(expected), false));
                        default -> List.of();
                    };
            if (!actual.isEmpty()) {
                List<JsonNode> parts =
                        parts(
                                expected.path("result").isMissingNode()
                                        ? expected
                                        : expected.get("result"));
                for (int i = 0; i < parts.size(); i++) {
                    String difference =
                            Replay.difference(e.getKey(), parts.get(i), actual.get(i), BOUND);
                    if (difference != null) {
                        return difference;
                    }
                }
            }
        }
        return null;
    }

    private static List<Tensor> product(Product p) {
        return List.of(p.product());
    }

    private static Tensor[] direction(JsonNode product) {
        return parts(product.get("v")).stream().map(RecordedTensor::read).toArray(Tensor[]::new);
    }

    /// The tensors in nested tuples, in order.
    private static List<JsonNode> parts(JsonNode value) {
        if (!value.has("tuple")) {
            return List.of(value);
        }
        List<JsonNode> all = new ArrayList<>();
        value.get("tuple").forEach(part -> all.addAll(parts(part)));
        return all;
    }
}
