import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A kind of element-wise loops and how many operands they have: files `<name>Formulas...` and a file `<name>Template`.
record Kind(String name, int inputs) {
    static final List<Kind> ALL =
            List.of(
                    new Kind("Binary", 2),
                    new Kind("Compare", 2),
                    new Kind("Predicate", 1),
                    new Kind("Ternary", 3),
                    new Kind("Unary", 1));

    boolean isTest() {
        return name.equals("Compare") || name.equals("Predicate");
    }

    /// The class of the formula's loops.
    String className(Formula f) {
        return name + Words.capitalized(f.name());
    }

    /// The formulas of this kind by their names.
    Map<String, Formula> formulas(List<Source> sources) {
        var byName = new TreeMap<String, Formula>();
        for (Source s : sources) {
            if (s.name().startsWith(name + "Formulas")) {
                for (Formula f : Formula.in(s)) {
                    if (byName.put(f.name(), f) != null) {
                        throw new IllegalStateException(s.path() + ": " + f.name() + " is there twice");
                    }
                }
            }
        }
        return byName;
    }
}
