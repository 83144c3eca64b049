package dev.lanegrad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Derivatives along with values: tensors that carry a tangent.
///
/// There is one rule per operation, that of [Backward], and forward mode is had from it. The rule
/// computes `gx = Jᵀ·v`, linear in v; run once on any v with a record of what it does, and that
/// record run backwards from the tangent of x, it gives `J·tx`, the tangent of the result. So an
/// operation costs its rule and the derivative of its rule besides its value, several times what a
/// forward rule of its own would; but nothing is kept beyond the operation.
final class ForwardMode {
    /// How many threads have a level; reading it is all that operations pay otherwise.
    private static final AtomicInteger LEVELS = new AtomicInteger();

    /// A level, from the time it is entered until it is left; levels entered within it are further
    /// in.
    static final class Level {
        /// The level that this one was entered at, if any.
        final @Nullable Level outer;

        private boolean open = true;

        private Level(@Nullable Level outer) {
            this.outer = outer;
        }
    }

    /// A tangent at a level, of a tensor's elements as they were at a version, before those at
    /// other levels.
    record Dual(Tensor tangent, Level level, int version, @Nullable Dual others) {}

    private ForwardMode() {}

    // ------------------------------------------------------------ levels

    static Autograd.Mode enter() {
        Modes modes = Modes.current();
        Level level = new Level(modes.level);
        modes.level = level;
        LEVELS.incrementAndGet();
        return () -> {
            if (level.open) {
                level.open = false;
                LEVELS.decrementAndGet();
            }
            while (modes.level != null && !modes.level.open) {
                modes.level = modes.level.outer;
            }
        };
    }

    /// Whether this thread is at a level.
    static boolean isOn() {
        return LEVELS.get() > 0 && Modes.current().level != null;
    }

    /// Runs code whose operations leave tangents alone.
    static Autograd.Mode pause() {
        return at(null);
    }

    /// Runs code as if no level further in than this one had been entered.
    private static Autograd.Mode at(@Nullable Level level) {
        Modes modes = Modes.current();
        Level before = modes.level;
        modes.level = level;
        return () -> modes.level = before;
    }

    // ------------------------------------------------------------ dual tensors

    static Tensor makeDual(Tensor x, Tensor tangent) {
        Level level = Modes.current().level;
        if (level == null) {
            throw new IllegalStateException(
                    "Trying to create a dual Tensor for forward AD but no level exists, make sure"
                            + " to enter_dual_level() first.");
        }
        if (!x.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    "Expected primal to be floating point or complex, but got: " + x.dtype());
        }
        if (!tangent.shape().equals(x.shape()) || tangent.dtype() != x.dtype()) {
            throw new IllegalArgumentException(
                    "makeDual: the tangent is %s %s, but the primal %s %s"
                            .formatted(tangent.dtype(), tangent.shape(), x.dtype(), x.shape()));
        }
        Tensor y;
        try (var _ = at(level.outer)) {
            y = x.view(x.shape().toArray());
        }
        set(y, tangent, level);
        return y;
    }

    static Autograd.Dual unpackDual(Tensor x) {
        Level level = Modes.current().level;
        Tensor tangent = level == null ? null : tangent(x, level);
        if (level == null || tangent == null) {
            return new Autograd.Dual(x, null);
        }
        try (var _ = at(level.outer)) {
            return new Autograd.Dual(x.view(x.shape().toArray()), tangent);
        }
    }

    /// Gives `y` its tangent at a level, in the place of one that it may have; forgets those at
    /// levels that were left.
    private static void set(Tensor y, Tensor tangent, Level level) {
        Dual others = null;
        for (Dual dual = y.dual; dual != null; dual = dual.others()) {
            if (dual.level() != level && dual.level().open) {
                others = new Dual(dual.tangent(), dual.level(), dual.version(), others);
            }
        }
        y.dual = new Dual(tangent, level, y.version().value(), others);
    }

    /// The tangent of `x` at a level, if it has one.
    ///
    /// @throws IllegalStateException if the memory of `x` was written to by way of another tensor
    private static @Nullable Tensor tangent(Tensor x, Level level) {
        Dual dual = x.dual;
        while (dual != null && dual.level() != level) {
            dual = dual.others();
        }
        if (dual == null) {
            return null;
        }
        if (dual.version() != x.version().value()) {
            throw new IllegalStateException(
                    "forward mode: the dual tensor %s was written to through another tensor that shares its memory; its tangent is that of version %d, but it is at version %d"
                            .formatted(x.shape(), dual.version(), x.version().value()));
        }
        return dual.tangent();
    }

    /// Whether `x` has a tangent at a level that this thread is at.
    static boolean isDual(Tensor x) {
        for (Dual dual = x.dual; dual != null; dual = dual.others()) {
            for (Level level = Modes.current().level; level != null; level = level.outer) {
                if (dual.level() == level) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The same elements without history, with the tangents.
    static Tensor detached(Tensor x) {
        Tensor y = x.detach();
        y.dual = x.dual;
        return y;
    }

    // ------------------------------------------------------------ operations

    /// Gives the results of an operation their tangents at every level at which an input has one.
    ///
    /// From the outermost level inwards: the tangents at a level are computed at the next one
    /// outside, where the rule finds results that have their tangents already, and so have tangents
    /// themselves.
    static void push(Tensor[] ys, Backward rule, @Nullable Tensor... inputs) {
        Level innermost = Modes.current().level;
        if (innermost != null) {
            push(innermost, ys, rule, inputs);
        }
    }

    private static void push(Level level, Tensor[] ys, Backward rule, @Nullable Tensor... inputs) {
        if (level.outer != null) {
            push(level.outer, ys, rule, inputs);
        }
        @Nullable Edge[] edges = new Edge[inputs.length];
        @Nullable Tensor[] tangents = new Tensor[inputs.length];
        boolean recorded = false;
        for (int i = 0; i < inputs.length; i++) {
            Tensor x = inputs[i];
            Tensor t = x == null ? null : tangent(x, level);
            if (x != null && t != null) {
                edges[i] = sink(x);
                tangents[i] = t;
                recorded |= t.requiresGrad();
            }
            recorded |= x != null && x.requiresGrad();
        }
        if (Arrays.stream(tangents).allMatch(t -> t == null)) {
            return;
        }
        boolean create = recorded && Modes.current().grad;
        @Nullable Tensor[] results;
        Modes modes = Modes.current();
        SavedHooks<?> hooks = modes.savedHooks;
        Checkpoint.Segment segment = modes.segment;
        modes.savedHooks = null;
        modes.segment = null;
        try (var _ = at(level.outer);
                var _ = Autograd.enableGrad()) {
            results = product(ys, rule, edges, tangents, create);
        } finally {
            modes.savedHooks = hooks;
            modes.segment = segment;
        }
        for (int k = 0; k < ys.length; k++) {
            Tensor tangent = results[k];
            if (tangent != null) {
                set(ys[k], tangent, level);
            }
        }
    }

    /// As [#push(Tensor[], Backward, Tensor[])] for an operation that wrote over its first input,
    /// which has been counted.
    static void pushWrite(Tensor x, Backward rule, @Nullable Tensor... inputs) {
        if (x.base() != null && isOn()) {
            for (Tensor input : inputs) {
                if (input != null && isDual(input)) {
                    throw new IllegalStateException(
                            "forward mode: a write to a part of a tensor, here %s of %s, has no tangent; make a new tensor instead"
                                    .formatted(x.shape(), x.base().shape()));
                }
            }
        }
        x.dual = afterWrite(x.dual, x.version().value());
        push(new Tensor[] {x}, rule, inputs);
    }

    /// Tangents that were those of the version before `now`, as those of `now`.
    private static @Nullable Dual afterWrite(@Nullable Dual dual, int now) {
        return dual == null
                ? null
                : new Dual(
                        dual.tangent(),
                        dual.level(),
                        dual.version() == now - 1 ? now : dual.version(),
                        afterWrite(dual.others(), now));
    }

    /// The end of an edge to an input, of whose gradient only shape and type matter.
    private static Edge sink(Tensor x) {
        Node node = new Node(new AccumulateGrad(x), new Edge[0]);
        node.outputs(OutputInfo.of(x));
        return new Edge(node, 0);
    }

    /// `J·t`, as the derivative of `Jᵀ·v` by v in direction t; null for outputs without one.
    private static @Nullable Tensor[] product(
            Tensor[] ys,
            Backward rule,
            @Nullable Edge[] edges,
            @Nullable Tensor[] tangents,
            boolean create) {
        Node node = new Node(rule, edges);
        node.outputs(Arrays.stream(ys).map(OutputInfo::of).toArray(OutputInfo[]::new));
        @Nullable Tensor[] v = new Tensor[ys.length];
        List<Tensor> leaves = new ArrayList<>();
        for (int k = 0; k < ys.length; k++) {
            if (ys[k].dtype().isFloatingPoint()) {
                Tensor leaf = Creation.zeros(ys[k].shape(), ys[k].dtype()).requiresGrad(true);
                v[k] = leaf;
                leaves.add(leaf);
            }
        }
        @Nullable Tensor[] gx = Engine.apply(node, v);
        List<Tensor> roots = new ArrayList<>();
        List<Tensor> weights = new ArrayList<>();
        for (int i = 0; i < gx.length; i++) {
            Tensor root = gx[i];
            Tensor t = tangents[i];
            if (root != null && t != null) {
                roots.add(root);
                weights.add(t);
            }
        }
        Tensor[] found =
                Functional.gradients(
                        roots.toArray(new Tensor[0]),
                        leaves.toArray(new Tensor[0]),
                        weights.toArray(new Tensor[0]),
                        create,
                        create);
        @Nullable Tensor[] all = new Tensor[ys.length];
        for (int k = 0, next = 0; k < ys.length; k++) {
            all[k] = v[k] == null ? null : found[next++];
        }
        return all;
    }
}
