package dev.lanegrad;

import dev.lanegrad.kernels.Parallel;
import dev.lanegrad.kernels.any.Update;
import org.jspecify.annotations.Nullable;

/// An optimizer's step on one parameter, in one pass over its elements: in place, not recorded,
/// seen by the tape as a write. The optimizers of `dev.lanegrad.optim` are made of these.
///
/// What belongs to the parameter, its gradient aside, lies in memory as the parameter does:
/// [Tensor#zerosLike(Tensor)] makes such tensors.
public final class OptimizerSteps {
    /// Elements that one thread updates at a time.
    private static final int GRAIN = 1 << 15;

    private OptimizerSteps() {}

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
        w.version().bump();
        if (m != null) {
            m.version().bump();
        }
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
        w.version().bump();
        m.version().bump();
        v.version().bump();
        if (largest != null) {
            largest.version().bump();
        }
    }

    /// The gradient in the layout of `w`.
    private static Tensor fitting(String op, Tensor w, Tensor g) {
        if (w.dtype() != DType.FLOAT32 && w.dtype() != DType.FLOAT64) {
            throw new IllegalArgumentException(
                    "%s: needs float32 or float64 parameters, but this is %s (shape %s)"
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
