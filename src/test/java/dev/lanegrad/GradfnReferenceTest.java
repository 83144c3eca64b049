package dev.lanegrad;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanegrad.PythonCall.Argued;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The recorded graphs: names of operations and which of their outputs goes where.
class GradfnReferenceTest {
    /// Graphs that are not PyTorch's, with the reason.
    private static final Map<String, String> OTHER_GRAPHS =
            Map.of(
                    "x // 2",
                    "the gradient is zeros, where PyTorch records that it has none to give",
                    "F.local_response_norm(img, 2)",
                    "the sums come from a 2-d pool of any stride, not from a padded 3-d one",
                    "F.margin_ranking_loss(x, y, n)",
                    "a number is added by the user's add, not by an inner one",
                    "F.triplet_margin_loss(x, y, n)",
                    "a number is added by the user's add, not by an inner one",
                    "F.scaled_dot_product_attention(c, c, c)",
                    "a number is multiplied by the user's mul; softmax is safe anyway",
                    "torch.einsum(\"ii->\", q)",
                    "axes that are in order are not permuted",
                    "F.pad(img, (1, 1, 1, 1), mode=\"circular\")",
                    "the edges are taken by their numbers, not copied in place");

    @Test
    void graphsAreThoseOfPyTorch() {
        Replay.report("goldens/gradfn.jsonl", GradfnReferenceTest::difference);
    }

    private static @Nullable String difference(JsonNode record) {
        String reason = OTHER_GRAPHS.get(record.get("code").asText());
        if (reason != null) {
            throw new Argued(reason);
        }
        Interpreter interpreter = new Interpreter(record.get("inputs"));
        List<@Nullable Tensor> outputs = Interpreter.tensors(interpreter.run(record.path("steps")));
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        for (int k = 0; k < record.get("outputs").size(); k++) {
            expected.add(describe(record.get("outputs").get(k)));
            Tensor y = k < outputs.size() ? outputs.get(k) : null;
            actual.add(y == null ? "null" : describe(y, interpreter));
        }
        return expected.equals(actual) ? null : "expected\n" + expected + "\nbut was\n" + actual;
    }

    private static String describe(JsonNode output) {
        if (output.isNull()) {
            return "null";
        }
        List<String> nodes = new ArrayList<>();
        for (JsonNode node : output.path("nodes")) {
            nodes.add(node.get("name").asText() + " " + node.path("leaf").asText(""));
        }
        return "%s %s requires_grad=%s is_leaf=%s output_nr=%s %s %s"
                .formatted(
                        output.get("dtype").asText(),
                        output.get("shape"),
                        output.get("requires_grad"),
                        output.get("is_leaf"),
                        output.path("output_nr").asInt(),
                        nodes,
                        Reference.elements(output.path("edges")).map(JsonNode::toString).toList());
    }

    private static String describe(Tensor y, Interpreter interpreter) {
        List<Node> order = new ArrayList<>();
        List<String> nodes = new ArrayList<>();
        List<String> edges = new ArrayList<>();
        if (y.gradFn() != null) {
            order.add(y.gradFn());
        }
        for (int from = 0; from < order.size(); from++) {
            Node node = order.get(from);
            nodes.add(node.name() + " " + leafName(node, interpreter));
            for (int position = 0; position < node.nextFunctions().size(); position++) {
                Edge edge = node.nextFunctions().get(position);
                Integer to = edge == null ? null : number(order, edge.node());
                int input = edge == null ? 0 : edge.outputNr();
                edges.add("[%d,%d,%s,%d]".formatted(from, position, to, input));
            }
        }
        return "%s %s requires_grad=%s is_leaf=%s output_nr=%s %s %s"
                .formatted(
                        y.dtype(),
                        y.shape().toString().replace(" ", ""),
                        y.requiresGrad(),
                        y.isLeaf(),
                        y.outputNr(),
                        nodes,
                        edges);
    }

    private static int number(List<Node> order, Node node) {
        for (int i = 0; i < order.size(); i++) {
            if (order.get(i) == node) {
                return i;
            }
        }
        order.add(node);
        return order.size() - 1;
    }

    private static String leafName(Node node, Interpreter interpreter) {
        if (!(node.rule() instanceof AccumulateGrad accumulate)) {
            return "";
        }
        return interpreter.nameOf(accumulate.leaf());
    }
}
