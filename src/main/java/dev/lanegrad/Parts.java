package dev.lanegrad;

import java.util.List;
import java.util.stream.IntStream;

/// Views of one tensor that are the outputs of one operation.
final class Parts {
    private Parts() {}

    /// Parts of these sizes along an axis.
    static Tensor[] of(Tensor x, int axis, int[] sizes, Backward rule) {
        Tensor[] parts = new Tensor[sizes.length];
        int start = 0;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = view(x, new Strip(axis, start, 1, sizes[i], false));
            start += sizes[i];
        }
        return recorded(parts, rule, x);
    }

    /// All slices of an axis.
    static Tensor[] slices(Tensor x, int axis, Backward rule) {
        Tensor[] parts =
                IntStream.range(0, x.size(axis))
                        .mapToObj(i -> view(x, new Strip(axis, i, 1, 1, true)))
                        .toArray(Tensor[]::new);
        return recorded(parts, rule, x);
    }

    private static Tensor view(Tensor x, Strip strip) {
        return x.view(strip.offset(x), strip.shape(x.shape()), strip.strides(x), origin());
    }

    private static ViewOrigin origin() {
        return ViewOrigin.ONE_OF_MANY.after(ViewOrigin.now());
    }

    private static Tensor[] recorded(Tensor[] parts, Backward rule, Tensor x) {
        if (Tape.records(x)) {
            Tape.recordAll(parts, rule, x);
        }
        return parts;
    }

    /// The gradients of parts one after another.
    static Tensor join(Gradients g, int axis, int count) {
        return Joining.cat(gradients(g, count), axis);
    }

    /// The gradients of slices side by side.
    static Tensor stack(Gradients g, int axis, int count) {
        return Joining.stack(gradients(g, count), axis);
    }

    private static List<Tensor> gradients(Gradients g, int count) {
        return IntStream.range(0, count).mapToObj(g::gy).toList();
    }
}
