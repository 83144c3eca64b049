package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// Recording of operations.
final class Tape {
    private Tape() {}

    /// Whether an operation on `x` is recorded, or its derivative taken along with it.
    static boolean records(Tensor x) {
        return (x.requiresGrad() && Modes.current().grad) || isDual(x);
    }

    static boolean records(Tensor x, Tensor y) {
        return ((x.requiresGrad() || y.requiresGrad()) && Modes.current().grad)
                || isDual(x)
                || isDual(y);
    }

    static boolean records(@Nullable Tensor... inputs) {
        if (hasHistory(inputs)) {
            return true;
        }
        for (Tensor x : inputs) {
            if (x != null && isDual(x)) {
                return true;
            }
        }
        return false;
    }

    /// Whether derivatives by `x` are wanted, backwards or forwards: where a rule keeps only what
    /// the derivatives need, this says what they need.
    static boolean tracks(Tensor x) {
        return x.requiresGrad() || isDual(x);
    }

    private static boolean isDual(Tensor x) {
        return x.dual != null && ForwardMode.isDual(x);
    }

    /// Whether the result of an operation on `inputs` gets a history.
    static boolean hasHistory(@Nullable Tensor... inputs) {
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
        if (!ForwardMode.isOn()) {
            setHistory(y, rule, inputs);
            return y;
        }
        if (hasHistory(inputs)) {
            setHistory(y, rule, inputs);
        }
        ForwardMode.push(new Tensor[] {y}, rule, inputs);
        return y;
    }

    /// Makes `ys` the outputs of one recorded operation; outputs without a gradient (integers) stay
    /// as they are.
    static void recordAll(Tensor[] ys, Backward rule, @Nullable Tensor... inputs) {
        if (hasHistory(inputs)) {
            setHistories(ys, rule, inputs);
        }
        ForwardMode.push(ys, rule, inputs);
    }

    private static void setHistory(Tensor y, Backward rule, @Nullable Tensor... inputs) {
        Node node = Node.recorded(rule, edges(inputs));
        node.outputs(OutputInfo.of(y));
        y.setHistory(node, 0);
    }

    private static void setHistories(Tensor[] ys, Backward rule, @Nullable Tensor... inputs) {
        Node node = Node.recorded(rule, edges(inputs));
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
