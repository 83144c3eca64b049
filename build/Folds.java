import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The loops of a fold with its `step` and `join` of vectors written out, for the reason that [Inliner]
/// gives. An operand that is no name becomes a variable; its call must be all that a statement assigns.
///
/// @param formulas the class that has `step` and `join`
record Folds(String formulas, Inliner inliner) {
    /// @param text a template of folds with `formulas` in the place of its placeholder
    String inlined(String text) {
        Pattern call = Pattern.compile("( *\\w+ =\\s+)?\\b" + Pattern.quote(formulas) + "\\.(step|join)\\(");
        var out = new StringBuilder();
        int done = 0;
        Matcher m = call.matcher(text);
        while (m.find(done)) {
            int end = closing(text, m.end());
            String[] args = text.substring(m.end(), end).split("\\s*,\\s*", 2);
            String vector = inliner.vectorOf(formulas, m.group(2));
            out.append(text, done, m.start());
            if (vector == null || args[1].matches("\\w+\\[.*")) {
                out.append(text, m.start(), end + 1);
            } else {
                var statements = new StringBuilder();
                String operand = args[1];
                if (!operand.matches("\\w+")) {
                    operand = "operand";
                    statements.append(vector).append(" operand = ").append(args[1]).append(";\n");
                }
                String value = inliner.inline(formulas, m.group(2), List.of(args[0], operand), statements);
                if (statements.isEmpty()) {
                    out.append(Objects.requireNonNullElse(m.group(1), "")).append(value);
                } else if (m.group(1) == null) {
                    throw new IllegalStateException("FoldTemplate: " + args[1] + " is an operand amid an expression");
                } else {
                    out.append("{\n").append(statements).append(m.group(1)).append(value).append(";\n}");
                    end++; // the semicolon
                }
            }
            done = end + 1;
        }
        return out.append(text, done, text.length()).toString();
    }

    /// Where the parenthesis closes that opened before `from`.
    private static int closing(String text, int from) {
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
}
