package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanegrad.PythonCall.NotImplemented;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The types that results have, over operations and types of operands.
class PromotionReferenceTest {
    private static final String FILE = "goldens/promotion.jsonl";

    @Test
    void resultsHaveTheTypesOfPyTorch() {
        Replay.report(FILE, PromotionReferenceTest::difference);
    }

    private static @Nullable String difference(JsonNode record) {
        String expected =
                record.has("error")
                        ? "an error"
                        : record.get("result").toString().replace("\"", "");
        String actual;
        try {
            actual = types(run(record));
        } catch (NotImplemented missing) {
            throw missing;
        } catch (RuntimeException e) {
            actual = "an error";
        }
        return expected.equals(actual) ? null : "expected " + expected + " but was " + actual;
    }

    private static String types(@Nullable Object value) {
        List<String> names = new ArrayList<>();
        for (Object part : Interpreter.parts(value)) {
            names.add(
                    switch (part) {
                        case Tensor t -> t.dtype().toString();
                        case DType type -> type.toString();
                        case null, default -> throw new NotImplemented("result " + part);
                    });
        }
        return names.size() == 1 ? names.get(0) : names.toString().replace(" ", "");
    }

    // ------------------------------------------------------------ operands

    /// Java has no bool among its numbers, so Python's is a tensor that yields like one.
    private static final Map<String, Object> NUMBERS =
            Map.of(
                    "int",
                    2L,
                    "float",
                    1.5,
                    "bool",
                    Creation.number(new boolean[] {true}, DType.BOOL));

    private static Object operand(JsonNode record, String side) {
        String type = record.get(side).asText();
        return switch (record.get(side + "_kind").asText()) {
            case "python" -> NUMBERS.get(type);
            case "0d" -> Tensor.full(Shape.of(), 1, RecordedTensor.dtype(type));
            default -> Tensor.full(Shape.of(2, 2), 1, RecordedTensor.dtype(type));
        };
    }

    private static @Nullable Object run(JsonNode record) {
        String kind = record.get("kind").asText();
        if (record.has("steps")) {
            Tensor.setDefaultDtype(RecordedTensor.dtype(record.get("default_dtype").asText()));
            try {
                return new Interpreter(record.path("inputs")).run(record.get("steps"));
            } finally {
                Tensor.setDefaultDtype(DType.FLOAT32);
            }
        }
        String op = record.get("op").asText();
        Object a = operand(record, "a");
        if (!record.has("b")) {
            return single(op, (Tensor) a);
        }
        Object b = operand(record, "b");
        return kind.startsWith("binary function") ? function(op, a, b) : operator(op, a, b);
    }

    private static @Nullable Object operator(String op, Object a, Object b) {
        Object left =
                switch (a) {
                    case Long n -> Creation.number(n);
                    case Double x -> Creation.number(x);
                    default -> a;
                };
        return op.equals("floordiv")
                ? TorchOps.call("floor_divide", PythonCall.of(left, b))
                : Reflected.call(op, left, b);
    }

    private static @Nullable Object function(String op, Object a, Object b) {
        String name = op.substring(op.indexOf('.') + 1);
        return switch (name) {
            case "where" ->
                    TorchOps.call(
                            name, PythonCall.of(Tensor.full(Shape.of(2, 2), 1, DType.BOOL), a, b));
            case "cat", "stack" -> TorchOps.call(name, PythonCall.of(List.of(a, b)));
            case "dot" ->
                    TorchOps.call(
                            name, PythonCall.of(((Tensor) a).flatten(), ((Tensor) b).flatten()));
            case "true_divide(rounding_mode=floor)" ->
                    TorchOps.call(
                            "div", new PythonCall(List.of(a, b), Map.of("rounding_mode", "floor")));
            case "result_type" -> Tensor.resultType((Tensor) a, (Tensor) b);
            case "promote_types" -> DType.promoteTypes(((Tensor) a).dtype(), ((Tensor) b).dtype());
            default -> TorchOps.call(name, PythonCall.of(a, b));
        };
    }

    // ------------------------------------------------------------ one operand

    private static @Nullable Object single(String op, Tensor x) {
        return switch (op) {
            case "sum(0)", "min(0)" ->
                    TorchOps.call(op.substring(0, op.indexOf('(')), PythonCall.of(x, 0L));
            case "sum(dtype=float32)", "mean(dtype=float64)" ->
                    TorchOps.call(
                            op.substring(0, op.indexOf('(')),
                            new PythonCall(
                                    List.of(x),
                                    Map.of(
                                            "dtype",
                                            op.contains("32") ? DType.FLOAT32 : DType.FLOAT64)));
            case "bincount" -> x.flatten().bincount();
            case "type_as" -> x.to(Tensor.ones(1).dtype());
            case "new_ones" -> Tensor.full(Shape.of(2), 1, x.dtype());
            case "x[x]" -> PythonIndex.get(Tensor.ones(4, 4), x);
            case "topk" -> TorchOps.call(op, PythonCall.of(x, 1L));
            case "embedding" -> TorchOps.call(op, PythonCall.of(x, Tensor.full(Shape.of(2, 2), 1)));
            case "cumsum", "cumprod", "cummax", "logsumexp", "softmax", "mode", "sort" ->
                    TorchOps.call(op, PythonCall.of(x, 0L));
            case "clamp(0, 1)" -> TorchOps.call("clamp", PythonCall.of(x, 0L, 1L));
            case "clamp(0.5)" -> TorchOps.call("clamp", PythonCall.of(x, 0.5));
            case "pow(2)" -> TorchOps.call("pow", PythonCall.of(x, 2L));
            case "pow(0.5)" -> TorchOps.call("pow", PythonCall.of(x, 0.5));
            case "2 ** x" -> PythonOperators.call("pow", PythonCall.of(2L, x));
            case "1 / x" -> PythonOperators.call("truediv", PythonCall.of(1L, x));
            case "1 - x" -> PythonOperators.call("sub", PythonCall.of(1L, x));
            case "fill_(1.7)" -> TorchOps.call("fill_", PythonCall.of(x, 1.7));
            case "add_(1)" -> TorchOps.call("add_", PythonCall.of(x, 1L));
            case "add_(1.5)" -> TorchOps.call("add_", PythonCall.of(x, 1.5));
            case "mul_(True)" -> TorchOps.call("mul_", PythonCall.of(x, NUMBERS.get("bool")));
            case "div_(2)" -> TorchOps.call("div_", PythonCall.of(x, 2L));
            case "to(float32)" -> TorchOps.call("to", PythonCall.of(x, DType.FLOAT32));
            case "masked_fill(1.5)" ->
                    TorchOps.call(
                            "masked_fill",
                            PythonCall.of(x, Tensor.full(Shape.of(2, 2), 1, DType.BOOL), 1.5));
            case "F.dropout" -> TorchOps.call("dropout", PythonCall.of(x));
            case "F.softmax(dtype)" ->
                    TorchOps.call("softmax", PythonCall.of(x, 0L, DType.FLOAT32));
            case "F.linear" -> TorchOps.call("linear", PythonCall.of(x, x));
            case "addmm", "addcmul" -> TorchOps.call(op, PythonCall.of(x, x, x));
            case "lerp" -> TorchOps.call(op, PythonCall.of(x, x, 0.5));
            case String other when other.contains("(") || other.contains("[") ->
                    throw new NotImplemented(other);
            case String other -> TorchOps.call(other.replace("F.", ""), PythonCall.of(x));
        };
    }
}
