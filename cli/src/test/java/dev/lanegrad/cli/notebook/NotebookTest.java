package dev.lanegrad.cli.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NotebookTest {
    private static final Pattern NUMBER =
            Pattern.compile(" *-?(?<![A-Za-z_\\d])\\d+(\\.\\d*)?(e[+-]\\d+)?");

    /// What each cell printed, by `003 In [4]` with its position.
    private static final Map<String, Printed> PRINTED = new LinkedHashMap<>();

    private static final List<String> WARNINGS = new ArrayList<>();

    private record Printed(Cell cell, String output) {}

    @BeforeAll
    static void runAllNotebooks() {
        for (Notebook notebook : Notebook.all()) {
            notebook.run(
                    new Notebook.Reader() {
                        private int cells;

                        @Override
                        public void begin(Cell cell) {}

                        @Override
                        public void end(Cell cell, String output) {
                            PRINTED.put(name(notebook, cells++, cell), new Printed(cell, output));
                        }

                        @Override
                        public void warn(String text) {
                            WARNINGS.add(text);
                        }
                    });
        }
    }

    private static String name(Notebook notebook, int position, Cell cell) {
        return notebook.number() + ", cell " + position + ", In " + cell.label();
    }

    static Stream<String> cells() {
        return Notebook.all().stream()
                .flatMap(n ->
                        Stream.iterate(0, i -> i < n.list().size(), i -> i + 1)
                                .map(i -> name(n, i, n.list().get(i))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void everyCellPrintsWhatIsRecorded(String name) {
        Printed printed = PRINTED.get(name);
        assertTrue(printed != null, name + " has not run");
        if (printed.cell.texts().isEmpty()) {
            assertEquals("", printed.output);
        }
        for (Cell.Text text : printed.cell.texts()) {
            compare(text, printed.output.stripTrailing());
        }
    }

    private static void compare(Cell.Text text, String output) {
        String expected = text.lines();
        String actual = output;
        if (expected.endsWith("\n[...]")) {
            expected = expected.substring(0, expected.lastIndexOf('\n'));
            int lines = (int) expected.lines().count();
            assertTrue(output.lines().count() > lines, output);
            actual = String.join("\n", output.lines().limit(lines).toList());
        }
        switch (text.kind()) {
            case "", "seed=0" -> assertEquals(placeless(expected), placeless(actual));
            case "random" -> assertEquals(form(expected), form(actual));
            case "seed=0 rounded" -> {
                assertEquals(form(expected), form(actual));
                assertClose(numbers(expected), numbers(actual));
            }
            case String other -> throw new AssertionError("a text of kind " + other);
        }
    }

    /// Addresses are others in every run.
    private static String placeless(String text) {
        return text.replaceAll("0x[0-9a-f]+", "0x");
    }

    /// The text with each number replaced by how it is written: its places behind the point, and
    /// whether it has an exponent.
    private static String form(String text) {
        return NUMBER.matcher(text)
                .replaceAll(m ->
                        " #"
                                + (m.group(1) == null ? "" : "." + (m.group(1).length() - 1))
                                + (m.group(2) == null ? "" : "e"));
    }

    private static List<Double> numbers(String text) {
        List<Double> numbers = new ArrayList<>();
        Matcher m = NUMBER.matcher(text);
        while (m.find()) {
            numbers.add(Double.valueOf(m.group().strip()));
        }
        return numbers;
    }

    /// To 1e-4 of the largest: sums over a network's activations differ by their order.
    private static void assertClose(List<Double> expected, List<Double> actual) {
        assertEquals(expected.size(), actual.size());
        double scale = expected.stream().mapToDouble(Math::abs).max().orElseThrow();
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i), actual.get(i), 1e-4 * scale, "number " + i);
        }
    }

    @Test
    void thereAre83Cells() {
        assertEquals(
                List.of(6, 11, 14, 25, 27),
                Notebook.all().stream().map(n -> n.list().size()).toList());
        assertEquals(83, PRINTED.size());
    }

    @Test
    void theGradOfANonLeafIsNoneWithAWarning() {
        assertEquals(1, WARNINGS.size());
        assertTrue(
                WARNINGS.getFirst()
                        .startsWith(
                                "The .grad attribute of a Tensor that is not a leaf Tensor is being"
                                        + " accessed."));
        assertEquals("None\n", PRINTED.get("003, cell 9, In [17]").output);
    }

    @Test
    void javaFits80ColumnsWithItsMargin() {
        for (Notebook notebook : Notebook.all()) {
            for (Cell cell : notebook.list()) {
                assertTrue(cell.java().lines().allMatch(line -> line.length() <= 76), cell.java());
            }
        }
    }

    @Test
    void valuesPrintAsInPython() {
        assertEquals("None True 3", PythonOutput.printed(null, true, 3));
        assertEquals("'a\\nb'", PythonOutput.shown("a\nb"));
        assertEquals("(1, None)", PythonOutput.shown(1, null));
        String longText = "x".repeat(80);
        assertEquals("('" + longText + "',\n 1)", PythonOutput.shown(longText, 1));
    }
}
