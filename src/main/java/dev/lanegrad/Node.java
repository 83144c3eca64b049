package dev.lanegrad;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A recorded operation: the vertex of the graph that backward walks.
public final class Node {
    private static final AtomicLong SEQUENCE = new AtomicLong();

    /// Nodes made later have higher numbers; leaves' accumulations come before everything else.
    final long sequence;

    private final @Nullable Edge[] edges;
    private OutputInfo[] outputs = {};
    private @Nullable Backward rule;
    private volatile @Nullable NodeHooks hooks;

    /// Where the operation was called, if anybody wants to know.
    private final Anomaly.@Nullable Origin origin = Anomaly.origin();

    private final String name;

    Node(Backward rule, @Nullable Edge[] edges) {
        this.rule = rule;
        this.name = rule.name();
        this.edges = edges;
        this.sequence =
                rule instanceof AccumulateGrad ? Long.MAX_VALUE : SEQUENCE.getAndIncrement();
    }

    /// The node of an operation that is recorded now.
    static Node recorded(Backward rule, @Nullable Edge[] edges) {
        Node node = new Node(rule, edges);
        Checkpoint.recorded(node.name);
        return node;
    }

    /// Sees the gradients of a node's outputs before its derivative is computed.
    @FunctionalInterface
    public interface Prehook {
        /// The gradients to go on with, as many; null for those given.
        @Nullable Tensor @Nullable [] apply(@Nullable Tensor[] gradOutputs);
    }

    /// Sees what a node's derivative has computed.
    @FunctionalInterface
    public interface Hook {
        /// The gradients of the inputs to go on with, as many; null for those given.
        @Nullable Tensor @Nullable [] apply(
                @Nullable Tensor[] gradInputs, @Nullable Tensor[] gradOutputs);
    }

    /// PyTorch's name of the operation, for example `MulBackward0`.
    public String name() {
        return name;
    }

    /// The name without the C++ namespace that PyTorch's name has for some, as it is printed.
    String typeName() {
        return name.substring(name.lastIndexOf(':') + 1);
    }

    /// The name of the operation itself, as PyTorch's messages have it, for example `Mul`.
    String operation() {
        return name.replaceFirst("Backward\\d*$", "");
    }

    /// Where the gradients of the inputs go, in the order of the inputs; null where an input needs
    /// none.
    public List<@Nullable Edge> nextFunctions() {
        List<@Nullable Edge> next = new ArrayList<>(edges.length);
        for (Edge edge : edges) {
            next.add(edge);
        }
        return Collections.unmodifiableList(next);
    }

    /// Calls `hook` in every backward pass through this node before its derivative is computed, as
    /// `register_prehook`.
    public RemovableHandle registerPrehook(Prehook hook) {
        return hooksToAddTo().before.add(hook);
    }

    /// Calls `hook` in every backward pass through this node after its derivative is computed, as
    /// `register_hook`.
    public RemovableHandle registerHook(Hook hook) {
        return hooksToAddTo().after.add(hook);
    }

    synchronized NodeHooks hooksToAddTo() {
        NodeHooks h = hooks;
        if (h == null) {
            h = new NodeHooks();
            hooks = h;
        }
        return h;
    }

    @Nullable NodeHooks hooks() {
        return hooks;
    }

    Anomaly.@Nullable Origin origin() {
        return origin;
    }

    /// The part of the program that the operation was called in, if it is known.
    @Nullable String place() {
        return origin == null ? null : origin.place();
    }

    /// For example `<MulBackward0 object at 0x3f2a1b>`.
    @Override
    public String toString() {
        return "<"
                + name
                + " object at 0x"
                + Integer.toHexString(System.identityHashCode(this))
                + ">";
    }

    /// Whether this is the end of a path, where a leaf gets its gradient.
    boolean isAccumulation() {
        return rule instanceof AccumulateGrad;
    }

    @Nullable Edge[] edges() {
        return edges;
    }

    void outputs(OutputInfo... infos) {
        outputs = infos;
    }

    OutputInfo output(int k) {
        return outputs[k];
    }

    int outputCount() {
        return outputs.length;
    }

    /// The derivative.
    ///
    /// @throws IllegalStateException if what it kept was given back by an earlier backward
    Backward rule() {
        Backward r = rule;
        if (r == null) {
            throw new IllegalStateException(
                    "Trying to backward through the graph a second time (or directly access saved"
                            + " tensors after they have already been freed). Saved intermediate"
                            + " values of the graph are freed when you call .backward() or"
                            + " autograd.grad(). Specify retain_graph=True if you need to backward"
                            + " through the graph a second time or if you need to access saved"
                            + " tensors after calling backward.");
        }
        return r;
    }

    /// The derivative, unless what it kept was given back.
    @Nullable Backward ruleIfKept() {
        return rule;
    }

    /// Whether what the operation kept was given back.
    boolean isReleased() {
        return rule == null;
    }

    /// Lets go of what the operation kept.
    void release() {
        Backward r = rule;
        if (r != null && r.keepsTensors()) {
            rule = null;
        }
    }
}
