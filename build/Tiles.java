import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// From `Tile6x4` the tiles of 1..6 rows and 1..4 vectors, from `Tile12x2` those of 7..12 rows and 1..2
/// vectors: a statement line that names an accumulator, a row or a column vector beyond the tile is left
/// out. Names: `c<row><column>`, `a<row>`, `y<row>` and `z<row>` (where a row is written and read) and
/// `b<column>`, `d<column>` and `e<column>`. `Tiles` picks one of them. `WindowTile12x2` likewise.
final class Tiles {
    private static final Pattern NAME = Pattern.compile("(\\w*Tile)(\\d+)x(\\d)");
    private static final Pattern ACCUMULATOR = Pattern.compile("\\bc(\\d+)(\\d)\\b");
    private static final Pattern ROW = Pattern.compile("\\b[ayz](\\d+)\\b");
    private static final Pattern COLUMN = Pattern.compile("\\b[bde](\\d)\\b");
    private static final Pattern METHOD =
            Pattern.compile("(?m)((?:^    ///.*\\n)*)^    static void (\\w+)\\(([^)]*)\\)");

    /// A written tile and the size that it has.
    private record Template(Source source, String family, int rows, int columns) {
        boolean has(String method) {
            return source.text().contains("static void " + method + "(");
        }
    }

    /// A tile of at most its template's size.
    private record Tile(Template template, int rows, int columns) {
        String name() {
            return template.family() + rows + "x" + columns;
        }

        boolean isWritten() {
            return rows == template.rows() && columns == template.columns();
        }

        Source source() {
            Source whole = template.source();
            String text =
                    whole.text()
                            .lines()
                            .filter(line -> !isBeyond(line))
                            .collect(Collectors.joining("\n", "", "\n"));
            text =
                    Words.replace(text, Map.of(whole.name(), name()))
                            .replace("COLUMNS = " + template.columns() + ";", "COLUMNS = " + columns + ";");
            return new Source(whole.pkg(), name(), text);
        }

        private boolean isBeyond(String line) {
            return any(ACCUMULATOR, line, m -> number(m.group(1)) >= rows || number(m.group(2)) >= columns)
                    || any(ROW, line, m -> number(m.group(1)) >= rows)
                    || any(COLUMN, line, m -> number(m.group(1)) >= columns);
        }

        private static boolean any(Pattern name, String line, Predicate<MatchResult> isBeyond) {
            return name.matcher(line).results().anyMatch(isBeyond);
        }
    }

    private Tiles() {}

    /// The tiles that are not written, and for each family the class that picks one.
    static List<Source> of(List<Source> f32) {
        var families = new TreeMap<String, TreeMap<Integer, Template>>();
        for (Source s : f32) {
            Matcher m = NAME.matcher(s.name());
            if (m.matches()) {
                var template = new Template(s, m.group(1), number(m.group(2)), number(m.group(3)));
                families.computeIfAbsent(template.family(), _ -> new TreeMap<>()).put(template.rows(), template);
            }
        }
        var stamped = new ArrayList<Source>();
        families.forEach((family, templates) -> {
            List<Tile> tiles = tiles(templates.values());
            tiles.stream().filter(t -> !t.isWritten()).map(Tile::source).forEach(stamped::add);
            stamped.add(choice(family + "s", templates.firstEntry().getValue().source(), tiles));
        });
        return stamped;
    }

    /// @param templates the one of fewest rows first; each has the tiles of more rows than the one before it
    private static List<Tile> tiles(Collection<Template> templates) {
        var tiles = new ArrayList<Tile>();
        int first = 1;
        for (Template t : templates) {
            for (int rows = first; rows <= t.rows(); rows++) {
                for (int columns = 1; columns <= t.columns(); columns++) {
                    tiles.add(new Tile(t, rows, columns));
                }
            }
            first = t.rows() + 1;
        }
        return tiles;
    }

    /// A class `name` with the methods of `model`, each with the tile's rows and columns in front.
    private static Source choice(String name, Source model, List<Tile> tiles) {
        var methods = new StringBuilder();
        Matcher m = METHOD.matcher(model.text());
        while (m.find()) {
            String method = m.group(2);
            String arguments = Parameter.names(Parameter.list(m.group(3)));
            String cases =
                    tiles.stream()
                            .filter(t -> t.template().has(method))
                            .map(t -> "            case " + (4 * t.rows() + t.columns() - 5) + " -> "
                                    + t.name() + "." + method + "(" + arguments + ");\n")
                            .collect(Collectors.joining());
            methods.append("""

                    %s    static void %s(int rows, int columns, %s) {
                            switch (4 * rows + columns - 5) {
                    %s            default -> throw new IllegalArgumentException("no tile of " + rows + " rows and " \
                    + columns + " vectors");
                            }
                        }
                    """.formatted(m.group(1), method, m.group(3).trim(), cases));
        }
        return new Source(model.pkg(), name, """
                package %s%s;

                /// The tile of a number of rows and vectors.
                final class %s {
                    private %3$s() {}
                %s}
                """.formatted(Source.ROOT.replace('/', '.'), model.pkg(), name, methods));
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
