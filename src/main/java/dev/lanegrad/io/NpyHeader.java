package dev.lanegrad.io;

import dev.lanegrad.DType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The dict of a NumPy file: a literal of Python with the entries `descr`, `fortran_order` and
/// `shape`, and nothing else.
record NpyHeader(String descr, boolean fortranOrder, long... shape) {
    /// The text is no such dict.
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1;

        SyntaxException(String rule) {
            super(rule);
        }
    }

    static NpyHeader parse(String text) throws SyntaxException {
        return new Parser(text).parse();
    }

    /// NumPy's name of a type.
    static String descr(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> "<f8";
            case FLOAT32 -> "<f4";
            case FLOAT16 -> "<f2";
            case INT64 -> "<i8";
            case INT32 -> "<i4";
            case INT16 -> "<i2";
            case INT8 -> "|i1";
            case UINT8 -> "|u1";
            case BOOL -> "|b1";
            case BFLOAT16 -> throw new IllegalArgumentException("npy: NumPy has no bfloat16");
        };
    }

    boolean isBigEndian() {
        return descr.startsWith(">");
    }

    /// Null if Lanegrad has no such type.
    @Nullable DType dtype() {
        boolean ordered = !descr.isEmpty() && "<>|=".indexOf(descr.charAt(0)) >= 0;
        return switch (ordered ? descr.substring(1) : descr) {
            case "f8" -> DType.FLOAT64;
            case "f4" -> DType.FLOAT32;
            case "f2" -> DType.FLOAT16;
            case "i8" -> DType.INT64;
            case "i4" -> DType.INT32;
            case "i2" -> DType.INT16;
            case "i1" -> DType.INT8;
            case "u1" -> DType.UINT8;
            case "b1" -> DType.BOOL;
            default -> null;
        };
    }

    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        NpyHeader parse() throws SyntaxException {
            String descr = "";
            boolean fortranOrder = false;
            long[] shape = {};
            Set<String> seen = new HashSet<>();
            expect('{');
            while (!accept('}')) {
                String key = string();
                expect(':');
                switch (key) {
                    case "descr" -> descr = string();
                    case "fortran_order" -> fortranOrder = bool();
                    case "shape" -> shape = tuple();
                    default -> throw error("has an unknown entry");
                }
                if (!seen.add(key)) {
                    throw error("has an entry twice");
                }
                if (!accept(',')) {
                    expect('}');
                    break;
                }
            }
            skipBlanks();
            if (at < text.length()) {
                throw error("goes on after its dict");
            }
            if (seen.size() != 3) {
                throw error("has not all of descr, fortran_order and shape");
            }
            return new NpyHeader(descr, fortranOrder, shape);
        }

        private String string() throws SyntaxException {
            skipBlanks();
            char quote = peek();
            if (quote != '\'' && quote != '"') {
                throw error("has no text where one should be");
            }
            int end = text.indexOf(quote, at + 1);
            if (end < 0 || text.substring(at + 1, end).indexOf('\\') >= 0) {
                throw error("has a text without an end");
            }
            String string = text.substring(at + 1, end);
            at = end + 1;
            return string;
        }

        private boolean bool() throws SyntaxException {
            skipBlanks();
            for (String word : List.of("True", "False")) {
                if (text.startsWith(word, at)) {
                    at += word.length();
                    return word.equals("True");
                }
            }
            throw error("has a fortran_order that is neither True nor False");
        }

        private long[] tuple() throws SyntaxException {
            expect('(');
            List<Long> sizes = new ArrayList<>();
            boolean comma = true;
            while (!accept(')')) {
                if (!comma) {
                    throw error("has a shape that is no tuple");
                }
                sizes.add(integer());
                comma = accept(',');
            }
            if (sizes.size() == 1 && !comma) {
                throw error("has a shape that is no tuple");
            }
            return sizes.stream().mapToLong(Long::longValue).toArray();
        }

        private long integer() throws SyntaxException {
            skipBlanks();
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (at == start || at - start > 18) {
                throw error("has a size that is no integer from 0, or too large");
            }
            long size = Long.parseLong(text.substring(start, at));
            if (at < text.length() && text.charAt(at) == 'L') {
                at++; // as Python 2 wrote them
            }
            return size;
        }

        private void expect(char c) throws SyntaxException {
            if (!accept(c)) {
                throw error("has no '" + c + "' where one should be");
            }
        }

        private boolean accept(char c) {
            skipBlanks();
            if (at < text.length() && text.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }

        private void skipBlanks() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : ' ';
        }

        private SyntaxException error(String what) {
            return new SyntaxException("%s (character %d)".formatted(what, at));
        }
    }
}
