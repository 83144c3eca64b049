package dev.lanegrad.kernels.f32;

import dev.lanegrad.kernels.StepRule;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The arithmetic of [StepRule]s in PyTorch's order; each becomes a loop of its own (see
/// [StepTemplate]).
///
/// `first` is the new a, `second` the new b, `moved` the new w. Numbers are rounded to the type of
/// the parameters once.
final class StepFormulas {
    private StepFormulas() {}

    /// `a + take·(d − a)`, from the nearer end, as PyTorch's lerp.
    private static FloatVector mean(FloatVector a, FloatVector d, float take) {
        FloatVector way = d.sub(a);
        return take < 0.5f
                ? way.fma(FloatVector.broadcast(Lanes.S, take), a)
                : way.fma(FloatVector.broadcast(Lanes.S, take - 1), d);
    }

    /// `keep·a + take·d²`
    private static FloatVector square(FloatVector a, FloatVector d, float keep, float take) {
        return a.mul(keep).add(d.mul(take).mul(d));
    }

    static final class Placeholder {
        FloatVector first(FloatVector w, FloatVector d, FloatVector a, FloatVector b) {
            return a;
        }

        FloatVector second(FloatVector d, FloatVector oldA, FloatVector a, FloatVector b) {
            return b;
        }

        FloatVector moved(
                FloatVector w, FloatVector d, FloatVector a, FloatVector oldB, FloatVector b) {
            return w;
        }
    }

    static final class Adadelta {
        private final float keep;
        private final float take;
        private final float epsilon;
        private final float step;

        Adadelta(StepRule.Adadelta r) {
            keep = (float) r.rho();
            take = (float) (1 - r.rho());
            epsilon = (float) r.epsilon();
            step = (float) -r.lr();
        }

        FloatVector first(FloatVector w, FloatVector d, FloatVector a, FloatVector b) {
            return square(a, d, keep, take);
        }

        private FloatVector step(FloatVector d, FloatVector a, FloatVector b) {
            return b.add(epsilon).sqrt().div(a.add(epsilon).sqrt()).mul(d);
        }

        FloatVector second(FloatVector d, FloatVector oldA, FloatVector a, FloatVector b) {
            return square(b, step(d, a, b), keep, take);
        }

        FloatVector moved(
                FloatVector w, FloatVector d, FloatVector a, FloatVector oldB, FloatVector b) {
            return step(d, a, oldB).fma(FloatVector.broadcast(Lanes.S, step), w);
        }
    }

    static final class Adamax {
        private final float take;
        private final float keep;
        private final float epsilon;
        private final float step;

        Adamax(StepRule.Adamax r) {
            take = (float) (1 - r.beta1());
            keep = (float) r.beta2();
            epsilon = (float) r.epsilon();
            step = (float) -r.lr();
        }

        FloatVector first(FloatVector w, FloatVector d, FloatVector a, FloatVector b) {
            return mean(a, d, take);
        }

        FloatVector second(FloatVector d, FloatVector oldA, FloatVector a, FloatVector b) {
            return b.mul(keep).max(d.abs().add(epsilon));
        }

        FloatVector moved(
                FloatVector w, FloatVector d, FloatVector a, FloatVector oldB, FloatVector b) {
            return w.add(a.mul(step).div(b));
        }
    }

    static final class NAdam {
        private final float take1;
        private final float keep2;
        private final float take2;
        private final float epsilon;
        private final float root;
        private final float stepD;
        private final float stepA;

        NAdam(StepRule.NAdam r) {
            take1 = (float) (1 - r.beta1());
            keep2 = (float) r.beta2();
            take2 = (float) (1 - r.beta2());
            epsilon = (float) r.epsilon();
            root = (float) r.root();
            stepD = (float) -r.lrD();
            stepA = (float) -r.lrA();
        }

        FloatVector first(FloatVector w, FloatVector d, FloatVector a, FloatVector b) {
            return mean(a, d, take1);
        }

        FloatVector second(FloatVector d, FloatVector oldA, FloatVector a, FloatVector b) {
            return square(b, d, keep2, take2);
        }

        FloatVector moved(
                FloatVector w, FloatVector d, FloatVector a, FloatVector oldB, FloatVector b) {
            FloatVector divisor = b.div(root).sqrt().add(epsilon);
            return w.add(d.mul(stepD).div(divisor)).add(a.mul(stepA).div(divisor));
        }
    }

    static final class RAdam {
        private final float take1;
        private final float keep2;
        private final float take2;
        private final float epsilon;
        private final float lr;
        private final float divisor;
        private final float root;
        private final float rectification;

        RAdam(StepRule.RAdam r) {
            take1 = (float) (1 - r.beta1());
            keep2 = (float) r.beta2();
            take2 = (float) (1 - r.beta2());
            epsilon = (float) r.epsilon();
            lr = (float) r.lr();
            divisor = (float) r.divisor();
            root = (float) r.root();
            rectification = (float) r.rectification();
        }

        FloatVector first(FloatVector w, FloatVector d, FloatVector a, FloatVector b) {
            return mean(a, d, take1);
        }

        FloatVector second(FloatVector d, FloatVector oldA, FloatVector a, FloatVector b) {
            return square(b, d, keep2, take2);
        }

        FloatVector moved(
                FloatVector w, FloatVector d, FloatVector a, FloatVector oldB, FloatVector b) {
            FloatVector step = a.div(divisor).mul(lr);
            if (rectification == 0) {
                return w.sub(step);
            }
            FloatVector scale = FloatVector.broadcast(Lanes.S, 1f).div(b.sqrt().add(epsilon));
            return w.sub(step.mul(scale.mul(root)).mul(rectification));
        }
    }

    static final class Rprop {
        private final float shrink;
        private final float grow;
        private final float smallest;
        private final float largest;

        Rprop(StepRule.Rprop r) {
            shrink = (float) r.shrink();
            grow = (float) r.grow();
            smallest = (float) r.smallest();
            largest = (float) r.largest();
        }

        /// The gradient, 0 where its sign has changed.
        FloatVector first(FloatVector w, FloatVector d, FloatVector a, FloatVector b) {
            return d.blend(0f, d.mul(a).compare(VectorOperators.LT, 0f));
        }

        FloatVector second(FloatVector d, FloatVector oldA, FloatVector a, FloatVector b) {
            FloatVector same = d.mul(oldA);
            FloatVector factor =
                    FloatVector.broadcast(Lanes.S, 1f)
                            .blend(grow, same.compare(VectorOperators.GT, 0f))
                            .blend(shrink, same.compare(VectorOperators.LT, 0f));
            return b.mul(factor)
                    .max(FloatVector.broadcast(Lanes.S, smallest))
                    .min(FloatVector.broadcast(Lanes.S, largest));
        }

        FloatVector moved(
                FloatVector w, FloatVector d, FloatVector a, FloatVector oldB, FloatVector b) {
            return w.sub(UnaryFormulas.sign(a).mul(b));
        }
    }

    static final class Adagrad {
        private final float step;
        private final float epsilon;

        Adagrad(StepRule.Adagrad r) {
            step = (float) -r.lr();
            epsilon = (float) r.epsilon();
        }

        FloatVector first(FloatVector w, FloatVector d, FloatVector a, FloatVector b) {
            return a.add(d.mul(d));
        }

        FloatVector second(FloatVector d, FloatVector oldA, FloatVector a, FloatVector b) {
            return b;
        }

        FloatVector moved(
                FloatVector w, FloatVector d, FloatVector a, FloatVector oldB, FloatVector b) {
            return w.add(d.mul(step).div(a.sqrt().add(epsilon)));
        }
    }

    static final class Asgd {
        private final float step;
        private final float share;

        Asgd(StepRule.Asgd r) {
            step = (float) -r.lr();
            share = (float) r.share();
        }

        private FloatVector moved(FloatVector w, FloatVector d) {
            return d.fma(FloatVector.broadcast(Lanes.S, step), w);
        }

        FloatVector first(FloatVector w, FloatVector d, FloatVector a, FloatVector b) {
            FloatVector to = moved(w, d);
            return share == 1 ? to : to.sub(a).mul(share).add(a);
        }

        FloatVector second(FloatVector d, FloatVector oldA, FloatVector a, FloatVector b) {
            return b;
        }

        FloatVector moved(
                FloatVector w, FloatVector d, FloatVector a, FloatVector oldB, FloatVector b) {
            return moved(w, d);
        }
    }
}
