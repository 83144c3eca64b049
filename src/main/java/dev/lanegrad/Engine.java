package dev.lanegrad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// One backward pass: walks the graph from the roots, latest operation first, each node once all
/// gradients of its outputs have arrived.
///
/// Iterative, so that no depth of graph overflows the stack. The first gradient to arrive at a
/// place is handed on without a copy, later ones are added to it in place where the pass owns its
/// memory: where it was allocated in this pass and no other gradient in flight lies in it. Such
/// memory goes back to the pool when its gradient has been consumed.
final class Engine {
    private final boolean retain;
    private final boolean create;

    /// Whether something follows each tensor operation of this pass: its own history, or tangents.
    private final boolean recording;

    private final PriorityQueue<Visit> ready =
            new PriorityQueue<>(Comparator.comparingLong((Visit v) -> v.node.sequence).reversed());
    private final @Nullable Tensor[] captured;

    /// Whether gradients are returned, and leaves stay as they are.
    private final boolean capturing;

    /// @param create whether the gradients get a history
    /// @param captured where gradients go that are returned; null if the leaves get theirs
    private Engine(boolean retain, boolean create, @Nullable Tensor @Nullable [] captured) {
        this.retain = retain;
        this.create = create;
        this.recording = create || ForwardMode.isOn();
        this.capturing = captured != null;
        this.captured = captured == null ? new Tensor[0] : captured;
    }

    /// Adds the gradients of `roots` to the leaves, or only to `inputs` if these are given.
    static void backward(
            Tensor[] roots,
            Tensor[] gradients,
            Tensor @Nullable [] inputs,
            boolean retain,
            boolean create) {
        Walk walk = Walk.from(roots);
        if (inputs != null) {
            List<Node> goals = new ArrayList<>();
            for (Tensor input : inputs) {
                goals.add(edgeOf(input).node());
            }
            walk.limitTo(goals);
        }
        new Engine(retain, create, null).run(walk, roots, gradients);
    }

    /// The gradients at `inputs`, null where there is no path; leaves stay as they are.
    static @Nullable Tensor[] grad(
            Tensor[] roots, Tensor[] gradients, Tensor[] inputs, boolean retain, boolean create) {
        Edge[] edges = Arrays.stream(inputs).map(Engine::edgeOf).toArray(Edge[]::new);
        Walk walk = Walk.from(roots);
        walk.limitTo(Arrays.stream(edges).map(Edge::node).toList());
        Engine engine = new Engine(retain, create, new Tensor[edges.length]);
        int[] places = new int[edges.length];
        for (int i = 0; i < edges.length; i++) {
            Visit visit = walk.of(edges[i].node());
            places[i] = visit == null ? i : visit.capture(edges[i].outputNr(), i);
        }
        engine.run(walk, roots, gradients);
        @Nullable Tensor[] all = new Tensor[edges.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = engine.captured[places[i]];
        }
        return all;
    }

    private static Edge edgeOf(Tensor input) {
        return Objects.requireNonNull(input.gradientEdge());
    }

    /// The gradients of a node's inputs from those of its outputs, recorded.
    static @Nullable Tensor[] apply(Node node, @Nullable Tensor[] gradients) {
        Gradients g = new Gradients(true, node, gradients, null);
        node.rule().backward(g);
        return g.inputs();
    }

    private void run(Walk walk, Tensor[] roots, Tensor[] gradients) {
        Modes modes = Modes.current();
        boolean gradBefore = modes.grad;
        Engine engineBefore = modes.engine;
        Walk walkBefore = modes.walk;
        modes.walk = walk;
        modes.passes++;
        modes.grad = create;
        modes.engine = recording ? null : this;
        try {
            for (int i = 0; i < roots.length; i++) {
                Edge edge = roots[i].gradientEdge();
                Visit visit = edge == null ? null : walk.of(edge.node());
                if (edge != null && visit != null) {
                    arrive(visit, edge.outputNr(), gradients[i]);
                }
            }
            for (Visit visit : walk.visits()) {
                if (visit.waiting == 0) {
                    ready.add(visit);
                }
            }
            for (Visit visit = ready.poll(); visit != null; visit = ready.poll()) {
                process(visit, walk.isLimited());
            }
        } finally {
            modes.grad = gradBefore;
            modes.engine = engineBefore;
            modes.walk = walkBefore;
            List<Runnable> after = modes.afterPass;
            if (--modes.passes == 0 && after != null) {
                modes.afterPass = null;
                after.forEach(Runnable::run);
            }
        }
    }

    /// Has something done when the outermost backward pass of this thread ends; never if there is
    /// none.
    static void afterPass(Runnable action) {
        Modes modes = Modes.current();
        if (modes.passes > 0) {
            List<Runnable> after = modes.afterPass == null ? new ArrayList<>() : modes.afterPass;
            after.add(action);
            modes.afterPass = after;
        }
    }

    private void process(Visit visit, boolean limited) {
        Node node = visit.node;
        NodeHooks hooks = node.hooks();
        if (hooks != null) {
            hooks.runTensorHooks(visit.inbox);
        }
        visit.captureInto(captured);
        if (node.isAccumulation()) {
            accumulate(node, visit.inbox, hooks);
        } else if (!limited || visit.goesOn()) {
            Gradients g = new Gradients(recording, node, visit.inbox, visit.next);
            if (visit.any()) {
                differentiate(node, g, visit.inbox, hooks);
            }
            send(visit.next, node, g);
        }
        for (int k = 0; k < visit.inbox.length; k++) {
            Tensor consumed = visit.inbox[k];
            if (consumed != null) {
                unpin(consumed.storage());
                visit.inbox[k] = null;
            }
        }
    }

    private void differentiate(
            Node node, Gradients g, @Nullable Tensor[] gradients, @Nullable NodeHooks hooks) {
        if (hooks != null) {
            hooks.runBefore(gradients);
        }
        Modes modes = Modes.current();
        Node outer = modes.differentiating;
        modes.differentiating = node;
        BackwardEvent event = new BackwardEvent();
        event.begin();
        try {
            Anomaly.backward(node, g);
        } finally {
            modes.differentiating = outer;
        }
        event.commit(node);
        if (hooks != null) {
            hooks.runAfter(g.inputs(), gradients);
        }
        if (!retain) {
            node.release();
        }
    }

    private void accumulate(Node node, @Nullable Tensor[] gradients, @Nullable NodeHooks hooks) {
        if (capturing || gradients[0] == null) {
            return;
        }
        if (hooks != null) {
            hooks.runBefore(gradients);
        }
        Tensor gradient = gradients[0];
        AccumulateGrad leaf = (AccumulateGrad) node.rule();
        if (gradient != null) {
            BackwardEvent event = new BackwardEvent();
            event.begin();
            leaf.accumulate(gradient, owns(gradient.storage()), recording);
            event.commit(node);
        }
        if (hooks != null) {
            hooks.runAfterAccumulation(leaf.leaf());
            hooks.runAfter(new @Nullable Tensor[0], gradients);
            leaf.leaf().shareGrad();
        }
    }

    private void send(@Nullable Visit[] next, Node node, Gradients g) {
        @Nullable Edge[] edges = node.edges();
        @Nullable Tensor[] inputs = g.inputs();
        for (Tensor gradient : inputs) {
            if (gradient != null) {
                pin(gradient.storage());
            }
        }
        for (int i = 0; i < edges.length; i++) {
            Edge edge = edges[i];
            Tensor gradient = inputs[i];
            Visit input = next[i];
            if (edge != null && input != null) {
                if (gradient != null) {
                    arrive(input, edge.outputNr(), gradient);
                }
                if (--input.waiting == 0) {
                    ready.add(input);
                }
            } else if (gradient != null) {
                unpin(gradient.storage());
            }
        }
    }

    /// Adds a pinned gradient to what has arrived at a place.
    private void arrive(Visit visit, int outputNr, Tensor gradient) {
        Tensor before = visit.inbox[outputNr];
        if (before == null) {
            visit.inbox[outputNr] = gradient;
        } else if (owns(before.storage()) && before.isDense()) {
            Elementwise.accumulate(before, gradient);
            unpin(gradient.storage());
        } else {
            Tensor sum = before.add(gradient);
            pin(sum.storage());
            visit.inbox[outputNr] = sum;
            unpin(before.storage());
            unpin(gradient.storage());
        }
    }

    private void pin(Storage storage) {
        if (storage.owner == this) {
            storage.pins++;
        }
    }

    private void unpin(Storage storage) {
        if (storage.owner == this && --storage.pins == 0) {
            storage.release();
        }
    }

    /// Whether only one gradient in flight, and nothing outside this pass, lies in the storage.
    private boolean owns(Storage storage) {
        return storage.owner == this && storage.pins == 1;
    }
}
