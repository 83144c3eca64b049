package dev.lanegrad.kernels;

/// How an optimizer that remembers one or two numbers of each parameter moves it, see
/// [dev.lanegrad.kernels.f32.Stepping]: d is the gradient, a and b what is remembered.
public sealed interface StepRule {
    /// `a := ρ·a + (1 − ρ)·d²`, `s := √(b + ε) / √(a + ε)·d`, `b := ρ·b + (1 − ρ)·s²`, `w -= lr·s`.
    record Adadelta(double lr, double rho, double epsilon) implements StepRule {}

    /// `a := β₁·a + (1 − β₁)·d`, `b := max(β₂·b, |d| + ε)`, `w -= lr·a / b`; lr is that of the
    /// step, with its correction.
    record Adamax(double lr, double beta1, double beta2, double epsilon) implements StepRule {}

    /// `a := β₁·a + (1 − β₁)·d`, `b := β₂·b + (1 − β₂)·d²`, `w -= (lrD·d + lrA·a) / (√(b / r) +
    /// ε)`.
    ///
    /// @param root r, `1 − β₂ᵗ` in step t
    record NAdam(double lrD, double lrA, double beta1, double beta2, double epsilon, double root)
            implements StepRule {}

    /// `a := β₁·a + (1 − β₁)·d`, `b := β₂·b + (1 − β₂)·d²`, `w -= lr·a / q·(r / (√b + ε))·f`,
    /// without the last two factors where f is 0.
    ///
    /// @param divisor q, `1 − β₁ᵗ` in step t
    /// @param root r, `√(1 − β₂ᵗ)`
    /// @param rectification f
    record RAdam(
            double lr,
            double beta1,
            double beta2,
            double epsilon,
            double divisor,
            double root,
            double rectification)
            implements StepRule {}

    /// `b := b·grow` where `a·d > 0`, `b·shrink` where it is below 0, and within its limits; d := 0
    /// where it is below 0; `w -= sign(d)·b`, `a := d`.
    record Rprop(double shrink, double grow, double smallest, double largest) implements StepRule {}

    /// `a := a + d²`, `w -= lr·d / (√a + ε)`; without b.
    record Adagrad(double lr, double epsilon) implements StepRule {}

    /// `w -= lr·d`, `a := a + share·(w − a)`; without b.
    record Asgd(double lr, double share) implements StepRule {}
}
