import module java.base;

/// Derives Java sources from the hand-written single-precision kernels, so that every loop and every
/// formula is written once. Run as `java Derive.java SOURCE_ROOT OUTPUT_ROOT`; the output mirrors the
/// sources exactly (files no longer derived are deleted, unchanged ones keep their time stamp). With the
/// further argument `tests` it only widens: tests call the dispatchers, which choose the lanes.
///
/// In a package that ends in `.f32`:
/// 1. **stamp**: from the loop templates a final class for every formula in `UnaryFormulas`, `BinaryFormulas`, ...
///    (and `UnaryFormulasActivation`, any file whose name begins so), for every fold and for every optimizer's step
///    ([Stamping], [Folds], [Inliner]); from the largest tiles those of fewer rows and columns ([Tiles]);
/// 2. **widen**: `f64` from `f32`, whole word by whole word, line for line ([Twins]);
/// 3. **one lane**: `scalar.f32` and `scalar.f64`, the same text over the one-lane vectors of the
///    package `scalar`, for machines without the vector module or without FMA ([Twins]);
/// 4. **cast**: from `cast.FloatToDouble` the conversions between any two element types ([Casts]);
/// 5. **dispatch**: in package `any`, for each class with public static methods, a class of the same name
///    that picks the twin by the arrays' type ([Dispatchers]), and for the formulas an enum of operations
///    ([Operations]).
///
/// Likewise of `i64`: its loops are stamped, and its twins are the smaller integers.
///
/// A line comment `// derive: ...` at the start of a file lists its twins instead: `none`, or any of
/// `f64 i64 i32 i16 i8 bool`. A hand-written file in the place of a twin always wins; one in `.f64` is
/// also the original of its one-lane twin.
void main(String[] args) throws IOException {
    if (args.length < 2 || !Files.isDirectory(Path.of(args[0]))) {
        System.err.println("usage: java Derive.java SOURCE_ROOT OUTPUT_ROOT [tests], where SOURCE_ROOT is a folder");
        System.exit(2);
    }
    Path in = Path.of(args[0]);
    Path out = Path.of(args[1]);
    boolean tests = args.length > 2 && args[2].equals("tests");
    var derived = new TreeMap<String, Source>();
    for (Source s : derive(in, tests)) {
        derived.put(s.path(), s);
    }
    derived.keySet().removeAll(handWritten(in));
    write(out, derived);
}

List<Source> derive(Path in, boolean tests) throws IOException {
    List<Source> f32 = read(in, "f32");
    List<Source> i64 = read(in, "i64");
    List<Source> tiles = Tiles.of(f32);
    List<Source> floats = concat(f32, tiles);
    List<Source> integerLoops = Stamping.of(i64);
    List<Source> derived = concat(tiles, integerLoops);
    for (Source s : concat(floats, i64, integerLoops)) {
        derived.addAll(Twins.of(s));
    }
    for (Source s : read(in, "scalar")) {
        if (s.name().startsWith("Float") || s.name().startsWith("Int")) {
            derived.add(Twins.widerLane(s));
        }
    }
    if (tests) {
        return derived;
    }
    List<Source> f64 = read(in, "f64");
    List<Source> loops = concat(Stamping.of(f32), Stamping.of(Twins.doubles(f32, f64)));
    derived.addAll(loops);
    for (Source s : concat(floats, Twins.doubles(floats, f64), loops)) {
        derived.add(Twins.oneLane(s));
    }
    return concat(derived, Casts.of(read(in, "cast")), Operations.of(f32, i64), Dispatchers.of(f32));
}

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
    Path folder = in.resolve(Source.ROOT + pkg);
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

@SafeVarargs
static <T> List<T> concat(List<T>... lists) {
    return Stream.of(lists).flatMap(List::stream).collect(Collectors.toCollection(ArrayList::new));
}
