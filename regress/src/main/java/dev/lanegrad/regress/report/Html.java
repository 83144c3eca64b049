package dev.lanegrad.regress.report;

import java.util.Locale;

/// Pieces of HTML and SVG.
final class Html {
    private Html() {}

    /// Text that stands for itself.
    static String text(Object value) {
        return String.valueOf(value)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /// With points as decimal separators, whatever the user's language.
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /// A cell of a number: what is read, and to the last digit what was measured.
    static String cell(double value, String shown) {
        return format("<td class=\"n\" data-value=\"%s\">%s</td>", value, text(shown));
    }

    /// A cell of text.
    static String cell(Object value) {
        return "<td>" + text(value) + "</td>";
    }
}
