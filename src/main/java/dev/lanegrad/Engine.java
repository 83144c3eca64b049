package dev.lanegrad;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
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

    private final Map<Node, Task> tasks = new HashMap<>();
    private final PriorityQueue<Task> ready =
            new PriorityQueue<>(Comparator.comparingLong((Task t) -> t.node.sequence).reversed());
    private @Nullable Set<Node> wanted;
    private @Nullable Map<Edge, Integer> captures;
    private @Nullable Set<Node> targets;
    private @Nullable Set<Node> ends;
    private @Nullable Tensor[] captured = {};

    /// @param create whether the gradients get a history
    private Engine(boolean retain, boolean create) {
        this.retain = retain;
        this.create = create;
        this.recording = create || ForwardMode.isOn();
    }

    /// Adds the gradients of `roots` to the leaves, or only to `inputs` if these are given.
    static void backward(
            Tensor[] roots,
            Tensor[] gradients,
            Tensor @Nullable [] inputs,
            boolean retain,
            boolean create) {
        Engine engine = new Engine(retain, create);
        if (inputs != null) {
            Set<Node> targets = new HashSet<>();
            for (Tensor input : inputs) {
                targets.add(java.util.Objects.requireNonNull(input.gradientEdge()).node());
            }
            engine.targets = targets;
        }
        engine.run(roots, gradients);
    }

    /// The gradients at `inputs`, null where there is no path; leaves stay as they are.
    static @Nullable Tensor[] grad(
            Tensor[] roots, Tensor[] gradients, Tensor[] inputs, boolean retain, boolean create) {
        Engine engine = new Engine(retain, create);
        engine.captured = new Tensor[inputs.length];
        Map<Edge, Integer> captures = new HashMap<>();
        for (int i = 0; i < inputs.length; i++) {
            captures.putIfAbsent(inputs[i].gradientEdge(), i);
        }
        engine.captures = captures;
        engine.run(roots, gradients);
        for (int i = 0; i < inputs.length; i++) {
            Integer first = captures.get(inputs[i].gradientEdge());
            engine.captured[i] = engine.captured[first == null ? i : first];
        }
        return engine.captured;
    }

    /// The gradients of a root at edges of its graph, null where there is no path. The pass ends at
    /// these edges, so that none of the gradients has gone through another of them.
    static @Nullable Tensor[] gradAt(Tensor root, Tensor gradient, Edge[] edges, boolean create) {
        Engine engine = new Engine(create, create);
        engine.captured = new Tensor[edges.length];
        Map<Edge, Integer> captures = new HashMap<>();
        Set<Node> ends = new HashSet<>();
        for (int i = 0; i < edges.length; i++) {
            captures.put(edges[i], i);
            ends.add(edges[i].node());
        }
        engine.captures = captures;
        engine.ends = ends;
        engine.run(new Tensor[] {root}, new Tensor[] {gradient});
        return engine.captured;
    }

    /// The gradients of a node's inputs from those of its outputs, recorded.
    static @Nullable Tensor[] apply(Node node, @Nullable Tensor[] gradients) {
        Gradients g = new Gradients(new Engine(true, true), node, gradients);
        node.rule().backward(g);
        return g.inputs();
    }

    boolean recording() {
        return recording;
    }

    boolean wants(Node node) {
        return wanted == null || wanted.contains(node);
    }

    private void run(Tensor[] roots, Tensor[] gradients) {
        Modes modes = Modes.current();
        boolean gradBefore = modes.grad;
        Engine engineBefore = modes.engine;
        modes.grad = create;
        modes.engine = recording ? null : this;
        try {
            countDependencies(roots);
            for (int i = 0; i < roots.length; i++) {
                Edge edge = roots[i].gradientEdge();
                Task task = edge == null ? null : tasks.get(edge.node());
                if (edge != null && task != null) {
                    arrive(task, edge.outputNr(), gradients[i]);
                }
            }
            for (Task task : tasks.values()) {
                if (task.waiting == 0) {
                    ready.add(task);
                }
            }
            for (Task task = ready.poll(); task != null; task = ready.poll()) {
                process(task);
            }
        } finally {
            modes.grad = gradBefore;
            modes.engine = engineBefore;
        }
    }

    private void countDependencies(Tensor[] roots) {
        ArrayDeque<Node> open = new ArrayDeque<>();
        for (Tensor root : roots) {
            Edge edge = root.gradientEdge();
            if (edge != null && tasks.putIfAbsent(edge.node(), new Task(edge.node())) == null) {
                open.add(edge.node());
            }
        }
        for (Node node = open.poll(); node != null; node = open.poll()) {
            for (Edge edge : node.edges()) {
                if (edge != null && !isEnd(node)) {
                    Task task = tasks.get(edge.node());
                    if (task == null) {
                        task = new Task(edge.node());
                        tasks.put(edge.node(), task);
                        open.add(edge.node());
                    }
                    task.waiting++;
                }
            }
        }
        if (captures != null) {
            Set<Node> captured = new HashSet<>();
            captures().keySet().forEach(edge -> captured.add(edge.node()));
            limitTo(captured);
        } else if (targets != null) {
            limitTo(targets);
        }
    }

    /// Whether the pass goes no further than this node.
    private boolean isEnd(Node node) {
        return ends != null && ends.contains(node);
    }

    /// Keeps the nodes from which one of `goals` can be reached.
    private void limitTo(Set<Node> goals) {
        Set<Node> reach = new HashSet<>(goals);
        Node[] bySequence = tasks.keySet().toArray(new Node[0]);
        Arrays.sort(
                bySequence,
                Comparator.comparingLong((Node n) -> n.edges().length == 0 ? -1 : n.sequence));
        for (Node node : bySequence) {
            for (Edge edge : node.edges()) {
                if (edge != null && reach.contains(edge.node())) {
                    reach.add(node);
                }
            }
        }
        wanted = reach;
        tasks.keySet().retainAll(reach);
        tasks.values().forEach(task -> task.waiting = 0);
        for (Node node : tasks.keySet()) {
            for (Edge edge : node.edges()) {
                Task task = edge == null || isEnd(node) ? null : tasks.get(edge.node());
                if (task != null) {
                    task.waiting++;
                }
            }
        }
    }

    private Map<Edge, Integer> captures() {
        return captures == null ? Map.of() : captures;
    }

    private void process(Task task) {
        Node node = task.node;
        NodeHooks hooks = node.hooks();
        if (hooks != null) {
            hooks.runTensorHooks(task.inbox);
        }
        capture(task);
        if (node.isAccumulation()) {
            accumulate(node, task.inbox, hooks);
        } else if (!endsHere(node)) {
            Gradients g = new Gradients(this, node, task.inbox);
            if (task.any()) {
                differentiate(node, g, task.inbox, hooks);
            }
            send(node, g);
        }
        for (Tensor consumed : task.inbox) {
            if (consumed != null) {
                unpin(consumed.storage());
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
        try {
            Anomaly.backward(node, g);
        } finally {
            modes.differentiating = outer;
        }
        if (hooks != null) {
            hooks.runAfter(g.inputs(), gradients);
        }
        if (!retain) {
            node.release();
        }
    }

    private void accumulate(Node node, @Nullable Tensor[] gradients, @Nullable NodeHooks hooks) {
        if (captures != null || gradients[0] == null) {
            return;
        }
        if (hooks != null) {
            hooks.runBefore(gradients);
        }
        Tensor gradient = gradients[0];
        AccumulateGrad leaf = (AccumulateGrad) node.rule();
        if (gradient != null) {
            leaf.accumulate(gradient, owns(gradient.storage()), recording);
        }
        if (hooks != null) {
            hooks.runAfterAccumulation(leaf.leaf());
            hooks.runAfter(new @Nullable Tensor[0], gradients);
        }
    }

    /// Whether nothing that is wanted lies behind the node.
    private boolean endsHere(Node node) {
        if (wanted == null) {
            return false;
        }
        if (isEnd(node)) {
            return true;
        }
        for (Edge edge : node.edges()) {
            if (edge != null && wants(edge.node())) {
                return false;
            }
        }
        return true;
    }

    private void capture(Task task) {
        for (var e : captures().entrySet()) {
            if (e.getKey().node() == task.node) {
                Tensor gradient = task.inbox[e.getKey().outputNr()];
                if (gradient != null) {
                    gradient.storage().escape();
                    captured[e.getValue()] = gradient;
                }
            }
        }
    }

    private void send(Node node, Gradients g) {
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
            Task next = edge == null ? null : tasks.get(edge.node());
            if (edge != null && next != null) {
                if (gradient != null) {
                    arrive(next, edge.outputNr(), gradient);
                }
                if (--next.waiting == 0) {
                    ready.add(next);
                }
            } else if (gradient != null) {
                unpin(gradient.storage());
            }
        }
    }

    /// Adds a pinned gradient to what has arrived at a place.
    private void arrive(Task task, int outputNr, Tensor gradient) {
        Tensor before = task.inbox[outputNr];
        if (before == null) {
            task.inbox[outputNr] = gradient;
        } else if (owns(before.storage()) && before.isDense()) {
            Elementwise.accumulate(before, gradient);
            unpin(gradient.storage());
        } else {
            Tensor sum = before.add(gradient);
            pin(sum.storage());
            task.inbox[outputNr] = sum;
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

    /// A node's state in this pass.
    private static final class Task {
        final Node node;
        final @Nullable Tensor[] inbox;
        int waiting;

        Task(Node node) {
            this.node = node;
            this.inbox = new Tensor[node.outputCount()];
        }

        boolean any() {
            for (Tensor t : inbox) {
                if (t != null) {
                    return true;
                }
            }
            return false;
        }
    }
}
