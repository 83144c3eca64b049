package dev.lanegrad.kernels.f32;

import org.jspecify.annotations.Nullable;

/// Optimizer steps on dense parameters, in place, with PyTorch's order of operations and rounding.
public final class Update {
    private Update() {}

    /// `m := momentum·m + (1 − dampening)·d`, `w -= lr·m`, where `d := g + weightDecay·w`.
    ///
    /// The gradient's sign is turned first if `maximize`. On the `first` step `m := d`; with
    /// `nesterov` the step is along `d + momentum·m`; without a momentum buffer along d.
    public static void sgd(
            float[] w,
            int wo,
            float[] g,
            int go,
            float @Nullable [] m,
            int mo,
            int n,
            double lr,
            double momentum,
            double dampening,
            double weightDecay,
            boolean nesterov,
            boolean maximize,
            boolean first) {
        float step = (float) -lr;
        float decay = (float) weightDecay;
        float keep = (float) momentum;
        float take = (float) (1 - dampening);
        for (int i = 0; i < n; i++) {
            float d = maximize ? -g[go + i] : g[go + i];
            if (decay != 0) {
                d = Math.fma(decay, w[wo + i], d);
            }
            if (m != null) {
                float buffer = first ? d : Math.fma(take, d, m[mo + i] * keep);
                m[mo + i] = buffer;
                d = nesterov ? Math.fma(keep, buffer, d) : buffer;
            }
            w[wo + i] = Math.fma(step, d, w[wo + i]);
        }
    }

    /// `m := β₁·m + (1 − β₁)·d`, `v := β₂·v + (1 − β₂)·d²`, `w -= lr·m̂ / (√v̂ + ε)` with the means
    /// corrected for their start at 0, `m̂ := m / (1 − β₁ᵗ)`, `v̂ := v / (1 − β₂ᵗ)`.
    ///
    /// `decoupled` takes the weight decay from w itself (AdamW), else it joins the gradient `d := g
    /// + weightDecay·w`. `largest`, if given, keeps the largest v so far, which then takes its
    ///   place (AMSGrad). `t` counts steps from 1 on.
    public static void adam(
            float[] w,
            int wo,
            float[] g,
            int go,
            float[] m,
            int mo,
            float[] v,
            int vo,
            float @Nullable [] largest,
            int lo,
            int n,
            double lr,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay,
            boolean decoupled,
            boolean maximize,
            int t) {
        float shrink = (float) (1 - lr * weightDecay);
        float decay = (float) weightDecay;
        float b1 = (float) (1 - beta1);
        float b2 = (float) beta2;
        float c2 = (float) (1 - beta2);
        float root = (float) Math.sqrt(1 - Math.pow(beta2, t));
        float step = (float) -(lr / (1 - Math.pow(beta1, t)));
        float e = (float) epsilon;
        for (int i = 0; i < n; i++) {
            float d = maximize ? -g[go + i] : g[go + i];
            float p = w[wo + i];
            if (decoupled) {
                p *= shrink;
            } else if (decay != 0) {
                d = Math.fma(decay, p, d);
            }
            float mi = m[mo + i];
            mi = b1 < 0.5f ? Math.fma(b1, d - mi, mi) : d - (d - mi) * (1 - b1);
            m[mo + i] = mi;
            float vi = v[vo + i] * b2 + c2 * d * d;
            v[vo + i] = vi;
            if (largest != null) {
                vi = Math.max(largest[lo + i], vi);
                largest[lo + i] = vi;
            }
            w[wo + i] = p + step * mi / ((float) Math.sqrt(vi) / root + e);
        }
    }
}
