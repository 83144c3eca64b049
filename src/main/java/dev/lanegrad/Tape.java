package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// Recording of operations.
final class Tape {
    private Tape() {}

    /// Whether an operation on `x` is recorded.
    static boolean records(Tensor x) {
        return x.requiresGrad() && Modes.current().grad;
    }

    static boolean records(Tensor x, Tensor y) {
        return (x.requiresGrad() || y.requiresGrad()) && Modes.current().grad;
    }

    static boolean records(@Nullable Tensor... inputs) {
        for (Tensor x : inputs) {
            if (x != null && x.requiresGrad()) {
                return Modes.current().grad;
            }
        }
        return false;
    }

    /// Makes `y` the output of a recorded operation on `inputs`, of which those may be null that
    /// the operation did without.
    static Tensor record(Tensor y, Backward rule, @Nullable Tensor... inputs) {
        Node node = new Node(rule, edges(inputs));
        node.outputs(OutputInfo.of(y));
        y.setHistory(node, 0);
        return y;
    }

    /// Makes `ys` the outputs of one recorded operation; outputs without a gradient (integers) stay
    /// as they are.
    static void recordAll(Tensor[] ys, Backward rule, @Nullable Tensor... inputs) {
        Node node = new Node(rule, edges(inputs));
        OutputInfo[] infos = new OutputInfo[ys.length];
        for (int k = 0; k < ys.length; k++) {
            infos[k] = OutputInfo.of(ys[k]);
            if (ys[k].dtype().isFloatingPoint()) {
                ys[k].setHistory(node, k);
            }
        }
        node.outputs(infos);
    }

    static @Nullable Edge[] edges(@Nullable Tensor[] inputs) {
        @Nullable Edge[] edges = new Edge[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            Tensor x = inputs[i];
            edges[i] = x == null ? null : x.gradientEdge();
        }
        return edges;
    }
}
