package dev.lanegrad.io;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads and writes JSON (RFC 8259), strictly: a name occurs once in an object, and nothing follows
/// the value.
///
/// A value is a Map, List, String, Boolean, Long (an integer that fits), Double (any other number)
/// or null.
final class Json {
    /// More nesting than any file here has, and less than any stack holds.
    private static final int MAX_DEPTH = 64;

    /// The text is not JSON, or not as strict as wanted.
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1;

        SyntaxException(String rule) {
            super(rule);
        }
    }

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    static @Nullable Object parse(String text) throws SyntaxException {
        Json json = new Json(text);
        Object value = json.value();
        json.skipBlanks();
        if (json.at < text.length()) {
            throw json.error("end");
        }
        return value;
    }

    private @Nullable Object value() throws SyntaxException {
        skipBlanks();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw error("a value");
        };
    }

    private Map<String, @Nullable Object> object() throws SyntaxException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        open();
        if (!closes('}')) {
            do {
                skipBlanks();
                String name = string();
                skipBlanks();
                expect(':');
                if (object.containsKey(name)) {
                    throw new SyntaxException(
                            "no JSON as it should be: the name " + quote(name) + " occurs twice");
                }
                object.put(name, value());
            } while (another('}'));
        }
        depth--;
        return object;
    }

    private List<@Nullable Object> array() throws SyntaxException {
        List<@Nullable Object> array = new ArrayList<>();
        open();
        if (!closes(']')) {
            do {
                array.add(value());
            } while (another(']'));
        }
        depth--;
        return array;
    }

    private void open() throws SyntaxException {
        at++;
        if (++depth > MAX_DEPTH) {
            throw new SyntaxException("no JSON as it should be: nested deeper than " + MAX_DEPTH);
        }
    }

    private boolean closes(char end) throws SyntaxException {
        skipBlanks();
        if (peek() != end) {
            return false;
        }
        at++;
        return true;
    }

    private boolean another(char end) throws SyntaxException {
        if (closes(end)) {
            return false;
        }
        expect(',');
        return true;
    }

    private String string() throws SyntaxException {
        expect('"');
        StringBuilder s = new StringBuilder();
        for (char c = next(); c != '"'; c = next()) {
            if (c < ' ') {
                throw error("a character of a string");
            }
            s.append(c == '\\' ? escaped() : c);
        }
        for (int i = 0; i < s.length(); i++) {
            if (Character.isSurrogate(s.charAt(i)) && s.codePointAt(i++) < 0x10000) {
                throw error("the other half of a surrogate pair");
            }
        }
        return s.toString();
    }

    private char escaped() throws SyntaxException {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    if (!HexFormat.isHexDigit(peek())) {
                        throw error("a hexadecimal digit");
                    }
                    code = 16 * code + HexFormat.fromHexDigit(next());
                }
                yield (char) code;
            }
            default -> throw error("an escape");
        };
    }

    private Object number() throws SyntaxException {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        if (!skip('0')) {
            digits();
        }
        boolean integer = true;
        if (skip('.')) {
            digits();
            integer = false;
        }
        if (skip('e') || skip('E')) {
            if (!skip('+')) {
                skip('-');
            }
            digits();
            integer = false;
        }
        String number = text.substring(start, at);
        try {
            return integer ? (Object) Long.valueOf(number) : Double.valueOf(number);
        } catch (NumberFormatException _) {
            return Double.valueOf(number); // an integer beyond 64 bits
        }
    }

    private void digits() throws SyntaxException {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw error("a digit");
        }
    }

    private @Nullable Object literal(String word, @Nullable Object meaning) throws SyntaxException {
        if (!text.startsWith(word, at)) {
            throw error(word);
        }
        at += word.length();
        return meaning;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean skip(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) throws SyntaxException {
        if (peek() != c) {
            throw error("'" + c + "'");
        }
        at++;
    }

    private char next() throws SyntaxException {
        char c = peek();
        at++;
        return c;
    }

    private char peek() throws SyntaxException {
        if (at >= text.length()) {
            throw new SyntaxException("no JSON: it ends at character " + at + " in the middle");
        }
        return text.charAt(at);
    }

    private SyntaxException error(String expected) {
        return new SyntaxException("no JSON: expected " + expected + " at character " + at);
    }

    /// The JSON string that stands for `s`.
    static String quote(String s) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
