package dev.lanegrad;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A hook on several tensors, which runs once in each backward pass: when the gradients of all
/// those are there that the pass computes.
final class MultiGradHook {
    private final Edge[] edges;
    private final Consumer<@Nullable Tensor[]> hook;

    /// By pass; passes of several threads may come by at once.
    private final Map<Walk, Arrived> passes = new WeakHashMap<>();

    private static final class Arrived {
        final @Nullable Tensor[] gradients;
        int missing;

        Arrived(int tensors, int missing) {
            this.gradients = new Tensor[tensors];
            this.missing = missing;
        }
    }

    private MultiGradHook(Edge[] edges, Consumer<@Nullable Tensor[]> hook) {
        this.edges = edges;
        this.hook = hook;
    }

    static RemovableHandle register(List<Tensor> tensors, Consumer<@Nullable Tensor[]> hook) {
        Edge[] edges = new Edge[tensors.size()];
        for (int i = 0; i < edges.length; i++) {
            Edge edge = tensors.get(i).gradientEdge();
            if (edge == null) {
                throw new IllegalStateException(
                        "cannot register a hook on a tensor that doesn't require gradient");
            }
            edges[i] = edge;
        }
        MultiGradHook all = new MultiGradHook(edges, hook);
        List<RemovableHandle> handles = new ArrayList<>();
        for (int i = 0; i < edges.length; i++) {
            int at = i;
            handles.add(tensors.get(i).registerHook(g -> all.arrived(at, g)));
        }
        return new RemovableHandle(() -> handles.forEach(RemovableHandle::remove));
    }

    private @Nullable Tensor arrived(int at, Tensor gradient) {
        Walk walk = Modes.current().walk;
        @Nullable Tensor[] complete = walk == null ? null : complete(walk, at, gradient);
        if (complete != null) {
            hook.accept(complete);
        }
        return null;
    }

    private synchronized @Nullable Tensor @Nullable [] complete(
            Walk walk, int at, Tensor gradient) {
        Arrived arrived = passes.computeIfAbsent(walk, this::expected);
        arrived.gradients[at] = gradient;
        if (--arrived.missing > 0) {
            return null;
        }
        passes.remove(walk);
        return arrived.gradients;
    }

    private Arrived expected(Walk walk) {
        int count = 0;
        for (Edge edge : edges) {
            count += walk.of(edge.node()) == null ? 0 : 1;
        }
        return new Arrived(edges.length, count);
    }
}
