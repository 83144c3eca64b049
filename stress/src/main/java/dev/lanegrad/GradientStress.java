package dev.lanegrad;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.D_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/// Two backward passes at once.
public final class GradientStress {
    private GradientStress() {}

    private static double gradient(Tensor leaf) {
        Tensor g = leaf.grad();
        return g == null ? Double.NaN : ((Number) g.item()).doubleValue();
    }

    /// Each thread's own graph over one leaf that has no gradient yet.
    @JCStressTest
    @Outcome(id = "5.0", expect = Expect.ACCEPTABLE, desc = "2 and 3 add up")
    @State
    public static class SharedLeaf {
        private final Tensor w = Tensor.of(1.0).requiresGrad(true);

        /// Made by jcstress.
        public SharedLeaf() {}

        /// One pass.
        @Actor
        public void one() {
            w.mul(2.0).backward();
        }

        /// Another.
        @Actor
        public void two() {
            w.mul(3.0).backward();
        }

        /// What has become of the leaf.
        @Arbiter
        public void leaf(D_Result r) {
            r.r1 = gradient(w);
        }
    }

    /// Passes into a leaf that has a gradient already: one adds to it in place, the other records
    /// itself, and so makes a new gradient instead.
    @JCStressTest
    @Outcome(id = "6.0", expect = Expect.ACCEPTABLE, desc = "1, 2 and 3 add up")
    @State
    public static class Accumulation {
        private final Tensor w = Tensor.of(1.0).requiresGrad(true);

        /// Made by jcstress.
        public Accumulation() {
            w.mul(1.0).backward();
        }

        /// One pass.
        @Actor
        public void one() {
            w.mul(2.0).backward();
        }

        /// One that records itself.
        @Actor
        public void two() {
            w.mul(3.0).backward(null, true, true);
        }

        /// What has become of the leaf.
        @Arbiter
        public void leaf(D_Result r) {
            r.r1 = gradient(w);
        }
    }

    /// Both threads walk the same graph.
    @JCStressTest
    @Outcome(id = "12.0", expect = Expect.ACCEPTABLE, desc = "2·3 twice")
    @State
    public static class SharedGraph {
        private final Tensor w = Tensor.of(3.0).requiresGrad(true);
        private final Tensor y = w.mul(w);

        /// Made by jcstress.
        public SharedGraph() {}

        /// One pass.
        @Actor
        public void one() {
            y.backward(null, true, false);
        }

        /// Another.
        @Actor
        public void two() {
            y.backward(null, true, false);
        }

        /// What has become of the leaf.
        @Arbiter
        public void leaf(D_Result r) {
            r.r1 = gradient(w);
        }
    }

    /// Both threads walk the same graph, each giving back what it kept: one of them may come too
    /// late, and then says so and adds nothing.
    @JCStressTest
    @Outcome(id = "12.0", expect = Expect.ACCEPTABLE, desc = "both came through")
    @Outcome(id = "6.0, freed", expect = Expect.ACCEPTABLE, desc = "one came too late")
    @State
    public static class FreedGraph {
        private final Tensor w = Tensor.of(3.0).requiresGrad(true);
        private final Tensor y = w.mul(w);
        private volatile boolean freed;

        /// Made by jcstress.
        public FreedGraph() {}

        private void pass() {
            try {
                y.backward();
            } catch (IllegalStateException e) {
                freed |= String.valueOf(e.getMessage()).startsWith("Trying to backward");
            }
        }

        /// One pass.
        @Actor
        public void one() {
            pass();
        }

        /// Another.
        @Actor
        public void two() {
            pass();
        }

        /// What has become of the leaf.
        @Arbiter
        public void leaf(L_Result r) {
            r.r1 = gradient(w) + (freed ? ", freed" : "");
        }
    }

    /// Both threads record the first operation on a leaf: its gradients meet in one node.
    @JCStressTest
    @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "one node")
    @State
    public static class Accumulator {
        private final Tensor w = Tensor.of(1.0).requiresGrad(true);
        private Tensor a = w;
        private Tensor b = w;

        /// Made by jcstress.
        public Accumulator() {}

        /// One operation.
        @Actor
        public void one() {
            a = w.mul(2.0);
        }

        /// Another.
        @Actor
        public void two() {
            b = w.exp();
        }

        /// Whether they lead to the same node.
        @Arbiter
        public void node(Z_Result r) {
            r.r1 = a.gradFn().nextFunctions().get(0).equals(b.gradFn().nextFunctions().get(0));
        }
    }

    /// Hooks are added while a pass runs: none is lost, and later passes see all of them.
    @JCStressTest
    @Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "both are there afterwards")
    @State
    public static class HookRegistration {
        private final Tensor w = Tensor.of(1.0).requiresGrad(true);
        private final Tensor y = w.mul(2.0);
        private final java.util.concurrent.atomic.AtomicInteger one =
                new java.util.concurrent.atomic.AtomicInteger();
        private final java.util.concurrent.atomic.AtomicInteger two =
                new java.util.concurrent.atomic.AtomicInteger();

        /// Made by jcstress.
        public HookRegistration() {}

        private void add(java.util.concurrent.atomic.AtomicInteger calls) {
            y.registerHook(g -> {
                calls.incrementAndGet();
                return null;
            });
        }

        /// A hook.
        @Actor
        public void first() {
            add(one);
        }

        /// Another.
        @Actor
        public void second() {
            add(two);
        }

        /// Passes afterwards.
        @Arbiter
        public void calls(II_Result r) {
            y.backward(null, true, false);
            y.backward(null, true, false);
            r.r1 = one.get();
            r.r2 = two.get();
        }
    }
}
