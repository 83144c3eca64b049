import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// For each kind of formulas an enum of operations, whose loops the arrays' type chooses.
final class Operations {
    private final Kind kind;
    private final Map<String, Formula> floats;
    private final Map<String, Formula> longs;

    private Operations(Kind kind, List<Source> f32, List<Source> i64) {
        this.kind = kind;
        floats = kind.formulas(f32);
        longs = kind.formulas(i64);
    }

    static List<Source> of(List<Source> f32, List<Source> i64) {
        return Kind.ALL.stream()
                .map(kind -> new Operations(kind, f32, i64))
                .filter(operations -> !operations.floats.isEmpty())
                .map(Operations::source)
                .toList();
    }

    private Source source() {
        var all = new TreeMap<>(floats);
        all.putAll(longs);
        var choices = new StringBuilder();
        var methods = new StringBuilder();
        for (String type : List.of("f32", "f64")) {
            choices.append(choice(type, """
                                if (Simd.VECTOR) {
                                    %s
                                } else {
                                    %s
                                }
                    """.formatted(call(type, type), call(oneLane(type), type))));
            methods.append(method(type, type, type, floats.values()));
        }
        for (String type : List.of("f32", "f64")) {
            methods.append(method(oneLane(type), "scalar." + type, type, floats.values()));
        }
        for (String type : integers()) {
            choices.append(choice(type, "            " + call(type, type) + "\n"));
            methods.append(method(type, type, type, longs.values()));
        }
        return new Source("any", kind.name(), """
                package dev.lanegrad.kernels.any;

                import dev.lanegrad.kernels.LoopKernel;
                import dev.lanegrad.kernels.Simd;

                /// The element-wise operations of %1$s operand%2$s%3$s.
                public enum %4$s implements LoopKernel {
                    %5$s;

                    @Override
                    public int inputs() {
                        return %1$s;
                    }

                    @Override
                    public void run(Object[] a, int[] at, int[] step, int n, double p, double q) {
                        rows(a, at, step, step, 1, n, p, q);
                    }

                    @Override
                    public void rows(Object[] a, int[] at, int[] step, int[] by, int rows, int n, double p, double q) {
                %6$s        throw unsupported(a[0]);
                    }

                    private IllegalArgumentException unsupported(Object x) {
                        return new IllegalArgumentException(this + ": not defined for " + x.getClass().getSimpleName());
                    }
                %7$s}
                """.formatted(
                        kind.inputs(),
                        kind.inputs() > 1 ? "s" : "",
                        kind.isTest() ? " and a boolean result" : "",
                        kind.name(),
                        all.values().stream().map(Formula::constant).collect(Collectors.joining(",\n    ")),
                        choices,
                        methods));
    }

    private List<String> integers() {
        var integers = new ArrayList<String>();
        if (!longs.isEmpty()) {
            integers.add("i64");
            integers.addAll(Twins.SMALLER_INTEGERS);
        }
        return integers;
    }

    private static String oneLane(String type) {
        return "scalar" + type.toUpperCase(Locale.ROOT);
    }

    private static String choice(String type, String calls) {
        return """
                        if (a[0] instanceof %s[] x) {
                %s            return;
                        }
                """.formatted(Twins.ELEMENTS.get(type), calls);
    }

    private static String call(String method, String type) {
        return "%s(x, a, at, step, by, rows, n, (%s) p, (%2$s) q);".formatted(method, Twins.ELEMENTS.get(type));
    }

    /// The method that calls the loops of `pkg`.
    private String method(String name, String pkg, String type, Collection<Formula> formulas) {
        String element = Twins.ELEMENTS.get(type);
        int inputs = kind.inputs();
        String further =
                IntStream.range(1, inputs)
                        .mapToObj(i -> "        %s[] x%s = (%1$s[]) a[%2$s];\n".formatted(element, i))
                        .collect(Collectors.joining());
        String operands =
                IntStream.range(1, inputs)
                        .mapToObj("x%1$s, at[%1$s], step[%1$s], by[%1$s], "::formatted)
                        .collect(Collectors.joining());
        String cases =
                formulas.stream()
                        .map(f -> """
                                            case %s -> dev.lanegrad.kernels.%s.%s.rows(x, at[0], step[0], by[0], \
                                %sy, at[%s], by[%5$s], rows, n, p, q);
                                """.formatted(f.constant(), pkg, kind.className(f), operands, inputs))
                        .collect(Collectors.joining());
        return """

                    private void %s(%s[] x, Object[] a, int[] at, int[] step, int[] by, int rows, int n, \
                %2$s p, %2$s q) {
                %s        %s[] y = (%4$s[]) a[%s];
                        switch (this) {
                %s            default -> throw unsupported(x);
                        }
                    }
                """.formatted(name, element, further, kind.isTest() ? "boolean" : element, inputs, cases);
    }
}
