import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The formula of an operation: the class it is in, its name, and which of the scalars p and q follow its vectors.
record Formula(String owner, String name, List<String> scalars) {
    private static final Pattern DECLARATION =
            Pattern.compile(
                    "(?m)^    static (?:(?:Float|Double)Vector|VectorMask<\\w+>|long|boolean) (\\w+)\\(([^)]*)\\)");

    /// The package-private static methods of a formulas file that return a vector, a mask or a number and
    /// take at least one; private ones are parts of other formulas.
    static List<Formula> in(Source formulas) {
        var found = new ArrayList<Formula>();
        Matcher m = DECLARATION.matcher(formulas.text());
        while (m.find()) {
            if (!m.group(1).equals("placeholder")) {
                List<String> scalars =
                        Parameter.list(m.group(2)).stream()
                                .map(Parameter::name)
                                .filter(name -> name.equals("p") || name.equals("q"))
                                .toList();
                found.add(new Formula(formulas.name(), m.group(1), scalars));
            }
        }
        return found;
    }

    /// Its name as the constant of an enum.
    String constant() {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }
}
