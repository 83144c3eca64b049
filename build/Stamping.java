import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// From the templates of one package the classes of loops: for every formula one with the formula written out (shared
/// loops over lambdas are 20 times slower as soon as a third operation is live), and of `FoldTemplate` and
/// `StepTemplate` one for every nested class of `FoldFormulas` and `StepFormulas`.
final class Stamping {
    private final List<Source> sources;
    private final Map<String, Source> byName;
    private final Inliner inliner;

    private Stamping(List<Source> sources) {
        this.sources = sources;
        byName = sources.stream().collect(Collectors.toMap(Source::name, Function.identity()));
        inliner = new Inliner(sources);
    }

    static List<Source> of(List<Source> sources) {
        if (sources.stream().noneMatch(s -> s.name().endsWith("Template"))) {
            return List.of();
        }
        return new Stamping(sources).stamped();
    }

    private List<Source> stamped() {
        var stamped = new ArrayList<Source>();
        for (Kind kind : Kind.ALL) {
            Source template = byName.get(kind.name() + "Template");
            Source lanes = byName.get(kind.name() + "Lanes");
            Source lanesTemplate = byName.getOrDefault(kind.name() + "LanesTemplate", template);
            for (Formula f : kind.formulas(sources).values()) {
                boolean hasLanes = lanes != null && lanes.text().contains(" " + f.name() + "(");
                stamped.add(stamp(hasLanes ? lanesTemplate : template, kind, f));
            }
        }
        stamped.addAll(nested("Fold"));
        stamped.addAll(nested("Step"));
        return stamped;
    }

    /// The template with the formula in the place of its placeholder: written out, if its operands are
    /// vectors, and else called. Of integers vectors come from the class `<kind>Lanes`; where it has not all
    /// formulas, those it has are in the loops of `<kind>LanesTemplate`.
    private Source stamp(Source template, Kind kind, Formula f) {
        Matcher m =
                Pattern.compile("(?s)([^;{}]*)\\b" + kind.name() + "Formulas\\s*\\.placeholder\\((.*?),\\s*p,\\s*q\\)")
                        .matcher(template.text());
        var text = new StringBuilder();
        while (m.find()) {
            var args = new ArrayList<>(List.of(m.group(2).trim().split("\\s*,\\s*(?![^(]*\\))")));
            args.addAll(f.scalars());
            var statements = new StringBuilder("\n");
            String value =
                    template.pkg().startsWith("f")
                            ? inliner.inline(f.owner(), f.name(), args, statements)
                            : f.owner() + "." + f.name() + "(" + String.join(", ", args) + ")";
            m.appendReplacement(text, Matcher.quoteReplacement(statements + m.group(1) + value));
        }
        String stamped =
                m.appendTail(text).toString()
                        .replace(kind.name() + "Lanes.placeholder(", kind.name() + "Lanes." + f.name() + "(");
        String name = kind.className(f);
        return new Source(
                template.pkg(), name, Words.replace(withAllVectors(stamped), Map.of(template.name(), name)));
    }

    private List<Source> nested(String kind) {
        var stamped = new ArrayList<Source>();
        Source formulas = byName.get(kind + "Formulas");
        if (formulas != null) {
            Source template = byName.get(kind + "Template");
            Matcher m = Pattern.compile("(?m)^    static final class (\\w+)").matcher(formulas.text());
            while (m.find()) {
                if (!m.group(1).equals("Placeholder")) {
                    String name = kind + m.group(1);
                    var words = Map.of("Placeholder", m.group(1), template.name(), name);
                    String text = Words.replace(template.text(), words);
                    if (kind.equals("Fold")) {
                        text = withAllVectors(new Folds(formulas.name() + "." + m.group(1), inliner).inlined(text));
                    }
                    stamped.add(new Source(template.pkg(), name, text));
                }
            }
        }
        return stamped;
    }

    /// What is written out may need other vector classes than the template does.
    private static String withAllVectors(String text) {
        return text.replaceFirst("(?m)^import jdk\\.incubator\\.vector\\..*$", "import jdk.incubator.vector.*;");
    }
}
