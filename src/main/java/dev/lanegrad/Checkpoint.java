package dev.lanegrad;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Time for memory, as `torch.utils.checkpoint`: a part of a network keeps nothing for backward but
/// its inputs; backward computes it once more.
///
/// ```java
/// Tensor y = Checkpoint.run(block::forward, x);
/// ```
///
/// Gradients are those without a checkpoint, also of parameters and other tensors that the function
/// uses besides its inputs, and of any order. The default random generator is set back for the
/// second run, so that dropout drops the same. What else the function changes, it changes twice:
/// running statistics of batch normalizations, for example.
public final class Checkpoint {
    private Checkpoint() {}

    /// What `fn` makes of `x`.
    ///
    /// @param fn does the same every time it is called
    public static Tensor run(UnaryOperator<Tensor> fn, Tensor x) {
        return runAll(t -> fn.apply(t[0]), x);
    }

    /// What `fn` makes of several `inputs`.
    ///
    /// @param fn does the same every time it is called
    public static Tensor runAll(Function<Tensor[], Tensor> fn, Tensor... inputs) {
        Tensor[] x = inputs.clone();
        Segment segment = Segment.of(fn, x);
        Tensor y = segment.output();
        if (segment.edges().isEmpty()) {
            return y;
        }
        Saved[] saved = Arrays.stream(x).map(Saved::of).toArray(Saved[]::new);
        Node node =
                new Node(
                        new CheckpointBackward(fn, saved, segment.random(), segment.operations()),
                        segment.edges().toArray(new Edge[0]));
        Tensor out = y.detach();
        node.outputs(OutputInfo.of(out));
        out.setHistory(node, 0);
        out.dual = y.dual;
        return out;
    }

    /// A run of a function: what it returned, and where its graph continues outside.
    ///
    /// @param edges from operations of this run to what was there before, each once
    /// @param operations of this run by name, in the order in which backward meets them
    /// @param random the generator's state before
    private record Segment(
            Tensor output, List<Edge> edges, List<String> operations, byte[] random) {
        static Segment of(Function<Tensor[], Tensor> fn, Tensor[] x) {
            byte[] random = Generator.defaultGenerator().state();
            long first = Node.nextSequence();
            Tensor y = fn.apply(x);
            Set<Edge> edges = new LinkedHashSet<>();
            List<String> operations = new ArrayList<>();
            Edge root = y.gradientEdge();
            if (root != null && root.node().isSince(first)) {
                walk(root.node(), first, edges, operations);
            }
            return new Segment(y, List.copyOf(edges), operations, random);
        }

        private static void walk(Node root, long first, Set<Edge> edges, List<String> operations) {
            Set<Node> seen = new HashSet<>(Set.of(root));
            ArrayDeque<Node> open = new ArrayDeque<>(seen);
            for (Node node = open.poll(); node != null; node = open.poll()) {
                operations.add(node.name());
                for (Edge edge : node.edges()) {
                    if (edge != null && !edge.node().isSince(first)) {
                        edges.add(edge);
                    } else if (edge != null && seen.add(edge.node())) {
                        open.add(edge.node());
                    }
                }
            }
        }
    }

    record CheckpointBackward(
            Function<Tensor[], Tensor> fn, Saved[] inputs, byte[] random, List<String> operations)
            implements Backward {
        @Override
        public void backward(Gradients g) {
            Tensor gy = NodeHooks.lent(g.gy());
            @Nullable Tensor[] gx = NodeHooks.outside(() -> gradients(gy, g.recording()));
            for (int i = 0; i < gx.length; i++) {
                Tensor gradient = gx[i];
                if (gradient != null && g.needs(i)) {
                    g.put(i, NodeHooks.lent(gradient));
                }
            }
        }

        private @Nullable Tensor[] gradients(Tensor gy, boolean recording) {
            Segment again = again();
            if (!again.operations().equals(operations)) {
                throw new IllegalStateException(
                        "checkpoint: the function did other operations the second time: "
                                + again.operations()
                                + " instead of "
                                + operations);
            }
            return Engine.gradAt(again.output(), gy, again.edges().toArray(new Edge[0]), recording);
        }

        private Segment again() {
            Generator generator = Generator.defaultGenerator();
            byte[] now = generator.state();
            generator.state(random);
            try (var _ = Autograd.enableGrad()) {
                return Segment.of(fn, Arrays.stream(inputs).map(Saved::get).toArray(Tensor[]::new));
            } finally {
                generator.state(now);
            }
        }
    }
}
