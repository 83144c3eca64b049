package dev.lanegrad.cli.notebook;

import dev.lanegrad.Node;
import dev.lanegrad.Shape;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Values as Python and its notebooks print them.
final class PythonOutput {
    private static final int WIDTH = 79;

    private PythonOutput() {}

    static String printed(@Nullable Object... values) {
        return join(PythonOutput::text, " ", values);
    }

    static String joined(@Nullable Object... values) {
        return join(PythonOutput::text, "", values);
    }

    /// Several values are a tuple: on one line if it has room for them, else on a line each.
    static String shown(@Nullable Object... values) {
        if (values.length == 1) {
            return display(values[0]);
        }
        String line = "(" + join(PythonOutput::display, ", ", values) + ")";
        return line.length() <= WIDTH && !line.contains("\n")
                ? line
                : "(" + join(PythonOutput::display, ",\n ", values) + ")";
    }

    private static String join(
            Function<@Nullable Object, String> text, String between, @Nullable Object... values) {
        return Arrays.stream(values).map(text).collect(Collectors.joining(between));
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "None";
            case Boolean b -> b ? "True" : "False";
            case Shape shape -> "Size(" + shape + ")";
            case Class<?> type -> type.getSimpleName();
            default -> value.toString();
        };
    }

    private static String display(@Nullable Object value) {
        return switch (value) {
            case String s -> "'" + s.replace("\n", "\\n") + "'";
            case Node node -> node.toString().replace(" object at ", " at ");
            case null, default -> text(value);
        };
    }
}
