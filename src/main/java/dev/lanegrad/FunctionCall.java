package dev.lanegrad;

import dev.lanegrad.Function.Context;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One application of a user's operation, as a recorded operation.
///
/// @param given which inputs there were
record FunctionCall(Function function, Context context, boolean[] given) implements Backward {
    static Tensor[] run(Function function, @Nullable Tensor... x) {
        boolean records = Tape.records(x);
        boolean[] needs = new boolean[x.length];
        boolean[] given = new boolean[x.length];
        for (int i = 0; i < x.length; i++) {
            Tensor input = x[i];
            given[i] = input != null;
            needs[i] = input != null && Tape.tracks(input);
        }
        Context context = new Context(needs);
        Tensor[] ys;
        try (var _ = Autograd.noGrad();
                var _ = ForwardMode.pause()) {
            ys = function.forward(context, x).clone();
        }
        checkDirty(context, ys, records);
        FunctionCall call = new FunctionCall(function, context, given);
        Node node = Tape.hasHistory(x) ? Node.recorded(call, Tape.edges(x)) : null;
        OutputInfo[] infos = new OutputInfo[ys.length];
        for (int k = 0; k < ys.length; k++) {
            infos[k] = OutputInfo.of(ys[k]);
            ys[k] = output(context, ys[k], x, node, k);
        }
        if (node != null) {
            node.outputs(infos);
        }
        if (records) {
            context.save();
            ForwardMode.push(ys, call, x);
            for (Tensor constant : context.nonDifferentiable) {
                constant.dual = null;
            }
        }
        return ys;
    }

    private static void checkDirty(Context context, Tensor[] ys, boolean records) {
        for (Tensor t : context.dirty) {
            if (!contains(ys, t)) {
                throw new IllegalStateException(
                        "Some elements marked as dirty during the forward method were not returned"
                                + " as output. The inputs that are modified inplace must all be"
                                + " outputs of the Function.");
            }
            if (records) {
                Write.allowed(t);
            }
        }
    }

    private static Tensor output(
            Context context, Tensor y, @Nullable Tensor[] x, @Nullable Node node, int k) {
        if (node == null
                || !y.dtype().isFloatingPoint()
                || contains(context.nonDifferentiable, y)) {
            boolean view = contains(x, y) || y.base() != null;
            return view && !contains(context.dirty, y) ? y.detach() : y;
        }
        if (contains(context.dirty, y)) {
            if (y.base() != null) {
                throw new IllegalStateException(
                        "markDirty: the input %s is a view of %s; write to that itself"
                                .formatted(y.shape(), y.base().shape()));
            }
            y.setHistory(node, k);
            return y;
        }
        Tensor fresh = contains(x, y) ? passedThrough(y) : y;
        fresh.setHistory(node, k);
        fresh.markCustom();
        return fresh;
    }

    /// A view of an input that the function returned as it was.
    private static Tensor passedThrough(Tensor x) {
        return x.view(x.offset(), x.shape(), x.strides(), ViewOrigin.CUSTOM);
    }

    private static boolean contains(@Nullable Tensor[] tensors, Tensor t) {
        return Arrays.stream(tensors).anyMatch(other -> other == t);
    }

    @Override
    public String name() {
        return function.name();
    }

    @Override
    public boolean keepsTensors() {
        return context.keepsTensors();
    }

    @Override
    public void backward(Gradients g) {
        @Nullable Tensor[] gy = new Tensor[g.outputCount()];
        for (int k = 0; k < gy.length; k++) {
            gy[k] = g.has(k) || context.materialize ? NodeHooks.lent(g.gy(k)) : null;
        }
        @Nullable Tensor[] gx = NodeHooks.outside(() -> gradients(gy, g.recording()));
        check(gx);
        for (int i = 0; i < given.length; i++) {
            Tensor gradient = gx[i];
            if (gradient != null) {
                g.put(i, NodeHooks.lent(gradient));
            }
        }
    }

    private @Nullable Tensor[] gradients(@Nullable Tensor[] gy, boolean recording) {
        if (!recording || !function.isOnceDifferentiable()) {
            return function.backward(context, gy);
        }
        @Nullable Tensor[] gx;
        try (var _ = Autograd.noGrad()) {
            gx = function.backward(context, gy).clone();
        }
        for (int i = 0; i < gx.length; i++) {
            Tensor gradient = gx[i];
            if (gradient != null) {
                gx[i] = Tape.record(gradient.detach(), new NoSecondBackward(), gy);
            }
        }
        return gx;
    }

    private void check(@Nullable Tensor[] gx) {
        boolean extra = gx.length > given.length;
        for (int i = given.length; extra && i < gx.length; i++) {
            extra = gx[i] == null;
        }
        if (gx.length != given.length && !extra) {
            throw new IllegalStateException(
                    "function %s returned an incorrect number of gradients (expected %d, got %d)"
                            .formatted(name(), given.length, gx.length));
        }
        for (int i = 0; i < given.length; i++) {
            if (gx[i] != null && !given[i]) {
                throw new IllegalStateException(
                        "function %s returned a gradient different than None at position %d, but the corresponding forward input was not a Variable"
                                .formatted(name(), i + 1));
            }
        }
    }

    /// The derivative of a backward that must not be differentiated.
    record NoSecondBackward() implements Backward {
        @Override
        public String name() {
            return "DelayedError";
        }

        @Override
        public boolean keepsTensors() {
            return false;
        }

        @Override
        public void backward(Gradients g) {
            throw new IllegalStateException(
                    "trying to differentiate twice a function that was marked with"
                            + " @once_differentiable");
        }
    }
}
