package dev.lanegrad.nn;

import dev.lanegrad.Function;
import dev.lanegrad.Hooks;
import dev.lanegrad.Node;
import dev.lanegrad.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The hooks of a module, which [Module#call(Tensor)] runs around its forward and which backward
/// passes run around its derivative.
public final class ModuleHooks {
    /// Sees the input of a module before its forward, and may replace it.
    @FunctionalInterface
    public interface ForwardPre {
        /// The input to go on with; null for `x`.
        @Nullable Tensor apply(Module module, Tensor x);
    }

    /// Sees what a module has made of its input, and may replace it.
    @FunctionalInterface
    public interface Forward {
        /// The output to go on with; null for `y`.
        @Nullable Tensor apply(Module module, Tensor x, Tensor y);
    }

    /// Sees the gradient of a module's output before that of its input is computed, and may replace
    /// it.
    @FunctionalInterface
    public interface BackwardPre {
        /// The gradient to go on with; null for `gy`.
        @Nullable Tensor apply(Module module, Tensor gy);
    }

    /// Sees the gradient of a module's input when it is computed, and may replace it.
    @FunctionalInterface
    public interface Backward {
        /// The gradient to go on with; null for `gx`, which is null if the input requires none.
        @Nullable Tensor apply(Module module, @Nullable Tensor gx, Tensor gy);
    }

    /// Sees the state dict of a module and all below, and may change it.
    @FunctionalInterface
    public interface StateDict {
        /// Called with all of the state.
        ///
        /// @param state by path; that of the outermost module if this one is a part of it
        /// @param prefix of the paths that are this module's
        void accept(Module module, Map<String, Tensor> state, String prefix);
    }

    /// Sees what was missing and what was left over when a module's state was loaded.
    @FunctionalInterface
    public interface StateDictLoaded {
        /// Called after the values were copied.
        void accept(Module module, IncompatibleKeys keys);
    }

    final Hooks<StateDict> stateDict = new Hooks<>();
    final Hooks<StateDict> loadStateDictPre = new Hooks<>();
    final Hooks<StateDictLoaded> loadStateDictPost = new Hooks<>();
    final Hooks<ForwardPre> forwardPre = new Hooks<>();
    final Hooks<Forward> forward = new Hooks<>();
    final Hooks<BackwardPre> backwardPre = new Hooks<>();
    final Hooks<Backward> backward = new Hooks<>();

    ModuleHooks() {}

    /// Whether a call would run any of them.
    boolean watchCalls() {
        return !(forwardPre.isEmpty()
                && forward.isEmpty()
                && backwardPre.isEmpty()
                && backward.isEmpty());
    }

    Tensor call(Module module, Tensor x) {
        Tensor in = x;
        for (ForwardPre hook : forwardPre) {
            Tensor replaced = hook.apply(module, in);
            in = replaced == null ? in : replaced;
        }
        boolean watched = !backward.isEmpty() || !backwardPre.isEmpty();
        Pass pass = watched ? new Pass(module, this) : null;
        in = pass == null ? in : pass.enter(in);
        Tensor y = module.forward(in);
        for (Forward hook : forward) {
            Tensor replaced = hook.apply(module, in, y);
            y = replaced == null ? y : replaced;
        }
        return pass == null ? y : pass.leave(y);
    }

    /// The boundary of a module in the graph: where gradients enter and leave it.
    private static final class BackwardHookFunction extends Function {
        @Override
        protected Tensor[] forward(Context context, @Nullable Tensor... x) {
            return new Tensor[] {java.util.Objects.requireNonNull(x[0])};
        }

        @Override
        protected @Nullable Tensor[] backward(Context context, @Nullable Tensor... gy) {
            return gy;
        }
    }

    /// One forward through a module whose backward is watched.
    private static final class Pass {
        private final Module module;
        private final ModuleHooks hooks;
        private boolean entered;
        private @Nullable Tensor gy;

        Pass(Module module, ModuleHooks hooks) {
            this.module = module;
            this.hooks = hooks;
        }

        Tensor enter(Tensor x) {
            Tensor in = x.requiresGrad() ? new BackwardHookFunction().apply(x) : x;
            Node node = in == x ? null : in.gradFn();
            if (node != null) {
                entered = true;
                node.registerHook((gx, _) -> {
                    Tensor g = gy;
                    return g == null ? null : new @Nullable Tensor[] {run(gx[0], g)};
                });
            }
            return in;
        }

        Tensor leave(Tensor y) {
            Tensor out = y.requiresGrad() ? new BackwardHookFunction().apply(y) : y;
            Node node = out == y ? null : out.gradFn();
            if (node != null) {
                node.registerPrehook(g -> new @Nullable Tensor[] {arrived(g[0])});
            }
            return out;
        }

        private @Nullable Tensor arrived(@Nullable Tensor gradient) {
            if (gradient == null) {
                return null;
            }
            Tensor g = gradient;
            for (BackwardPre hook : hooks.backwardPre) {
                Tensor replaced = hook.apply(module, g);
                g = replaced == null ? g : replaced;
            }
            gy = g;
            if (!entered) {
                run(null, g);
            }
            return g;
        }

        private @Nullable Tensor run(@Nullable Tensor gradient, Tensor gradOutput) {
            Tensor gx = gradient;
            for (Backward hook : hooks.backward) {
                Tensor replaced = hook.apply(module, gx, gradOutput);
                gx = replaced == null ? gx : replaced;
            }
            return gx;
        }
    }
}
