package dev.lanegrad.cli.notebook;

import dev.lanegrad.Lanegrad;
import dev.lanegrad.Tensor;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A notebook whose cells can be run, in their order.
public abstract class Notebook {
    private final String number;
    private final String title;
    private final List<Cell> cells;
    private @Nullable Reader reader;
    private @Nullable Cell current;
    private final StringBuilder output = new StringBuilder();

    /// Who follows a run.
    public interface Reader {
        /// The cell is about to run.
        void begin(Cell cell);

        /// The cell has run, and has printed this: lines, each with its end.
        void end(Cell cell, String output);

        /// The library has warned, in the middle of a cell.
        void warn(String text);
    }

    Notebook(String number, String title, List<Cell> cells) {
        this.number = number;
        this.title = title;
        this.cells = cells;
    }

    /// All notebooks, ready to run; assertions in their cells are checked.
    public static List<Notebook> all() {
        Notebook.class
                .getClassLoader()
                .setPackageAssertionStatus(Notebook.class.getPackageName(), true);
        return List.of(
                new Notebook000(),
                new Notebook001(),
                new Notebook002(),
                new Notebook003(),
                new Notebook004());
    }

    /// Three digits.
    public final String number() {
        return number;
    }

    /// What it is about.
    public final String title() {
        return title;
    }

    /// The cells in the order of the notebook.
    public final List<Cell> list() {
        return cells;
    }

    /// Runs all cells. Random values are those that follow seed 0.
    public final void run(Reader reader) {
        this.reader = reader;
        Tensor.manualSeed(0);
        Consumer<String> before = Lanegrad.onWarning(reader::warn);
        try {
            cells();
            end();
        } finally {
            Lanegrad.onWarning(before);
        }
    }

    /// The cells' Java, one after another, each after its [#begin(int)].
    abstract void cells();

    final void begin(int i) {
        end();
        current = cells.get(i);
        if (reader != null) {
            reader.begin(current);
        }
    }

    private void end() {
        if (current != null && reader != null) {
            reader.end(current, output.toString());
        }
        output.setLength(0);
        current = null;
    }

    // ------------------------------------------------------------ for the cells

    /// Prints values as Python's `print` does.
    final void print(@Nullable Object... values) {
        output.append(PythonOutput.printed(values)).append('\n');
    }

    /// Prints values as a notebook prints the last expression of a cell.
    final void show(@Nullable Object... values) {
        output.append(PythonOutput.shown(values)).append('\n');
    }

    /// The parts as Python prints them, in one text, as an f-string.
    final String f(@Nullable Object... parts) {
        return PythonOutput.joined(parts);
    }
}
