import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The same text for other element types, whole word by whole word and line for line, and over vectors of one lane.
final class Twins {
    /// The element type of each package's arrays.
    static final Map<String, String> ELEMENTS =
            Map.of(
                    "f32", "float", "f64", "double", "i64", "long",
                    "i32", "int", "i16", "short", "i8", "byte", "bool", "boolean");

    static final List<String> SMALLER_INTEGERS = List.of("i32", "i16", "i8");

    private static final Pattern LISTED = Pattern.compile("(?m)^// derive: (.*)$");

    private static final Map<String, String> TO_DOUBLE =
            Map.of(
                    "float", "double",
                    "Float", "Double",
                    "FloatVector", "DoubleVector",
                    "floats", "doubles",
                    "f32", "f64",
                    "F32", "F64",
                    "IntVector", "LongVector",
                    "reinterpretAsInts", "reinterpretAsLongs",
                    "reinterpretAsFloats", "reinterpretAsDoubles");

    private static final Map<String, Map<String, String>> WORDS =
            Map.of(
                    "f32 f64", TO_DOUBLE,
                    "f32 i64", Map.of("float", "long", "Float", "Long", "f32", "i64"),
                    "f32 i32", Map.of("float", "int", "Float", "Integer", "f32", "i32"),
                    "f32 i16", Map.of("float", "short", "Float", "Short", "f32", "i16"),
                    "f32 i8", Map.of("float", "byte", "Float", "Byte", "f32", "i8"),
                    "f32 bool", Map.of("float", "boolean", "Float", "Boolean", "f32", "bool"),
                    "i64 i32", Map.of("long", "int", "Long", "Integer", "i64", "i32", "LongVector", "IntVector"),
                    "i64 i16", Map.of("long", "short", "Long", "Short", "i64", "i16", "LongVector", "ShortVector"),
                    "i64 i8", Map.of("long", "byte", "Long", "Byte", "i64", "i8", "LongVector", "ByteVector"),
                    "i64 bool", Map.of("long", "boolean", "Long", "Boolean", "i64", "bool"));

    private Twins() {}

    /// The packages of its twins.
    ///
    /// @throws IllegalArgumentException if it lists one that it cannot have
    static List<String> packages(Source s) {
        Matcher m = LISTED.matcher(s.text());
        if (!m.find()) {
            return s.pkg().equals("f32") ? List.of("f64") : SMALLER_INTEGERS;
        }
        String listed = m.group(1).trim();
        if (listed.equals("none")) {
            return List.of();
        }
        for (String pkg : listed.split(" ")) {
            if (!WORDS.containsKey(s.pkg() + " " + pkg)) {
                throw new IllegalArgumentException(
                        "%s.java: \"// derive: %s\" names \"%s\", for which there are no words to replace those of %s by"
                                .formatted(s.name(), listed, pkg, s.pkg()));
            }
        }
        return List.of(listed.split(" "));
    }

    /// @param s of `f32` or `i64`
    static List<Source> of(Source s) {
        return packages(s).stream().map(pkg -> retyped(s, pkg)).toList();
    }

    /// What `f64` consists of: the written sources, and the twins of the others.
    static List<Source> doubles(List<Source> f32, List<Source> written) {
        Stream<Source> twins =
                f32.stream()
                        .filter(s -> packages(s).contains("f64"))
                        .filter(s -> written.stream().noneMatch(w -> w.name().equals(s.name())))
                        .map(s -> retyped(s, "f64"));
        return Stream.concat(twins, written.stream()).toList();
    }

    /// The text over the vectors of the package `scalar`, which have one lane.
    static Source oneLane(Source s) {
        String text =
                s.text()
                        .replace("import jdk.incubator.vector.", "import dev.lanegrad.kernels.scalar.")
                        .replaceAll(
                                "\\bdev\\.lanegrad\\.kernels\\.(f32|f64)\\b",
                                "dev.lanegrad.kernels.scalar.$1");
        return new Source("scalar." + s.pkg(), s.name(), text);
    }

    /// From the one-lane vector of a type that of the wider one. Positions and counts stay int: they are written
    /// as `/* index */ int` in the originals.
    static Source widerLane(Source s) {
        var words = new HashMap<>(TO_DOUBLE);
        words.putAll(
                Map.of(
                        "int", "long",
                        "Integer", "Long",
                        "floatToRawIntBits", "doubleToRawLongBits",
                        "intBitsToFloat", "longBitsToDouble",
                        "FLOAT", "DOUBLE",
                        "INT", "LONG"));
        String text = s.text().replaceAll("/\\* index \\*/ int\\b", "@index@");
        text = Words.replace(widerLiterals(text), words).replace("@index@", "int");
        return new Source(s.pkg(), s.name().replace("Float", "Double").replace("Int", "Long"), text);
    }

    private static Source retyped(Source s, String pkg) {
        String text = pkg.equals("f64") ? widerLiterals(s.text()) : s.text();
        return new Source(pkg, s.name(), Words.replace(text, WORDS.get(s.pkg() + " " + pkg)));
    }

    /// `1f` becomes `1.0`, so that `1f / 3` stays a fraction.
    private static String widerLiterals(String text) {
        return text.replaceAll("\\b(0[xX][0-9a-fA-F.]+[pP][-+]?\\d+)f\\b", "$1")
                .replaceAll("\\b(\\d[\\d_]*(?:\\.\\d+)(?:[eE][-+]?\\d+)?|\\d[\\d_]*[eE][-+]?\\d+)f\\b", "$1")
                .replaceAll("\\b(\\d[\\d_]*)f\\b", "$1.0");
    }
}
