package dev.lanegrad.check;

import dev.lanegrad.Recurrences;
import dev.lanegrad.Tensor;
import dev.lanegrad.ValuesAndIndices;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tables from PyTorch to Lanegrad: all operations of [Tensor] and what PyTorch calls them.
final class TorchTables {
    /// Around the table in the README.
    static final String BEGIN = "<!-- operations: begin -->\n";

    static final String END = "<!-- operations: end -->\n";

    private static final Set<Class<?>> RESULTS =
            Set.of(
                    Tensor.class,
                    Tensor[].class,
                    ValuesAndIndices.class,
                    Recurrences.Memories.class,
                    boolean.class);

    /// Methods of Tensor itself that are no family's.
    private static final Set<String> OWN = Set.of("clone", "detach", "item", "toList");

    /// Static ones that have no like in PyTorch.
    private static final Set<String> NO_TORCH = Set.of("readFrom", "ofRows");

    /// A group of families.
    ///
    /// @param families names of the interfaces of Tensor; none for what Tensor has itself
    record Group(String title, List<String> families) {
        static Group of(String title, String... families) {
            return new Group(title, List.of(families));
        }
    }

    static final List<Group> GROUPS =
            List.of(
                    Group.of("Making and joining"),
                    Group.of("Arithmetic", "Arithmetic", "Powers", "PointwisePairs", "Clamping"),
                    Group.of("Functions", "Pointwise", "SpecialFunctions"),
                    Group.of("Activations", "Activations", "Gating"),
                    Group.of("Comparisons and choices", "Comparisons", "Selection"),
                    Group.of("Bits", "Bitwise"),
                    Group.of(
                            "Reductions",
                            "Reductions",
                            "Extremes",
                            "Statistics",
                            "Sums",
                            "Counting",
                            "Quantiles"),
                    Group.of("Along an axis", "Scans", "Neighbours", "Sorting"),
                    Group.of("Copies, shapes and views", "Copies", "Views", "AxisViews"),
                    Group.of("Parts", "Slicing", "TextIndexing", "Diagonals"),
                    Group.of("Positions", "Indexing", "Gathering", "AdvancedIndexing"),
                    Group.of("Rearranging", "Rearranging", "Padding"),
                    Group.of("Products", "MatrixProducts", "MatrixSums", "MatrixChains"),
                    Group.of("Linear algebra", "LinearAlgebra", "MatrixNorms", "Distances"),
                    Group.of("Convolutions", "Convolution"),
                    Group.of("Pools", "Pooling", "VolumePooling", "Unpooling"),
                    Group.of("Images", "Resampling"),
                    Group.of("Normalizations", "Normalization"),
                    Group.of("Losses", "Losses", "RegressionLosses", "MarginLosses"),
                    Group.of("Sequences", "Sequences", "Recurrences"),
                    Group.of("Random", "RandomFills"),
                    Group.of(
                            "In place",
                            "InPlace",
                            "FunctionWrites",
                            "IndexedWrites",
                            "MatrixWrites"));

    private TorchTables() {}

    /// The operations of a group: their calls by the method's name.
    static Map<String, Set<String>> calls(Group group) {
        Map<String, Set<String>> calls = new TreeMap<>();
        methods(group)
                .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic())
                .forEach(m ->
                        calls.computeIfAbsent(m.getName(), _ -> new TreeSet<>(TorchTables::order))
                                .add(call(m)));
        return calls;
    }

    private static Stream<Method> methods(Group group) {
        if (group.families.isEmpty()) {
            return Stream.of(Tensor.class.getDeclaredMethods())
                    .filter(m ->
                            Modifier.isStatic(m.getModifiers())
                                    ? RESULTS.contains(m.getReturnType())
                                            && !NO_TORCH.contains(m.getName())
                                    : OWN.contains(m.getName()));
        }
        return Stream.of(Tensor.class.getInterfaces())
                .filter(family -> group.families.contains(family.getSimpleName()))
                .flatMap(family -> Stream.of(family.getDeclaredMethods()))
                .filter(m -> !Modifier.isStatic(m.getModifiers()))
                .filter(m -> RESULTS.contains(m.getReturnType()));
    }

    private static String call(Method method) {
        Parameter[] parameters = method.getParameters();
        String arguments =
                Stream.of(parameters)
                        .map(p -> p.getName() + (p.isVarArgs() ? "..." : ""))
                        .collect(Collectors.joining(", "));
        String on = Modifier.isStatic(method.getModifiers()) ? "Tensor" : "x";
        return on + "." + method.getName() + "(" + arguments + ")";
    }

    /// Short calls first.
    private static int order(String a, String b) {
        return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
    }

    // ------------------------------------------------------------ the page

    /// `docs/pytorch.md`.
    static String page() {
        StringBuilder page =
                new StringBuilder(
                        """
                        # From PyTorch: every operation

                        Made from the catalogue of operations; `TorchTablesTest` says how to make it again. `x` is the tensor, which is PyTorch's
                        first argument; arguments have PyTorch's order and meaning but where they are named otherwise: `axis` is `dim`. Java's
                        `long` and `double` are Python's `int` and `float`. Where results are bools, counts or positions there is no gradient, which
                        the table says; the derivatives of all other operations, of any order, backward and forward, are verified by
                        `./lanegrad gradcheck`.
                        """);
        for (Group group : GROUPS) {
            page.append("\n## ").append(group.title).append("\n\n");
            page.append("| PyTorch | Lanegrad |\n|---|---|\n");
            calls(group)
                    .forEach((method, calls) -> {
                        String none =
                                OutsideTheCatalogue.WITHOUT_DERIVATIVE.contains(method)
                                        ? " (no gradient)"
                                        : "";
                        page.append("| ")
                                .append(code(TorchNames.of(method)))
                                .append(" | ")
                                .append(code(calls))
                                .append(none)
                                .append(" |\n");
                    });
        }
        return page.toString();
    }

    // ------------------------------------------------------------ the README's table

    /// The table in the README, markers included.
    static String summary() {
        StringBuilder table =
                new StringBuilder(BEGIN)
                        .append("| | PyTorch's words in camelCase | others |\n|---|---|---|\n");
        for (Group group : GROUPS) {
            List<String> same = new ArrayList<>();
            List<String> others = new ArrayList<>();
            for (String method : calls(group).keySet()) {
                for (String name : TorchNames.of(method)) {
                    if (TorchNames.isByRule(name, method)) {
                        same.add(method);
                    } else {
                        others.add(code(List.of(name)) + " → " + code(List.of(method)));
                    }
                }
            }
            table.append("| ")
                    .append(group.title)
                    .append(" | ")
                    .append(code(same.stream().distinct().toList()))
                    .append(" | ")
                    .append(String.join(", ", others))
                    .append(" |\n");
        }
        return table.append(END).toString();
    }

    /// The README with its table made anew.
    static String withSummary(String readme) {
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("README.md has no " + BEGIN + "..." + END);
        }
        return readme.substring(0, begin) + summary() + readme.substring(end + END.length());
    }

    private static String code(Collection<String> texts) {
        return texts.stream()
                .map(t -> "`" + t.replace("|", "\\|") + "`")
                .collect(Collectors.joining(", "));
    }
}
