package dev.lanegrad;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `torch.tensor`: nested lists of Python numbers as a tensor.
final class PythonTensor {
    private PythonTensor() {}

    /// @param dtype null for the one that follows from the numbers
    static Tensor of(@Nullable Object data, @Nullable DType dtype) {
        if (data instanceof List<?> rows && rows.stream().allMatch(List.class::isInstance)) {
            long ragged = rows.stream().map(row -> ((List<?>) row).size()).distinct().count();
            if (ragged > 1) {
                return Creation.nested(
                        rows.stream()
                                .map(row ->
                                        ((List<?>) row)
                                                .stream()
                                                        .mapToDouble(
                                                                v -> ((Number) v).doubleValue())
                                                        .toArray())
                                .toArray(double[][]::new));
            }
        }
        List<Long> sizes = new ArrayList<>();
        Object level = data;
        while (level instanceof List<?> list) {
            sizes.add((long) list.size());
            level = list.isEmpty() ? null : list.get(0);
        }
        List<Object> flat = new ArrayList<>();
        flatten(data, flat);
        DType type = dtype == null ? inferred(flat) : dtype;
        Tensor t = Tensor.empty(Shape.of(sizes.stream().mapToLong(s -> s).toArray()), type);
        for (int i = 0; i < flat.size(); i++) {
            switch (flat.get(i)) {
                case Double d -> t.storage().setDouble(i, d);
                case Long n -> t.storage().setLong(i, n);
                case Boolean b -> t.storage().setLong(i, b ? 1 : 0);
                case Object other -> throw new PythonCall.NotImplemented("tensor of " + other);
            }
        }
        return t;
    }

    private static void flatten(@Nullable Object level, List<Object> flat) {
        if (level instanceof List<?> list) {
            list.forEach(element -> flatten(element, flat));
        } else if (level != null) {
            flat.add(level);
        }
    }

    private static DType inferred(List<Object> flat) {
        if (flat.isEmpty() || flat.stream().anyMatch(Double.class::isInstance)) {
            return Tensor.getDefaultDtype();
        }
        return flat.stream().allMatch(Boolean.class::isInstance) ? DType.BOOL : DType.INT64;
    }
}
