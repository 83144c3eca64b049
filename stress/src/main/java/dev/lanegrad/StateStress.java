package dev.lanegrad;

import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// What threads share besides gradients: modes (nothing of them), version counters, memory.
public final class StateStress {
    private StateStress() {}

    /// Modes are switched on one thread and seen on no other.
    @JCStressTest
    @Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "each its own")
    @State
    public static class GradMode {
        private final Tensor w = Tensor.of(1.0).requiresGrad(true);

        /// Made by jcstress.
        public GradMode() {}

        /// Does not record.
        @Actor
        public void without(ZZ_Result r) {
            try (var _ = Autograd.noGrad()) {
                r.r1 = w.mul(2.0).requiresGrad();
            }
        }

        /// Records.
        @Actor
        public void with(ZZ_Result r) {
            r.r2 = w.mul(2.0).requiresGrad();
        }
    }

    /// Inference mode, and forward mode within it, on one thread; a backward on the other.
    @JCStressTest
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "each its own")
    @State
    public static class InferenceMode {
        private final Tensor w = Tensor.of(1.0).requiresGrad(true);

        /// Made by jcstress.
        public InferenceMode() {}

        /// Carries tangents, and records nothing.
        @Actor
        public void inference(ZZ_Result r) {
            try (var _ = Autograd.inferenceMode();
                    var _ = Autograd.forwardMode()) {
                Tensor y = Autograd.makeDual(Tensor.of(1.0), Tensor.of(2.0)).mul(3.0);
                r.r1 = y.isInference() && Autograd.unpackDual(y).tangent() != null;
            }
        }

        /// Records, and carries no tangents.
        @Actor
        public void backward(ZZ_Result r) {
            Tensor y = w.mul(2.0);
            y.backward();
            r.r2 = !y.isInference() && w.grad() != null;
        }
    }

    /// Searching for anomalies starts and ends on one thread while another records.
    @JCStressTest
    @Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "each its own")
    @State
    public static class AnomalyMode {
        /// Made by jcstress.
        public AnomalyMode() {}

        /// Searches.
        @Actor
        public void searching(ZZ_Result r) {
            try (var _ = Autograd.detectAnomaly()) {
                r.r1 = Autograd.isAnomalyEnabled();
            }
        }

        /// Does not.
        @Actor
        public void other(ZZ_Result r) {
            r.r2 = Autograd.isAnomalyEnabled();
        }
    }

    /// Two writes in place to different parts of a tensor are two versions.
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "no write is forgotten")
    @State
    public static class Versions {
        private final Tensor x = Tensor.of(1.0, 2.0);
        private final Tensor first = x.narrow(0, 0, 1);
        private final Tensor second = x.detach().narrow(0, 1, 1);

        /// Made by jcstress.
        public Versions() {}

        /// A write.
        @Actor
        public void one() {
            first.mul_(2.0);
        }

        /// A write.
        @Actor
        public void two() {
            second.mul_(2.0);
        }

        /// How many were counted.
        @Arbiter
        public void count(I_Result r) {
            r.r1 = x.version().value();
        }
    }

    /// Arrays that were given back are handed out again, each to one thread.
    @JCStressTest
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "nobody else wrote")
    @State
    public static class PoolReuse {
        private static final int SIZE = 4096;

        /// Made by jcstress.
        public PoolReuse() {}

        private static boolean isMine(float mark) {
            float[] mine = (float[]) Pool.acquire(DType.FLOAT32, SIZE);
            Arrays.fill(mine, mark);
            Thread.onSpinWait();
            boolean same = true;
            for (float v : mine) {
                same &= v == mark;
            }
            Pool.give(DType.FLOAT32, mine);
            return same;
        }

        /// Uses an array.
        @Actor
        public void one(ZZ_Result r) {
            r.r1 = isMine(1);
        }

        /// Uses an array.
        @Actor
        public void two(ZZ_Result r) {
            r.r2 = isMine(2);
        }
    }

    /// The same by way of scopes and of backward passes, whose memory is reused without the
    /// collector.
    @JCStressTest
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "both gradients are right")
    @State
    public static class ScopedMemory {
        private static final int SIZE = 4096;

        /// Made by jcstress.
        public ScopedMemory() {}

        private static boolean isRight(double factor) {
            Tensor x = Tensor.full(Shape.of(SIZE), 2, DType.FLOAT64).requiresGrad(true);
            try (var _ = Lanegrad.scope()) {
                x.mul(factor).mul(x).sum().backward();
            }
            Tensor g = x.grad();
            return g != null && Arrays.stream(g.toDoubleArray()).allMatch(v -> v == 4 * factor);
        }

        /// One network's step.
        @Actor
        public void one(ZZ_Result r) {
            r.r1 = isRight(3);
        }

        /// Another's.
        @Actor
        public void two(ZZ_Result r) {
            r.r2 = isRight(5);
        }
    }
}
