package dev.lanegrad;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.StepRule;
import dev.lanegrad.kernels.any.Stepping;
import dev.lanegrad.kernels.any.Update;
import org.jspecify.annotations.Nullable;

/// An optimizer's step on one parameter, in one pass over its elements: in place, not recorded,
/// seen by the tape as a write. The optimizers of `dev.lanegrad.optim` are made of these.
///
/// What belongs to the parameter, its gradient aside, lies in memory as the parameter does:
/// [Tensor#zerosLike(Tensor)] makes such tensors. Parameters of 16 bits step in float32 and are
/// rounded at the end, at the price of copies.
public final class OptimizerSteps {
    /// Elements that one thread updates at a time.
    private static final int GRAIN = 1 << 15;

    private OptimizerSteps() {}

    /// The gradient that backward left at `w`, or null, for a step that forgets it at once: after
    /// [Tensor#grad()] its memory could not be used again.
    public static @Nullable Tensor gradient(Tensor w) {
        return w.lentGrad();
    }

    /// The numbers of an SGD step; `first` starts the momentum buffer with the gradient.
    public record Sgd(
            double lr,
            double momentum,
            double dampening,
            double weightDecay,
            boolean nesterov,
            boolean maximize,
            boolean first) {}

    /// `m := momentum·m + (1 − dampening)·d`, `w -= lr·m`, where `d := g + weightDecay·w`, as
    /// `torch.optim.SGD`.
    ///
    /// @param m momentum buffer, null for none
    /// @throws IllegalArgumentException if shapes, types or layouts do not fit
    public static void sgd(Tensor w, Tensor g, @Nullable Tensor m, Sgd step) {
        if (isNarrow(w)) {
            Tensor[] wide = widened(w, m);
            sgd(wide[0], g.to(DType.FLOAT32), m == null ? null : wide[1], step);
            round(wide, w, m);
            return;
        }
        Tensor gradient = fitting("sgd", w, g);
        if (m != null) {
            check("sgd", "momentum buffer", w, m);
        }
        Object array = m == null ? null : m.array();
        int at = m == null ? 0 : m.offset();
        Parallel.run(
                w.numel(),
                GRAIN,
                (from, to) ->
                        Update.sgd(
                                w.array(),
                                w.offset() + from,
                                gradient.array(),
                                gradient.offset() + from,
                                array,
                                at + from,
                                to - from,
                                step.lr,
                                step.momentum,
                                step.dampening,
                                step.weightDecay,
                                step.nesterov,
                                step.maximize,
                                step.first));
        written(w, m);
    }

    /// The numbers of an Adam step; `decoupled` is AdamW, `t` counts steps from 1 on.
    public record Adam(
            double lr,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay,
            boolean decoupled,
            boolean maximize,
            int t) {}

    /// `m := β₁·m + (1 − β₁)·d`, `v := β₂·v + (1 − β₂)·d²`, `w -= lr·m̂ / (√v̂ + ε)`, as
    /// `torch.optim.Adam` and `AdamW`.
    ///
    /// @param largest the largest v so far, for AMSGrad; null without
    /// @throws IllegalArgumentException if shapes, types or layouts do not fit
    public static void adam(
            Tensor w, Tensor g, Tensor m, Tensor v, @Nullable Tensor largest, Adam step) {
        if (isNarrow(w)) {
            Tensor[] x = widened(w, m, v, largest);
            adam(x[0], g.to(DType.FLOAT32), x[1], x[2], largest == null ? null : x[3], step);
            round(x, w, m, v, largest);
            return;
        }
        Tensor gradient = fitting("adam", w, g);
        check("adam", "first moment", w, m);
        check("adam", "second moment", w, v);
        if (largest != null) {
            check("adam", "largest second moment", w, largest);
        }
        Object array = largest == null ? null : largest.array();
        int at = largest == null ? 0 : largest.offset();
        Parallel.run(
                w.numel(),
                GRAIN,
                (from, to) ->
                        Update.adam(
                                w.array(),
                                w.offset() + from,
                                gradient.array(),
                                gradient.offset() + from,
                                m.array(),
                                m.offset() + from,
                                v.array(),
                                v.offset() + from,
                                array,
                                at + from,
                                to - from,
                                step.lr,
                                step.beta1,
                                step.beta2,
                                step.epsilon,
                                step.weightDecay,
                                step.decoupled,
                                step.maximize,
                                step.t));
        written(w, m, v, largest);
    }

    /// The numbers of an RMSprop step.
    public record Rmsprop(
            double lr,
            double alpha,
            double momentum,
            double epsilon,
            double weightDecay,
            boolean maximize) {}

    /// `v := α·v + (1 − α)·d²`, `w -= lr·d / (√v + ε)`, where `d := g + weightDecay·w`, as
    /// `torch.optim.RMSprop`.
    ///
    /// @param mean running mean of d, whose square is taken from v under the root; null without
    /// @param m momentum buffer, null for none
    /// @throws IllegalArgumentException if shapes, types or layouts do not fit
    public static void rmsprop(
            Tensor w, Tensor g, Tensor v, @Nullable Tensor mean, @Nullable Tensor m, Rmsprop step) {
        if (isNarrow(w)) {
            Tensor[] x = widened(w, v, mean, m);
            Tensor gradient = g.to(DType.FLOAT32);
            rmsprop(
                    x[0],
                    gradient,
                    x[1],
                    mean == null ? null : x[2],
                    m == null ? null : x[3],
                    step);
            round(x, w, v, mean, m);
            return;
        }
        Tensor gradient = fitting("rmsprop", w, g);
        check("rmsprop", "mean of squares", w, v);
        if (mean != null) {
            check("rmsprop", "mean", w, mean);
        }
        if (m != null) {
            check("rmsprop", "momentum buffer", w, m);
        }
        Parallel.run(
                w.numel(),
                GRAIN,
                (from, to) ->
                        Update.rmsprop(
                                w.array(),
                                w.offset() + from,
                                gradient.array(),
                                gradient.offset() + from,
                                v.array(),
                                v.offset() + from,
                                mean == null ? null : mean.array(),
                                mean == null ? 0 : mean.offset() + from,
                                m == null ? null : m.array(),
                                m == null ? 0 : m.offset() + from,
                                to - from,
                                step.lr,
                                step.alpha,
                                step.momentum,
                                step.epsilon,
                                step.weightDecay,
                                step.maximize));
        written(w, v, mean, m);
    }

    /// A step of a rule that remembers one or two numbers of each parameter: `w := w·shrink`, then
    /// as the rule says, where `d := g + weightDecay·w` with the w from before.
    ///
    /// @param op what to call the optimizer in errors
    /// @param a the first state
    /// @param b the second state, null if the rule has but one
    /// @throws IllegalArgumentException if shapes, types or layouts do not fit
    public static void step(
            String op,
            Tensor w,
            Tensor g,
            Tensor a,
            @Nullable Tensor b,
            StepRule rule,
            double shrink,
            double weightDecay,
            boolean maximize) {
        if (isNarrow(w)) {
            Tensor[] x = widened(w, a, b);
            Tensor gradient = g.to(DType.FLOAT32);
            Tensor second = b == null ? null : x[2];
            step(op, x[0], gradient, x[1], second, rule, shrink, weightDecay, maximize);
            round(x, w, a, b);
            return;
        }
        Tensor gradient = fitting(op, w, g);
        check(op, "first state", w, a);
        if (b != null) {
            check(op, "second state", w, b);
        }
        Stepping.run(
                w.array(),
                w.offset(),
                gradient.array(),
                gradient.offset(),
                a.array(),
                a.offset(),
                b == null ? null : b.array(),
                b == null ? 0 : b.offset(),
                w.numel(),
                rule,
                shrink,
                weightDecay,
                maximize);
        written(w, a, b);
    }

    private static void written(@Nullable Tensor... tensors) {
        for (Tensor t : tensors) {
            if (t != null) {
                t.written();
            }
        }
    }

    private static boolean isNarrow(Tensor w) {
        return w.dtype() == DType.FLOAT16 || w.dtype() == DType.BFLOAT16;
    }

    /// Float32 copies; a null's place holds another tensor, for nobody.
    private static Tensor[] widened(Tensor w, @Nullable Tensor... states) {
        Tensor[] wide = new Tensor[1 + states.length];
        wide[0] = w.detach().to(DType.FLOAT32);
        for (int i = 0; i < states.length; i++) {
            Tensor t = states[i];
            wide[i + 1] = t == null ? wide[0] : t.to(DType.FLOAT32);
        }
        return wide;
    }

    private static void round(Tensor[] wide, @Nullable Tensor... narrow) {
        for (int i = 0; i < wide.length; i++) {
            Tensor t = narrow[i];
            if (t != null) {
                t.detach().copy_(wide[i]);
            }
        }
    }

    /// The gradient in the layout of `w`.
    private static Tensor fitting(String op, Tensor w, Tensor g) {
        if (w.dtype() != DType.FLOAT32 && w.dtype() != DType.FLOAT64) {
            throw new IllegalArgumentException(
                    "%s: needs floating-point parameters, but this is %s (shape %s)"
                            .formatted(op, w.dtype(), w.shape()));
        }
        if (!w.isDense()) {
            throw new IllegalArgumentException(
                    "%s: the parameter's elements must lie densely in memory (shape %s)"
                            .formatted(op, w.shape()));
        }
        if (!g.shape().equals(w.shape()) || g.dtype() != w.dtype()) {
            throw new IllegalArgumentException(
                    "%s: the gradient is %s %s but the parameter %s %s"
                            .formatted(op, g.dtype(), g.shape(), w.dtype(), w.shape()));
        }
        if (liesAs(g, w)) {
            return g;
        }
        Tensor y = Creation.emptyLike(w);
        Elementwise.copy(y, g);
        return y;
    }

    private static void check(String op, String what, Tensor w, Tensor t) {
        if (!t.shape().equals(w.shape()) || t.dtype() != w.dtype() || !liesAs(t, w)) {
            throw new IllegalArgumentException(
                    "%s: the %s must have the parameter's shape, type and layout (%s %s and %s %s)"
                            .formatted(op, what, t.dtype(), t.shape(), w.dtype(), w.shape()));
        }
    }

    /// Whether equal positions in memory hold equal positions of the shape that both have.
    private static boolean liesAs(Tensor a, Tensor b) {
        for (int axis = 0; axis < a.dim(); axis++) {
            if (a.size(axis) != 1 && a.strides()[axis] != b.strides()[axis]) {
                return false;
            }
        }
        return true;
    }
}
