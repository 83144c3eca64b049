package dev.lanegrad.data;

import dev.lanegrad.Shape;
import dev.lanegrad.Tensor;
import dev.lanegrad.io.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A table of text, as in CSV files (RFC 4180): columns with names in the first line, fields
/// separated by commas and perhaps within quotes.
///
/// ```java
/// var table = CsvTable.read(Path.of("iris.csv"));
/// var data = new TensorDataset(table.numbers("length", "width"), table.classes("species"));
/// ```
public final class CsvTable {
    private final Path file;
    private final List<String> columns;
    private final List<List<String>> rows;

    private CsvTable(Path file, List<String> columns, List<List<String>> rows) {
        this.file = file;
        this.columns = columns;
        this.rows = rows;
    }

    /// Reads a file whose fields are separated by commas.
    ///
    /// @throws MalformedFileException as [#read(Path, char)]
    /// @throws IOException if the file cannot be read
    public static CsvTable read(Path file) throws IOException {
        return read(file, ',');
    }

    /// Reads a file, in UTF-8.
    ///
    /// @throws MalformedFileException if there is no first line, or one has more or fewer fields;
    ///   if a quote does not end
    /// @throws IOException if the file cannot be read
    public static CsvTable read(Path file, char separator) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        List<List<String>> rows = new CsvText(file, text, separator).rows();
        if (rows.isEmpty()) {
            throw new MalformedFileException(file, "has no line of names");
        }
        List<String> names = rows.removeFirst();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).size() != names.size()) {
                throw new MalformedFileException(
                        file,
                        "row %d has %d fields, but there are %d columns"
                                .formatted(i + 1, rows.get(i).size(), names.size()));
            }
        }
        return new CsvTable(file, names, rows);
    }

    /// The names of the columns, in order.
    public List<String> columns() {
        return columns;
    }

    /// How many rows there are, that of the names aside.
    public int size() {
        return rows.size();
    }

    /// The texts of a column.
    ///
    /// @throws IllegalArgumentException if there is none of that name
    public List<String> texts(String column) {
        int at = columns.indexOf(column);
        if (at < 0) {
            throw new IllegalArgumentException(
                    "csv: %s has no column %s; there are %s".formatted(file, column, columns));
        }
        return rows.stream().map(row -> row.get(at)).toList();
    }

    /// The numbers of some columns, float32 `[N, columns]`.
    ///
    /// @throws MalformedFileException if a field is no number; the message names row and column
    /// @throws IllegalArgumentException if there is no column of a name
    public Tensor numbers(String... names) throws MalformedFileException {
        float[] values = new float[rows.size() * names.length];
        for (int c = 0; c < names.length; c++) {
            List<String> texts = texts(names[c]);
            for (int i = 0; i < texts.size(); i++) {
                try {
                    values[i * names.length + c] = Float.parseFloat(texts.get(i).strip());
                } catch (NumberFormatException _) {
                    throw new MalformedFileException(
                            file,
                            "row %d, column %s: \"%s\" is no number"
                                    .formatted(i + 1, names[c], texts.get(i)));
                }
            }
        }
        return Tensor.of(values, Shape.of(rows.size(), names.length));
    }

    /// The texts that a column has, each once, in order.
    ///
    /// @throws IllegalArgumentException if there is no such column
    public List<String> classNames(String column) {
        return texts(column).stream().distinct().sorted().toList();
    }

    /// The texts of a column as positions in its [class names][#classNames(String)], int64 `[N]`.
    ///
    /// @throws IllegalArgumentException if there is no such column
    public Tensor classes(String column) {
        List<String> names = new ArrayList<>(classNames(column));
        return Tensor.of(texts(column).stream().mapToLong(names::indexOf).toArray());
    }
}
