package dev.lanegrad;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A write through a view, as an operation on the tensor that it is a view of. The first input is
/// that tensor, the others are the operation's.
///
/// @param rule the derivative of the operation, whose output is the view
/// @param base where the whole tensor lies
/// @param view which part of it was written to
/// @param slice what the operation knows of its output
record CopySlices(Backward rule, Geometry base, Geometry view, OutputInfo slice)
        implements Backward {
    @Override
    public String name() {
        return "torch::autograd::CopySlices";
    }

    @Override
    public boolean keepsTensors() {
        return rule.keepsTensors();
    }

    @Override
    public void backward(Gradients g) {
        Tensor gx = laidOut(g.gy());
        Tensor part =
                gx.asStrided(
                        view.shape().toArray(),
                        Arrays.stream(view.strides()).asLongStream().toArray(),
                        gx.offset() + view.offset() - base.offset());
        Gradients inner = g.ofSlice(slice, part.clone());
        rule.backward(inner);
        if (g.needs(0)) {
            @Nullable Tensor written = inner.inputs()[0];
            if (written == null) {
                part.zero_();
            } else {
                part.copy_(written);
            }
            g.put(0, gx);
        }
    }

    /// The gradient in memory of its own that lies as the tensor does.
    private Tensor laidOut(Tensor gradient) {
        long first = Math.min(base.first(), view.first());
        int n = Math.toIntExact(Math.max(base.last(), view.last()) - first + 1);
        Tensor memory = Creation.empty(Shape.of(n), gradient.dtype());
        int offset = Math.toIntExact(base.offset() - first);
        Tensor y = memory.alias(offset, base.shape(), base.strides());
        Elementwise.copy(y, gradient);
        return Tape.records(gradient) ? Tape.record(y, new Copies.CloneBackward0(), gradient) : y;
    }
}
