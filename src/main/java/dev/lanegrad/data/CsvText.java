package dev.lanegrad.data;

import dev.lanegrad.io.MalformedFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Cuts the text of a CSV file into rows of fields. Empty lines are no rows.
final class CsvText {
    private final Path file;
    private final String text;
    private final char separator;
    private int at;

    CsvText(Path file, String text, char separator) {
        this.file = file;
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.separator = separator;
    }

    List<List<String>> rows() throws MalformedFileException {
        List<List<String>> rows = new ArrayList<>();
        while (at < text.length()) {
            List<String> row = row();
            if (row.size() > 1 || !row.getFirst().isEmpty()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private List<String> row() throws MalformedFileException {
        List<String> fields = new ArrayList<>();
        while (true) {
            fields.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
            if (at == text.length()) {
                return fields;
            }
            char end = text.charAt(at++);
            if (end != separator) {
                if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
                    at++;
                }
                return fields;
            }
        }
    }

    private String plain() {
        int from = at;
        while (at < text.length() && !endsField(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private boolean endsField(char c) {
        return c == separator || c == '\n' || c == '\r';
    }

    /// A field within quotes, in which two quotes stand for one.
    private String quoted() throws MalformedFileException {
        int from = at++;
        StringBuilder field = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '"') {
                field.append(c);
            } else if (at < text.length() && text.charAt(at) == '"') {
                field.append(c);
                at++;
            } else if (at == text.length() || endsField(text.charAt(at))) {
                return field.toString();
            } else {
                break;
            }
        }
        throw new MalformedFileException(
                file, "the quote at character %d does not end with its field".formatted(from));
    }
}
