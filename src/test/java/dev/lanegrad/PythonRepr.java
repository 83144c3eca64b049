package dev.lanegrad;

import dev.lanegrad.text.PythonText;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Our values as Python's `str` would write their counterparts, without `torch.`.
final class PythonRepr {
    private PythonRepr() {}

    static String of(@Nullable Object value) {
        return switch (value) {
            case PythonOperators.Size size -> "Size([" + joined(size) + "])";
            case Shape shape -> "Size(" + shape + ")";
            case List<?> list -> "[" + joined(list) + "]";
            case long[] tuple -> PythonText.of(Arrays.stream(tuple).boxed().toList());
            case null, default -> PythonText.of(value);
        };
    }

    private static String joined(List<?> values) {
        return values.stream().map(PythonRepr::of).collect(Collectors.joining(", "));
    }
}
