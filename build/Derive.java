import module java.base;

/// Derives Java sources from the hand-written single-precision kernels, so that every loop and every
/// formula is written once. Run as `java Derive.java SOURCE_ROOT OUTPUT_ROOT`; the output mirrors the
/// sources exactly (files no longer derived are deleted, unchanged ones keep their time stamp). With the
/// further argument `tests` it only widens: tests call the dispatchers, which choose the lanes.
///
/// In a package that ends in `.f32`:
/// 1. **stamp**: for every formula in `UnaryFormulas`, `BinaryFormulas`, ... (and `UnaryFormulasActivation`,
///    any file whose name begins so) a final class that is the matching template's loop with the formula
///    written out (see [Inliner]; shared loops over lambdas are 20 times slower as soon as a third operation
///    is live), and of `FoldTemplate` and `StepTemplate` for every nested class of `FoldFormulas` and `StepFormulas`; for `Tile6x4`,
///    `Tile12x2` and `WindowTile12x2` the tiles of fewer rows and columns, by leaving out the statements of the rows and columns that are not there;
/// 2. **widen**: `f64` from `f32`, whole word by whole word, line for line;
/// 3. **one lane**: `scalar.f32` and `scalar.f64`, the same text over the one-lane vectors of the
///    package `scalar`, for machines without the vector module or without FMA;
/// 4. **cast**: from `cast.FloatToDouble` the conversions between any two element types;
/// 5. **dispatch**: in package `any`, for each class with public static methods, a class of the same name
///    that picks the twin by the arrays' type, and for the formulas an enum of operations.
///
/// A line comment `// derive: ...` at the start of a file lists its twins instead: `none`, or any of
/// `f64 i64 i32 i16 i8 bool`. A hand-written file in the place of a twin always wins; one in `.f64` is
/// also the original of its one-lane twin.
static final String ROOT = "dev/lanegrad/kernels/";

record Source(String pkg, String name, String text) {
    String path() {
        return ROOT + pkg.replace('.', '/') + "/" + name + ".java";
    }
}

/// One formula: its class, its name, how many vectors it takes and which scalars follow them.
record Formula(String owner, String name, int vectors, List<String> scalars) {}

void main(String[] args) throws IOException {
    Path in = Path.of(args[0]);
    Path out = Path.of(args[1]);
    boolean tests = args.length > 2 && args[2].equals("tests");
    Set<String> written = handWritten(in);
    List<Source> f32 = read(in, "f32");
    List<Source> i64 = read(in, "i64");
    var derived = new LinkedHashMap<String, Source>();

    for (Source s : concat(tiles(f32), stampAll(i64))) {
        derived.put(s.path(), s);
    }
    for (Source s : concat(f32, tiles(f32))) {
        for (Source twin : floatTwins(s, tests)) {
            derived.put(twin.path(), twin);
        }
    }
    List<Source> f64 = read(in, "f64");
    for (Source s : f64) {
        Source twin = oneLane(s);
        derived.put(twin.path(), twin);
    }
    for (Source s : concat(stampAll(f32), stampAll(concat(twins(f32, f64), f64)))) {
        derived.put(s.path(), s);
        derived.put(oneLane(s).path(), oneLane(s));
    }
    for (Source s : concat(i64, stampAll(i64))) {
        for (String type : twinsOf(s, List.of("i32", "i16", "i8"))) {
            Source twin = retype(s, "i64", type);
            derived.put(twin.path(), twin);
        }
    }
    for (Source s : read(in, "scalar")) {
        if (s.name().startsWith("Float") || s.name().startsWith("Int")) {
            Source twin = widenOneLane(s);
            derived.put(twin.path(), twin);
        }
    }
    if (!tests) {
        for (Source s : concat(casts(read(in, "cast")), concat(operations(f32, i64), dispatchers(f32)))) {
            derived.put(s.path(), s);
        }
    }
    derived.keySet().removeAll(written);
    write(out, derived);
}

// ---------------------------------------------------------------- reading and writing

Set<String> handWritten(Path in) throws IOException {
    if (!Files.isDirectory(in)) {
        return Set.of();
    }
    try (var files = Files.walk(in)) {
        return files.filter(p -> p.toString().endsWith(".java"))
                .map(p -> in.relativize(p).toString().replace('\\', '/'))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

List<Source> read(Path in, String pkg) throws IOException {
    Path folder = in.resolve(ROOT + pkg);
    if (!Files.isDirectory(folder)) {
        return List.of();
    }
    var sources = new ArrayList<Source>();
    try (var files = Files.list(folder)) {
        for (Path p : files.filter(p -> p.toString().endsWith(".java")).sorted().toList()) {
            String name = p.getFileName().toString().replace(".java", "");
            if (!name.equals("package-info")) {
                sources.add(new Source(pkg, name, Files.readString(p)));
            }
        }
    }
    return sources;
}

void write(Path out, Map<String, Source> derived) throws IOException {
    Files.createDirectories(out);
    for (Source s : derived.values()) {
        Path p = out.resolve(s.path());
        Files.createDirectories(p.getParent());
        String text = s.text().replaceAll("(?m)^// derive:.*\\n", "");
        if (!Files.exists(p) || !Files.readString(p).equals(text)) {
            Files.writeString(p, text);
        }
    }
    try (var files = Files.walk(out)) {
        for (Path p : files.filter(Files::isRegularFile).toList()) {
            if (!derived.containsKey(out.relativize(p).toString().replace('\\', '/'))) {
                Files.delete(p);
            }
        }
    }
}

static <T> List<T> concat(List<T> a, List<T> b) {
    return Stream.concat(a.stream(), b.stream()).toList();
}

// ---------------------------------------------------------------- twins

List<String> twinsOf(Source s, List<String> otherwise) {
    Matcher m = Pattern.compile("(?m)^// derive: (.*)$").matcher(s.text());
    if (!m.find()) {
        return otherwise;
    }
    return m.group(1).trim().equals("none") ? List.of() : List.of(m.group(1).trim().split(" "));
}

/// The double-precision twins of the f32 sources, but for those that are written.
List<Source> twins(List<Source> f32, List<Source> written) {
    return f32.stream()
            .filter(s -> twinsOf(s, List.of("f64")).contains("f64"))
            .filter(s -> written.stream().noneMatch(w -> w.name().equals(s.name())))
            .map(s -> retype(s, "f32", "f64"))
            .toList();
}

List<Source> floatTwins(Source s, boolean tests) {
    var twins = new ArrayList<Source>();
    List<String> types = twinsOf(s, List.of("f64"));
    for (String type : types) {
        twins.add(retype(s, "f32", type));
    }
    if (tests) {
        return twins;
    }
    twins.add(oneLane(s));
    if (types.contains("f64")) {
        twins.add(oneLane(retype(s, "f32", "f64")));
    }
    return twins;
}

static final Map<String, Map<String, String>> WORDS =
        Map.of(
                "f32 f64",
                Map.of(
                        "float", "double",
                        "Float", "Double",
                        "FloatVector", "DoubleVector",
                        "floats", "doubles",
                        "f32", "f64",
                        "F32", "F64",
                        "IntVector", "LongVector",
                        "reinterpretAsInts", "reinterpretAsLongs",
                        "reinterpretAsFloats", "reinterpretAsDoubles"),
                "f32 i64", Map.of("float", "long", "Float", "Long", "f32", "i64"),
                "f32 i32", Map.of("float", "int", "Float", "Integer", "f32", "i32"),
                "f32 i16", Map.of("float", "short", "Float", "Short", "f32", "i16"),
                "f32 i8", Map.of("float", "byte", "Float", "Byte", "f32", "i8"),
                "f32 bool", Map.of("float", "boolean", "Float", "Boolean", "f32", "bool"),
                "i64 i32", Map.of("long", "int", "Long", "Integer", "i64", "i32", "LongVector", "IntVector"),
                "i64 i16", Map.of("long", "short", "Long", "Short", "i64", "i16", "LongVector", "ShortVector"),
                "i64 i8", Map.of("long", "byte", "Long", "Byte", "i64", "i8", "LongVector", "ByteVector"),
                "i64 bool", Map.of("long", "boolean", "Long", "Boolean", "i64", "bool"));

Source retype(Source s, String from, String to) {
    Map<String, String> words = WORDS.get(from + " " + to);
    String text = s.text();
    if (to.equals("f64")) {
        text = widenLiterals(text);
    }
    return new Source(s.pkg().replace(from, to), s.name(), replaceWords(text, words));
}

Source widenOneLane(Source s) {
    var words =
            new HashMap<>(
                    Map.of(
                            "float", "double", "Float", "Double",
                            "FloatVector", "DoubleVector",
                            "int", "long", "Integer", "Long",
                            "IntVector", "LongVector"));
    words.putAll(
            Map.of(
                    "floatToRawIntBits", "doubleToRawLongBits",
                    "intBitsToFloat", "longBitsToDouble",
                    "FLOAT", "DOUBLE",
                    "INT", "LONG",
                    "reinterpretAsInts", "reinterpretAsLongs",
                    "reinterpretAsFloats", "reinterpretAsDoubles"));
    // positions and counts stay int: they are written as `/* index */ int` in the originals
    String text = s.text().replaceAll("/\\* index \\*/ int\\b", "@index@");
    text = replaceWords(widenLiterals(text), words).replace("@index@", "int");
    String name = s.name().replace("Float", "Double").replace("Int", "Long");
    return new Source(s.pkg(), name, text);
}

/// `1f` becomes `1.0`, so that `1f / 3` stays a fraction.
String widenLiterals(String text) {
    return text.replaceAll("\\b(0[xX][0-9a-fA-F.]+[pP][-+]?\\d+)f\\b", "$1")
            .replaceAll("\\b(\\d[\\d_]*(?:\\.\\d+)(?:[eE][-+]?\\d+)?|\\d[\\d_]*[eE][-+]?\\d+)f\\b", "$1")
            .replaceAll("\\b(\\d[\\d_]*)f\\b", "$1.0");
}

Source oneLane(Source s) {
    String text =
            s.text()
                    .replace("import jdk.incubator.vector.", "import dev.lanegrad.kernels.scalar.")
                    .replaceAll(
                            "\\bdev\\.lanegrad\\.kernels\\.(f32|f64)\\b",
                            "dev.lanegrad.kernels.scalar.$1");
    return new Source("scalar." + s.pkg(), s.name(), text);
}

String replaceWords(String text, Map<String, String> words) {
    return Pattern.compile("\\b[A-Za-z_][A-Za-z0-9_]*\\b")
            .matcher(text)
            .replaceAll(m -> Matcher.quoteReplacement(words.getOrDefault(m.group(), m.group())));
}

// ---------------------------------------------------------------- stamping loops

/// The kinds of element-wise loops and their operands: files `<kind>Formulas...` and a file
/// `<kind>Template` each.
static final Map<String, Integer> KINDS = new TreeMap<>(Map.of("Unary", 1, "Binary", 2, "Ternary", 3, "Compare", 2, "Predicate", 1));

List<Source> stampAll(List<Source> sources) {
    Map<String, Source> byName = new HashMap<>();
    sources.forEach(s -> byName.put(s.name(), s));
    var stamped = new ArrayList<Source>();
    if (byName.keySet().stream().noneMatch(name -> name.endsWith("Template"))) {
        return stamped;
    }
    var inliner = new Inliner(sources.stream().collect(Collectors.toMap(Source::name, Source::text)));
    for (String kind : KINDS.keySet()) {
        Source template = byName.get(kind + "Template");
        Source lanes = byName.get(kind + "Lanes");
        Source lanesTemplate = byName.getOrDefault(kind + "LanesTemplate", template);
        for (Formula f : byName(kind, sources).values()) {
            boolean has = lanes != null && lanes.text().contains(" " + f.name() + "(");
            stamped.add(stamp(has ? lanesTemplate : template, kind, f, inliner));
        }
    }
    stamped.addAll(nested("Fold", byName));
    stamped.addAll(nested("Step", byName));
    return stamped;
}

/// From `FoldTemplate` a class of loops for each nested class of `FoldFormulas`, and so for other kinds.
List<Source> nested(String kind, Map<String, Source> byName) {
    var stamped = new ArrayList<Source>();
    Source formulas = byName.get(kind + "Formulas");
    if (formulas != null) {
        Source template = byName.get(kind + "Template");
        Matcher m = Pattern.compile("(?m)^    static final class (\\w+)").matcher(formulas.text());
        while (m.find()) {
            if (!m.group(1).equals("Placeholder")) {
                String name = kind + m.group(1);
                var words = Map.of("Placeholder", m.group(1), kind + "Template", name);
                String text = replaceWords(template.text(), words);
                if (kind.equals("Fold")) {
                    text = foldInlined(text, m.group(1), formulas.text());
                }
                stamped.add(new Source(template.pkg(), name, text));
            }
        }
    }
    return stamped;
}

/// The loops of a fold with its `step` and `join` of vectors written out, for the reason that [Inliner]
/// gives. An operand that is no name becomes a variable; its call must be all that a statement assigns.
String foldInlined(String text, String type, String formulas) {
    Pattern call = Pattern.compile("( *\\w+ =\\s+)?\\bFoldFormulas\\." + type + "\\.(step|join)\\(");
    var out = new StringBuilder();
    int done = 0;
    Matcher m = call.matcher(text);
    while (m.find(done)) {
        int end = closing(text, m.end());
        String[] args = text.substring(m.end(), end).split("\\s*,\\s*", 2);
        Matcher formula = vectorFormula(type, m.group(2), formulas);
        boolean scalar = args[1].matches("\\w+\\[.*") || !formula.find();
        boolean names = args[0].matches("\\w+") && args[1].matches("\\w+");
        if (!scalar && !names && m.group(1) == null) {
            throw new IllegalStateException("FoldTemplate: " + args[1] + " is an operand amid an expression");
        }
        out.append(text, done, m.start());
        if (scalar) {
            out.append(text, m.start(), end + 1);
        } else {
            String second = names ? args[1] : "operand";
            String value =
                    replaceWords(formula.group(4), Map.of(formula.group(2), args[0], formula.group(3), second));
            if (value.contains("step(")) {
                Matcher step = vectorFormula(type, "step", formulas);
                step.find();
                value = replaceWords(step.group(4), Map.of(step.group(2), args[0], step.group(3), second));
            }
            String assigned = Objects.requireNonNullElse(m.group(1), "");
            if (!names) {
                out.append("{\n").append(formula.group(1)).append(" operand = ").append(args[1]).append(";\n");
            }
            out.append(assigned).append(value);
            if (!names) {
                out.append(";\n}");
                end++; // the semicolon
            }
        }
        done = end + 1;
    }
    out.append(text, done, text.length());
    return out.toString().replaceFirst("(?m)^import jdk\\.incubator\\.vector\\..*$", "import jdk.incubator.vector.*;");
}

/// Finds, in the nested class `type`, a method of two vectors: their type, their names, its value.
Matcher vectorFormula(String type, String name, String formulas) {
    Matcher m =
            Pattern.compile(
                            "(?s)static (\\w+Vector) " + name + "\\(\\w+ (\\w+), \\w+ (\\w+)\\) \\{\\s*return (.*?);\\s*\\}")
                    .matcher(formulas);
    int from = formulas.indexOf("static final class " + type + " {");
    int to = formulas.indexOf("\n    }\n", from);
    return m.region(from, to);
}

/// Where the parenthesis closes that opened before `from`.
static int closing(String text, int from) {
    int depth = 1;
    int at = from;
    while (true) {
        char c = text.charAt(at);
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth == 0) {
            return at;
        }
        at++;
    }
}

/// The package-private static methods of a formulas file that return a vector, a mask or a number and
/// take at least one; private ones are parts of other formulas.
List<Formula> formulas(Source s) {
    var found = new ArrayList<Formula>();
    Matcher m =
            Pattern.compile(
                            "(?m)^    static ((?:Float|Double)Vector|VectorMask<\\w+>|long|boolean) (\\w+)\\(([^)]*)\\)")
                    .matcher(s.text());
    while (m.find()) {
        if (m.group(2).equals("placeholder")) {
            continue;
        }
        int vectors = 0;
        var scalars = new ArrayList<String>();
        for (String p : m.group(3).trim().split("\\s*,\\s*")) {
            String[] typeAndName = p.split("\\s+");
            boolean parameter = typeAndName[1].equals("p") || typeAndName[1].equals("q");
            if (parameter) {
                scalars.add(typeAndName[1]);
            } else {
                vectors++;
            }
        }
        found.add(new Formula(s.name(), m.group(2), vectors, scalars));
    }
    return found;
}

/// The template with the formula in the place of its placeholder: written out, if its operands are
/// vectors, and else called. Of integers vectors come from the class `<kind>Lanes`; where it has not all
/// formulas, those it has are in the loops of `<kind>LanesTemplate`.
Source stamp(Source template, String kind, Formula f, Inliner inliner) {
    String name = className(kind, f.name());
    Matcher m =
            Pattern.compile("(?s)([^;{}]*)\\b" + kind + "Formulas\\s*\\.placeholder\\((.*?),\\s*p,\\s*q\\)")
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
    String stamped = m.appendTail(text).toString();
    stamped = stamped.replace(kind + "Lanes.placeholder(", kind + "Lanes." + f.name() + "(");
    stamped = stamped.replaceFirst("(?m)^import jdk\\.incubator\\.vector\\..*$", "import jdk.incubator.vector.*;");
    return new Source(template.pkg(), name, replaceWords(stamped, Map.of(template.name(), name)));
}

static String className(String kind, String formula) {
    return kind + capital(formula);
}

static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
}

static String constant(String formula) {
    return formula.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
}

// ---------------------------------------------------------------- stamping tiles

/// From `Tile6x4` the tiles of 1..6 rows and 1..4 vectors, from `Tile12x2` those of 7..12 rows and 1..2
/// vectors: a statement line that names an accumulator, a row or a column vector beyond the tile is left
/// out. Names: `c<row><column>`, `a<row>`, `y<row>` and `z<row>` (where a row is written and read) and
/// `b<column>`, `d<column>` and `e<column>`. `Tiles` picks one of them. `WindowTile12x2` likewise.
List<Source> tiles(List<Source> f32) {
    var stamped = new ArrayList<Source>();
    var families = new TreeMap<String, TreeMap<Integer, Source>>();
    for (Source s : f32) {
        Matcher m = TILE.matcher(s.name());
        if (m.matches()) {
            families.computeIfAbsent(m.group(1), _ -> new TreeMap<>()).put(tileRows(s), s);
        }
    }
    families.forEach((name, templates) -> {
        stamped.addAll(tiles(templates.values()));
        stamped.add(tileChoice(name + "s", List.copyOf(templates.values())));
    });
    return stamped;
}

List<Source> tiles(Collection<Source> templates) {
    var stamped = new ArrayList<Source>();
    int first = 1;
    for (Source s : templates) {
        for (int rows = first; rows <= tileRows(s); rows++) {
            for (int columns = 1; columns <= tileColumns(s); columns++) {
                if (rows < tileRows(s) || columns < tileColumns(s)) {
                    stamped.add(tile(s, rows, columns));
                }
            }
        }
        first = tileRows(s) + 1;
    }
    return stamped;
}

static final Pattern TILE = Pattern.compile("(\\w*Tile)(\\d+)x(\\d)");

static int tileRows(Source template) {
    return Integer.parseInt(TILE.matcher(template.name()).replaceAll("$2"));
}

static int tileColumns(Source template) {
    return Integer.parseInt(TILE.matcher(template.name()).replaceAll("$3"));
}

Source tile(Source s, int rows, int columns) {
    String kept =
            s.text()
                    .lines()
                    .filter(line -> !beyond(line, rows, columns))
                    .collect(Collectors.joining("\n", "", "\n"));
    String name = TILE.matcher(s.name()).replaceAll("$1" + rows + "x" + columns);
    String text =
            kept.replaceAll("\\b" + s.name() + "\\b", name)
                    .replace("COLUMNS = " + tileColumns(s) + ";", "COLUMNS = " + columns + ";");
    return new Source(s.pkg(), name, text);
}

/// A class `name` with the methods of the templates, the one of fewest rows first, each with the tile's
/// rows and columns in front.
Source tileChoice(String name, List<Source> templates) {
    Source first = templates.getFirst();
    var t = new StringBuilder("package " + ROOT.replace('/', '.') + first.pkg() + ";\n\n");
    t.append("/// The tile of a number of rows and vectors.\nfinal class " + name + " {\n    private " + name + "() {}\n");
    Matcher m = Pattern.compile("(?m)((?:^    ///.*\\n)*)^    static void (\\w+)\\(([^)]*)\\)").matcher(first.text());
    while (m.find()) {
        var names = new ArrayList<String>();
        for (String p : m.group(3).trim().split("\\s*,\\s*")) {
            names.add(p.substring(p.lastIndexOf(' ') + 1));
        }
        t.append("\n" + m.group(1) + "    static void " + m.group(2) + "(int rows, int columns, " + m.group(3).trim() + ") {\n");
        t.append("        switch (4 * rows + columns - 5) {\n");
        int from = 1;
        for (Source s : templates) {
            boolean has = s.text().contains("static void " + m.group(2) + "(");
            for (int rows = from; has && rows <= tileRows(s); rows++) {
                for (int columns = 1; columns <= tileColumns(s); columns++) {
                    t.append("            case " + (4 * rows + columns - 5) + " -> " + tile(s, rows, columns).name() + "." + m.group(2) + "(");
                    t.append(String.join(", ", names) + ");\n");
                }
            }
            from = tileRows(s) + 1;
        }
        t.append("            default -> throw new IllegalArgumentException(\"no tile of \" + rows + \" rows and \" + columns + \" vectors\");\n        }\n    }\n");
    }
    return new Source(first.pkg(), name, t.append("}\n").toString());
}

boolean beyond(String line, int rows, int columns) {
    Matcher c = Pattern.compile("\\bc(\\d+)(\\d)\\b").matcher(line);
    while (c.find()) {
        if (Integer.parseInt(c.group(1)) >= rows || c.group(2).charAt(0) - '0' >= columns) {
            return true;
        }
    }
    Matcher r = Pattern.compile("\\b[ayz](\\d+)\\b").matcher(line);
    while (r.find()) {
        if (Integer.parseInt(r.group(1)) >= rows) {
            return true;
        }
    }
    Matcher b = Pattern.compile("\\b[bde](\\d)\\b").matcher(line);
    while (b.find()) {
        if (b.group(1).charAt(0) - '0' >= columns) {
            return true;
        }
    }
    return false;
}

// ---------------------------------------------------------------- conversions

/// The conversions between any two element types from the one of float to double, and their choice.
List<Source> casts(List<Source> originals) {
    var stamped = new ArrayList<Source>();
    for (Source s : originals) {
        var choice = new StringBuilder();
        for (String from : new TreeSet<>(ARRAYS.values())) {
            for (String to : new TreeSet<>(ARRAYS.values())) {
                stamped.add(cast(s, from.replace("[]", ""), to.replace("[]", "")));
                String call = stamped.getLast().name() + ".run(from, xo, xs, to, yo, n);";
                choice.append("        if (x instanceof " + from + " from && y instanceof " + to + " to) {\n");
                choice.append("            dev.lanegrad.kernels.cast." + call + "\n            return;\n        }\n");
            }
        }
        stamped.add(new Source("any", "Cast", "package dev.lanegrad.kernels.any;\n\n"
                + "/// Conversion between element types, which the arrays tell.\n"
                + "public final class Cast {\n    private Cast() {}\n\n"
                + "    /// `y := x`, n elements; an input of step 0 is one value.\n"
                + "    public static void run(Object x, int xo, int xs, Object y, int yo, int n) {\n"
                + choice
                + "        throw new IllegalArgumentException(\"cast: from \" + x.getClass().getSimpleName() + \" to \" + y.getClass().getSimpleName());\n"
                + "    }\n}\n"));
    }
    return stamped;
}

Source cast(Source s, String from, String to) {
    String name = capital(from) + "To" + capital(to);
    String value = to.equals(from) ? "x" : to.equals("boolean") ? "x != 0" : "(double) " + (from.equals("boolean") ? "(x ? 1 : 0)" : "x");
    String text = s.text().replace("(double) x", value);
    return new Source(s.pkg(), name, replaceWords(text, Map.of("float", from, "double", to, s.name(), name)));
}

// ---------------------------------------------------------------- operations as enums

static final Map<String, String> ARRAYS =
        Map.of(
                "f32", "float[]", "f64", "double[]", "i64", "long[]",
                "i32", "int[]", "i16", "short[]", "i8", "byte[]", "bool", "boolean[]");

List<Source> operations(List<Source> f32, List<Source> i64) {
    var enums = new ArrayList<Source>();
    for (String kind : KINDS.keySet()) {
        Map<String, Formula> floats = byName(kind, f32);
        Map<String, Formula> longs = byName(kind, i64);
        if (floats.isEmpty()) {
            continue;
        }
        int inputs = KINDS.get(kind);
        var names = new TreeSet<>(floats.keySet());
        names.addAll(longs.keySet());
        enums.add(operation(kind, inputs, names, floats.keySet(), longs.keySet()));
    }
    return enums;
}

Map<String, Formula> byName(String kind, List<Source> sources) {
    var map = new TreeMap<String, Formula>();
    for (Source s : sources) {
        if (s.name().startsWith(kind + "Formulas")) {
            for (Formula f : formulas(s)) {
                if (map.put(f.name(), f) != null) {
                    throw new IllegalStateException(s.path() + ": " + f.name() + " is there twice");
                }
            }
        }
    }
    return map;
}

boolean isTest(String kind) {
    return kind.equals("Compare") || kind.equals("Predicate");
}

Source operation(String kind, int inputs, Set<String> names, Set<String> floats, Set<String> longs) {
    var t = new StringBuilder();
    t.append("package dev.lanegrad.kernels.any;\n\n");
    t.append("import dev.lanegrad.kernels.LoopKernel;\nimport dev.lanegrad.kernels.Simd;\n\n");
    t.append("/// The element-wise operations of " + inputs + " operand" + (inputs > 1 ? "s" : ""));
    t.append(isTest(kind) ? " and a boolean result.\n" : ".\n");
    t.append("public enum " + kind + " implements LoopKernel {\n");
    t.append(names.stream().map(n -> "    " + constant(n)).collect(Collectors.joining(",\n")));
    t.append(";\n\n    @Override\n    public int inputs() {\n        return " + inputs + ";\n    }\n");
    t.append("\n    @Override\n    public void run(Object[] a, int[] at, int[] step, int n, double p, double q) {\n");
    t.append("        rows(a, at, step, step, 1, n, p, q);\n    }\n");
    t.append("\n    @Override\n    public void rows(Object[] a, int[] at, int[] step, int[] by, int rows, int n, double p, double q) {\n");
    var types = new ArrayList<>(List.of("f32", "f64"));
    if (!longs.isEmpty()) {
        types.addAll(List.of("i64", "i32", "i16", "i8"));
    }
    for (String type : types) {
        String element = ARRAYS.get(type).replace("[]", "");
        String call = "(x, a, at, step, by, rows, n, (" + element + ") p, (" + element + ") q);";
        t.append("        if (a[0] instanceof " + element + "[] x) {\n");
        if (type.startsWith("f")) {
            t.append("            if (Simd.VECTOR) {\n                " + type + call + "\n            } else {\n");
            t.append("                scalar" + type.toUpperCase(Locale.ROOT) + call + "\n            }\n");
        } else {
            t.append("            " + type + call + "\n");
        }
        t.append("            return;\n        }\n");
    }
    t.append("        throw unsupported(a[0]);\n    }\n");
    t.append("\n    private IllegalArgumentException unsupported(Object x) {\n        return new IllegalArgumentException(this + \": not defined for \" + x.getClass().getSimpleName());\n    }\n");
    method(t, kind, inputs, "f32", "dev.lanegrad.kernels.f32", "float", floats);
    method(t, kind, inputs, "f64", "dev.lanegrad.kernels.f64", "double", floats);
    method(t, kind, inputs, "scalarF32", "dev.lanegrad.kernels.scalar.f32", "float", floats);
    method(t, kind, inputs, "scalarF64", "dev.lanegrad.kernels.scalar.f64", "double", floats);
    if (!longs.isEmpty()) {
        method(t, kind, inputs, "i64", "dev.lanegrad.kernels.i64", "long", longs);
        method(t, kind, inputs, "i32", "dev.lanegrad.kernels.i32", "int", longs);
        method(t, kind, inputs, "i16", "dev.lanegrad.kernels.i16", "short", longs);
        method(t, kind, inputs, "i8", "dev.lanegrad.kernels.i8", "byte", longs);
    }
    return new Source("any", kind, t.append("}\n").toString());
}

void method(StringBuilder t, String kind, int inputs, String name, String pkg, String type, Set<String> ops) {
    t.append("\n    private void " + name + "(" + type + "[] x, Object[] a, int[] at, int[] step, int[] by, int rows, int n, " + type + " p, " + type + " q) {\n");
    for (int i = 1; i < inputs; i++) {
        t.append("        " + type + "[] x" + i + " = (" + type + "[]) a[" + i + "];\n");
    }
    String result = isTest(kind) ? "boolean" : type;
    t.append("        " + result + "[] y = (" + result + "[]) a[" + inputs + "];\n        switch (this) {\n");
    for (String op : ops) {
        t.append("            case " + constant(op) + " -> " + pkg + "." + className(kind, op) + ".rows(x, at[0], step[0], by[0]");
        for (int i = 1; i < inputs; i++) {
            t.append(", x" + i + ", at[" + i + "], step[" + i + "], by[" + i + "]");
        }
        t.append(", y, at[" + inputs + "], by[" + inputs + "], rows, n, p, q);\n");
    }
    t.append("            default -> throw unsupported(x);\n        }\n    }\n");
}

// ---------------------------------------------------------------- dispatchers

static final Pattern PUBLIC_METHOD =
        Pattern.compile(
                "(?m)((?:^    ///.*\\n)*)^    public static ([\\w\\[\\]]+) (\\w+)\\(([^)]*)\\)");

List<Source> dispatchers(List<Source> f32) {
    var found = new ArrayList<Source>();
    for (Source s : f32) {
        if (s.name().endsWith("Template")) {
            continue;
        }
        Matcher m = PUBLIC_METHOD.matcher(s.text());
        var body = new StringBuilder();
        List<String> types = twinsOf(s, List.of("f64"));
        while (m.find()) {
            dispatch(body, s, m, types);
        }
        if (body.isEmpty()) {
            continue;
        }
        Matcher doc = Pattern.compile("(?m)((?:^///.*\\n)+)^public final class").matcher(s.text());
        String text =
                "package dev.lanegrad.kernels.any;\n\nimport dev.lanegrad.kernels.*;\n\n"
                        + (doc.find() ? doc.group(1) : "")
                        + "///\n/// Arrays named `Object` are `float[]` or `double[]` (movement: of any element type), all of one type.\n"
                        + "public final class " + s.name() + " {\n    private " + s.name() + "() {}\n"
                        + body + "}\n";
        found.add(new Source("any", s.name(), text));
    }
    return found;
}

void dispatch(StringBuilder t, Source s, Matcher m, List<String> types) {
    String result =
            switch (m.group(2)) {
                case "float" -> "double";
                case "float[]" -> "Object";
                default -> m.group(2);
            };
    var declared = new ArrayList<String>();
    var calls = new LinkedHashMap<String, List<String>>();
    var all = new ArrayList<>(List.of("f32"));
    all.addAll(types);
    all.forEach(type -> calls.put(type, new ArrayList<>()));
    String first = null;
    for (String p : m.group(4).trim().split("\\s*,\\s*")) {
        int cut = p.lastIndexOf(' ');
        String type = p.substring(0, cut).replaceFirst("^@Nullable ", "").trim();
        String nullable = p.startsWith("@Nullable ") ? "@org.jspecify.annotations.Nullable " : "";
        String name = p.substring(cut + 1);
        if (type.equals("float[]") && first == null && nullable.isEmpty()) {
            first = name;
        }
        boolean array = type.equals("float[]") || type.equals("float @Nullable []");
        if (type.equals("float @Nullable []")) {
            nullable = "@org.jspecify.annotations.Nullable ";
        }
        declared.add(array ? nullable + "Object " + name : type.equals("float") ? "double " + name : type + " " + name);
        for (String twin : all) {
            String element = ARRAYS.get(twin).replace("[]", "");
            calls.get(twin)
                    .add(
                            array
                                    ? "(" + element + "[]) " + name
                                    : type.equals("float") && !twin.equals("f64") ? "(" + element + ") " + name : name);
        }
    }
    if (first == null) {
        throw new IllegalStateException(s.name() + "." + m.group(3) + ": a public kernel takes an array");
    }
    String back = result.equals("void") ? "" : "return ";
    String end = result.equals("void") ? " return;" : "";
    t.append("\n" + m.group(1) + "    public static " + result + " " + m.group(3) + "(" + String.join(", ", declared) + ") {\n");
    if (result.equals("void")) {
        t.append(launch(m.group(3), declared));
    }
    for (String twin : all) {
        String args = String.join(", ", calls.get(twin));
        String simple = s.name() + "." + m.group(3) + "(" + args + ");";
        t.append("        if (" + first + " instanceof " + ARRAYS.get(twin) + ") {\n");
        if (twin.startsWith("f")) {
            t.append("            if (Simd.VECTOR) { " + back + "dev.lanegrad.kernels." + twin + "." + simple + end + " }\n");
            t.append("            " + back + "dev.lanegrad.kernels.scalar." + twin + "." + simple + end + "\n");
        } else {
            t.append("            " + back + "dev.lanegrad.kernels." + twin + "." + simple + end + "\n");
        }
        t.append("        }\n");
    }
    t.append("        throw new IllegalArgumentException(\"" + s.name() + "." + m.group(3) + ": not defined for \" + " + first + ".getClass().getSimpleName());\n    }\n");
}

/// Leaves the call to [Launches] where the thread's calls are kept.
String launch(String name, List<String> declared) {
    var names = new ArrayList<String>();
    var arrays = new ArrayList<String>();
    for (String parameter : declared) {
        int cut = parameter.lastIndexOf(' ');
        names.add(parameter.substring(cut + 1));
        if (parameter.substring(0, cut).endsWith("Object") || parameter.substring(0, cut).endsWith("[]")) {
            arrays.add(parameter.substring(cut + 1));
        }
    }
    return "        if (Launches.areKept()) {\n            Launches.make(() -> " + name + "(" + String.join(", ", names)
            + "), new @org.jspecify.annotations.Nullable Object[] {" + String.join(", ", arrays) + "});\n            return;\n        }\n";
}
