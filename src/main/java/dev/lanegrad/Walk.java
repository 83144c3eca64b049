package dev.lanegrad;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part of a graph that a backward pass goes through, and how many gradients each node waits
/// for. One look-up for each edge; all else follows references.
final class Walk {
    private final Map<Node, Visit> visits = new HashMap<>();

    /// In the order in which they were found, roots first.
    private final List<Visit> found = new ArrayList<>();

    private boolean limited;

    private Walk() {}

    /// Everything that can be reached from the roots.
    static Walk from(Tensor... roots) {
        Walk walk = new Walk();
        for (Tensor root : roots) {
            Edge edge = root.gradientEdge();
            if (edge != null) {
                walk.visit(edge.node());
            }
        }
        walk.follow();
        return walk;
    }

    private Visit visit(Node node) {
        Visit visit = visits.get(node);
        if (visit == null) {
            visit = new Visit(node);
            visits.put(node, visit);
            found.add(visit);
        }
        return visit;
    }

    private void follow() {
        for (int k = 0; k < found.size(); k++) {
            Visit visit = found.get(k);
            @Nullable Edge[] edges = visit.node.edges();
            for (int i = 0; i < edges.length; i++) {
                Edge edge = edges[i];
                if (edge != null) {
                    Visit input = visit(edge.node());
                    visit.next[i] = input;
                    input.waiting++;
                }
            }
        }
    }

    /// All visits of the pass.
    List<Visit> visits() {
        return found;
    }

    /// The visit of a node; null if the pass does not come there or has nothing to do there.
    @Nullable Visit of(Node node) {
        Visit visit = visits.get(node);
        return visit != null && visit.wanted ? visit : null;
    }

    /// Whether the pass leaves out what leads to none of its goals.
    boolean isLimited() {
        return limited;
    }

    /// Leaves out everything from which none of `goals` can be reached; counts again what the rest
    /// waits for.
    void limitTo(Iterable<Node> goals) {
        limited = true;
        List<Visit> rootsFirst = sorted();
        found.forEach(visit -> visit.wanted = false);
        for (Node goal : goals) {
            Visit visit = visits.get(goal);
            if (visit != null) {
                visit.wanted = true;
            }
        }
        for (int k = rootsFirst.size() - 1; k >= 0; k--) {
            Visit visit = rootsFirst.get(k);
            for (int i = 0; i < visit.next.length; i++) {
                Visit input = visit.next[i];
                if (input != null && input.wanted) {
                    visit.wanted = true;
                } else {
                    visit.next[i] = null;
                }
            }
        }
        found.removeIf(visit -> !visit.wanted);
        for (Visit visit : found) {
            for (Visit input : visit.next) {
                if (input != null) {
                    input.waiting++;
                }
            }
        }
    }

    /// All visits, each before those that it leads to; leaves nothing waiting.
    private List<Visit> sorted() {
        List<Visit> all = new ArrayList<>(found.size());
        for (Visit visit : found) {
            if (visit.waiting == 0) {
                all.add(visit);
            }
        }
        for (int k = 0; k < all.size(); k++) {
            for (Visit input : all.get(k).next) {
                if (input != null && --input.waiting == 0) {
                    all.add(input);
                }
            }
        }
        return all;
    }
}
