package dev.lanegrad;

import dev.lanegrad.PythonCall.NotImplemented;
import dev.lanegrad.PythonOperators.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Python's `x[...]` in our words: select, slice, unsqueeze, index.
final class PythonIndex {
    private PythonIndex() {}

    /// What is left of an index when its slices have been taken: a view, and positions in it.
    private record Part(Tensor view, @Nullable Tensor[] positions) {}

    static Tensor get(Tensor x, @Nullable Object index) {
        Part part = part(x, index);
        return part.positions.length == 0 ? part.view : part.view.index(part.positions);
    }

    private static Part part(Tensor x, @Nullable Object index) {
        if (index instanceof Slice(Object start, Object end, Object step)
                && start == null
                && end == null
                && step == null) {
            return new Part(x.slice(0, 0, x.size(0), 1), new Tensor[0]);
        }
        @Nullable Tensor[] tensors = new Tensor[0];
        Tensor y = x;
        int axis = 0;
        List<@Nullable Object> parts = parts(index);
        for (int i = 0; i < parts.size(); i++) {
            switch (parts.get(i)) {
                case null -> y = y.unsqueeze(axis++);
                case Long n -> y = y.select(axis, n);
                case Slice s -> y = sliced(y, axis++, s);
                case Tensor t -> {
                    tensors = Arrays.copyOf(tensors, axis + 1);
                    tensors[axis] = t;
                    axis += t.dtype() == DType.BOOL ? t.dim() : 1;
                }
                case Object other when other == PythonOperators.ELLIPSIS ->
                        axis = y.dim() - (parts.size() - i - 1);
                case Object other -> throw new NotImplemented("index " + other);
            }
        }
        return new Part(y, tensors);
    }

    static void set(Tensor x, @Nullable Object index, @Nullable Object value) {
        Part part = part(x, index);
        boolean direct = part.positions.length == 0;
        switch (value) {
            case Tensor t when direct -> part.view.copy_(t);
            case Number n when direct -> part.view.copy_(Tensor.scalar(n.floatValue()));
            case Tensor t -> part.view.indexPut_(part.positions, t, false);
            case Number n -> part.view.indexPut_(part.positions, n.doubleValue());
            case null, default -> throw new NotImplemented("writing " + value);
        }
    }

    private static List<@Nullable Object> parts(@Nullable Object index) {
        List<@Nullable Object> parts = new ArrayList<>();
        if (index instanceof List<?> list) {
            parts.addAll(list);
        } else {
            parts.add(index);
        }
        return parts;
    }

    private static Tensor sliced(Tensor x, int axis, Slice s) {
        if (s.start() == null && s.end() == null && s.step() == null) {
            return x;
        }
        long start = s.start() instanceof Long n ? n : 0;
        long end = s.end() instanceof Long n ? n : x.size(axis);
        return x.slice(axis, start, end, s.step() instanceof Long n ? n : 1);
    }
}
