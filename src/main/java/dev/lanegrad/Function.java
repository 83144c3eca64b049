package dev.lanegrad;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An operation of the user's own: its values and its derivative.
///
/// ```java
/// final class Exp extends Function {
///     @Override
///     protected Tensor[] forward(Context context, Tensor... x) {
///         Tensor y = x[0].exp();
///         context.saveForBackward(y);
///         return new Tensor[] {y};
///     }
///
///     @Override
///     protected Tensor[] backward(Context context, Tensor... gy) {
///         return new Tensor[] {gy[0].mul(context.saved(0))};
///     }
/// }
///
/// Tensor y = new Exp().apply(x);
/// ```
///
/// A [#backward] written in operations on tensors can itself be recorded, so that the operation has
/// derivatives of any order. Settings that are no tensors are fields of the subclass.
public abstract class Function {
    /// An operation; one object may be applied any number of times.
    protected Function() {}

    /// Computes the outputs; nothing that happens here is recorded.
    ///
    /// @param x what [#apply] was given
    protected abstract Tensor[] forward(Context context, @Nullable Tensor... x);

    /// Computes the gradients of the inputs from those of the outputs.
    ///
    /// @param gy of the outputs; zeros, or null after
    ///   [materializeGrads(false)][Context#materializeGrads(boolean)], where nothing depends on one
    /// @return one per input; null for an input without a gradient
    protected abstract @Nullable Tensor[] backward(Context context, @Nullable Tensor... gy);

    /// Whether [#backward] must not be differentiated: its results then fail to be.
    protected boolean isOnceDifferentiable() {
        return false;
    }

    /// Applies the operation; its only output.
    ///
    /// @param x the inputs; null for one that is left out
    /// @throws IllegalStateException if there is not exactly one output
    public final Tensor apply(@Nullable Tensor... x) {
        Tensor[] ys = applyAll(x);
        if (ys.length != 1) {
            throw new IllegalStateException(
                    "%s: has %d outputs, not one; use applyAll".formatted(name(), ys.length));
        }
        return ys[0];
    }

    /// Applies the operation; all its outputs.
    public final Tensor[] applyAll(@Nullable Tensor... x) {
        return FunctionCall.run(this, x);
    }

    /// The name of the operation's node.
    String name() {
        String name = getClass().getSimpleName();
        return (name.isEmpty() ? "Function" : name) + "Backward";
    }

    /// What one application knows, and keeps for its backward.
    public static final class Context {
        private final boolean[] needs;
        private Tensor[] toSave = {};
        private Saved[] saved = {};
        Tensor[] dirty = {};
        Tensor[] nonDifferentiable = {};
        boolean materialize = true;

        Context(boolean[] needs) {
            this.needs = needs;
        }

        /// Keeps tensors, inputs or outputs or others, for the backward.
        public void saveForBackward(Tensor... tensors) {
            for (Tensor t : tensors) {
                Objects.requireNonNull(t, "saveForBackward: null cannot be saved");
            }
            toSave = tensors.clone();
        }

        /// The tensors kept.
        ///
        /// @throws IllegalStateException if one was written to in place since
        public Tensor[] savedTensors() {
            Tensor[] all = new Tensor[saved.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = saved[i].get();
            }
            return all;
        }

        /// The kept tensor number `i`.
        ///
        /// @throws IllegalStateException if it was written to in place since
        public Tensor saved(int i) {
            return saved[Objects.checkIndex(i, saved.length)].get();
        }

        /// Whether the gradient of input `i` is wanted.
        public boolean needsInputGrad(int i) {
            return needs[i];
        }

        /// Says which inputs the forward wrote to; they must be among the outputs.
        public void markDirty(Tensor... inputs) {
            dirty = inputs.clone();
        }

        /// Says which outputs have no gradient.
        public void markNonDifferentiable(Tensor... outputs) {
            nonDifferentiable = outputs.clone();
        }

        /// Whether the backward sees zeros (the default) or null for outputs that nothing depends
        /// on.
        public void materializeGrads(boolean zeros) {
            materialize = zeros;
        }

        void save() {
            saved = new Saved[toSave.length];
            for (int i = 0; i < saved.length; i++) {
                saved[i] = Saved.of(toSave[i]);
            }
            toSave = new Tensor[0];
        }

        Saved[] savedNow() {
            return saved;
        }

        boolean keepsTensors() {
            return saved.length > 0;
        }
    }
}
