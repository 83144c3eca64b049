package dev.lanegrad;

import org.jspecify.annotations.Nullable;

/// What passes through one node in a backward pass: the gradients of its outputs come in, those of
/// its inputs go out.
final class Gradients {
    private final boolean recording;
    private final Node node;

    /// Where the gradients of the inputs go, null where none is wanted; null if all are.
    private final @Nullable Visit @Nullable [] next;

    private final @Nullable Tensor[] outputs;
    private final @Nullable Tensor[] inputs;

    /// The gradients of the whole tensor, where these are of a write to a part of it.
    private final @Nullable Gradients whole;

    private final @Nullable OutputInfo slice;

    Gradients(
            boolean recording,
            Node node,
            @Nullable Tensor[] outputs,
            @Nullable Visit @Nullable [] next) {
        this(recording, node, outputs, next, null, null);
    }

    private Gradients(
            boolean recording,
            Node node,
            @Nullable Tensor[] outputs,
            @Nullable Visit @Nullable [] next,
            @Nullable Gradients whole,
            @Nullable OutputInfo slice) {
        this.recording = recording;
        this.node = node;
        this.outputs = outputs;
        this.next = next;
        this.inputs = new Tensor[node.edges().length];
        this.whole = whole;
        this.slice = slice;
    }

    /// The gradients of an operation that wrote its only output over a part of its first input.
    Gradients ofSlice(OutputInfo part, Tensor gradient) {
        @Nullable Tensor[] only = {gradient};
        return new Gradients(recording, node, only, next, this, part);
    }

    /// Whether the backward pass is itself recorded (`createGraph`).
    boolean recording() {
        return recording;
    }

    /// The gradient of a node's only output.
    Tensor gy() {
        return gy(0);
    }

    /// The gradient of output k; zeros if nothing depends on that output.
    Tensor gy(int k) {
        Tensor g = outputs[k];
        return g != null ? g : node.output(k).zeros();
    }

    int outputCount() {
        return outputs.length;
    }

    /// Whether anything depends on output k.
    boolean has(int k) {
        return outputs[k] != null;
    }

    /// Whether the gradient of input i is wanted.
    boolean needs(int i) {
        return next == null ? node.edges()[i] != null : next[i] != null;
    }

    /// Hands out the gradient of input i, of the input's shape or of one that it broadcasts to.
    void put(int i, Tensor gradient) {
        Edge edge = node.edges()[i];
        if (slice != null && i == 0) {
            inputs[0] = slice.fit(gradient, node.name(), 0);
        } else if (whole != null) {
            whole.put(i, gradient);
        } else if (edge != null) {
            inputs[i] = edge.node().output(edge.outputNr()).fit(gradient, node.name(), i);
        }
    }

    @Nullable Tensor[] inputs() {
        return inputs;
    }
}
