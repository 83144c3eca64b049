import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// For each class with public static methods a class of the same name in package `any`, which picks the twin by the
/// arrays' type, and the one-lane twin where there are no vectors.
final class Dispatchers {
    private static final Pattern METHOD =
            Pattern.compile("(?m)((?:^    ///.*\\n)*)^    public static ([\\w\\[\\]]+) (\\w+)\\(([^)]*)\\)");
    private static final Pattern DOC = Pattern.compile("(?m)((?:^///.*\\n)+)^public final class");
    private static final String NULLABLE = "@org.jspecify.annotations.Nullable ";

    private Dispatchers() {}

    static List<Source> of(List<Source> f32) {
        var dispatchers = new ArrayList<Source>();
        for (Source s : f32) {
            if (!s.name().endsWith("Template")) {
                String methods =
                        METHOD.matcher(s.text()).results().map(m -> method(s, m)).collect(Collectors.joining());
                if (!methods.isEmpty()) {
                    dispatchers.add(dispatcher(s, methods));
                }
            }
        }
        return dispatchers;
    }

    private static Source dispatcher(Source s, String methods) {
        Matcher doc = DOC.matcher(s.text());
        return new Source("any", s.name(), """
                package dev.lanegrad.kernels.any;

                import dev.lanegrad.kernels.*;

                %s///
                /// Arrays named `Object` are `float[]` or `double[]` (movement: of any element type), all of one type.
                public final class %s {
                    private %2$s() {}
                %s}
                """.formatted(doc.find() ? doc.group(1) : "", s.name(), methods));
    }

    private static String method(Source s, MatchResult m) {
        String name = m.group(3);
        String result =
                switch (m.group(2)) {
                    case "float" -> "double";
                    case "float[]" -> "Object";
                    default -> m.group(2);
                };
        boolean isVoid = result.equals("void");
        List<Parameter> parameters = Parameter.list(m.group(4));
        List<Parameter> declared = parameters.stream().map(Dispatchers::declared).toList();
        String chosenBy =
                parameters.stream()
                        .filter(p -> p.type().equals("float[]"))
                        .map(Parameter::name)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(
                                s.name() + "." + name + ": a public kernel takes an array"));
        String choices =
                Stream.concat(Stream.of("f32"), Twins.packages(s).stream())
                        .map(pkg -> choice(chosenBy, isVoid, pkg, s.name() + "." + name + arguments(parameters, pkg)))
                        .collect(Collectors.joining());
        return """

                %s    public static %s %s(%s) {
                %s%s        throw new IllegalArgumentException("%s.%3$s: not defined for " \
                + %s.getClass().getSimpleName());
                    }
                """.formatted(
                        m.group(1),
                        result,
                        name,
                        declared.stream().map(Parameter::toString).collect(Collectors.joining(", ")),
                        isVoid ? launch(name, declared) : "",
                        choices,
                        s.name(),
                        chosenBy);
    }

    private static boolean isArray(Parameter p) {
        return p.type().matches("(@Nullable )?float( @Nullable )?\\[\\]");
    }

    private static Parameter declared(Parameter p) {
        if (isArray(p)) {
            return new Parameter((p.type().contains("@Nullable") ? NULLABLE : "") + "Object", p.name());
        }
        String type = p.type().replaceFirst("^@Nullable ", "");
        return new Parameter(type.equals("float") ? "double" : type, p.name());
    }

    private static String arguments(List<Parameter> parameters, String pkg) {
        return parameters.stream().map(p -> argument(p, pkg)).collect(Collectors.joining(", ", "(", ");"));
    }

    private static String argument(Parameter p, String pkg) {
        String element = Twins.ELEMENTS.get(pkg);
        if (isArray(p)) {
            return "(" + element + "[]) " + p.name();
        }
        boolean isNarrowed = p.type().equals("float") && !pkg.equals("f64");
        return isNarrowed ? "(" + element + ") " + p.name() : p.name();
    }

    private static String choice(String chosenBy, boolean isVoid, String pkg, String call) {
        String back = isVoid ? "" : "return ";
        String end = isVoid ? " return;" : "";
        String element = Twins.ELEMENTS.get(pkg);
        if (!pkg.startsWith("f")) {
            return """
                            if (%s instanceof %s[]) {
                                %sdev.lanegrad.kernels.%s.%s%s
                            }
                    """.formatted(chosenBy, element, back, pkg, call, end);
        }
        return """
                        if (%s instanceof %s[]) {
                            if (Simd.VECTOR) { %sdev.lanegrad.kernels.%s.%s%s }
                            %3$sdev.lanegrad.kernels.scalar.%4$s.%5$s%6$s
                        }
                """.formatted(chosenBy, element, back, pkg, call, end);
    }

    /// Leaves the call to `Launches` where the thread's calls are kept.
    private static String launch(String name, List<Parameter> declared) {
        String arrays =
                declared.stream()
                        .filter(p -> p.type().endsWith("Object") || p.type().endsWith("[]"))
                        .map(Parameter::name)
                        .collect(Collectors.joining(", "));
        return """
                        if (Launches.areKept()) {
                            Launches.make(() -> %s(%s), new %sObject[] {%s});
                            return;
                        }
                """.formatted(name, Parameter.names(declared), NULLABLE, arrays);
    }
}
