package dev.lanegrad.regress;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A benchmark with one value for each of its parameters: what is compared.
///
/// @param benchmark class and method, `org.example.SortBench.quick`
/// @param params values by name
public record Case(String benchmark, SortedMap<String, String> params) implements Comparable<Case> {
    private static final Pattern PARAM = Pattern.compile("  param \"(.+?)\" = \\{(.*)}");
    private static final Comparator<Case> ORDER =
            Comparator.comparing(Case::benchmark).thenComparing(c -> c.params().toString());

    /// Parameters are kept in the order of their names.
    public Case(String benchmark, Map<String, String> params) {
        this(benchmark, new TreeMap<>(params));
    }

    /// All cases in the output of JMH's `-lp`, in its order of benchmarks.
    static List<Case> parse(String listing) {
        Map<String, Map<String, List<String>>> benchmarks = new TreeMap<>();
        Map<String, List<String>> params = new TreeMap<>();
        for (String line : listing.lines().toList()) {
            Matcher m = PARAM.matcher(line);
            if (m.matches()) {
                params.put(m.group(1), List.of(m.group(2).split(", ", -1)));
            } else if (line.matches("[\\w$]+(\\.[\\w$]+)+")) {
                params = new TreeMap<>();
                benchmarks.put(line, params);
            }
        }
        List<Case> cases = new ArrayList<>();
        benchmarks.forEach((name, values) -> product(name, values).forEach(cases::add));
        return cases;
    }

    private static List<Case> product(String benchmark, Map<String, List<String>> values) {
        List<Map<String, String>> all = List.of(Map.of());
        for (Map.Entry<String, List<String>> e : values.entrySet()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> one : all) {
                for (String value : e.getValue()) {
                    Map<String, String> next = new TreeMap<>(one);
                    next.put(e.getKey(), value);
                    longer.add(next);
                }
            }
            all = longer;
        }
        return all.stream().map(p -> new Case(benchmark, p)).toList();
    }

    /// Class, method and parameters, without the package: `SortBench.quick n=100`.
    @JsonIgnore
    public String name() {
        int method = benchmark.lastIndexOf('.');
        int type = benchmark.lastIndexOf('.', method - 1);
        String values =
                params.entrySet().stream()
                        .map(e -> " " + e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining());
        return benchmark.substring(type + 1) + values;
    }

    /// What a regular expression for cases is matched with: [#name()] with the package before it.
    @JsonIgnore
    public String id() {
        return benchmark.substring(0, benchmark.length() - simpleLength()) + name();
    }

    private int simpleLength() {
        int type = benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1);
        return benchmark.length() - type - 1;
    }

    @Override
    public int compareTo(Case other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name();
    }
}
