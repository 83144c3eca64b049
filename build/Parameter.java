import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One of a method's parameters, its type with annotations.
record Parameter(String type, String name) {
    /// @param declared what stands between the parentheses of a method that takes at least one
    static List<Parameter> list(String declared) {
        return Stream.of(declared.trim().split("\\s*,\\s*")).map(Parameter::parse).toList();
    }

    private static Parameter parse(String declared) {
        int cut = declared.lastIndexOf(' ');
        return new Parameter(declared.substring(0, cut), declared.substring(cut + 1));
    }

    static String names(List<Parameter> parameters) {
        return parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return type + " " + name;
    }
}
