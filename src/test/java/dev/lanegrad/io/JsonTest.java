package dev.lanegrad.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void valuesAreRead() throws Json.SyntaxException {
        assertEquals(
                "{a=[1, -2.5, true, false, null, {}, []], b=x}",
                String.valueOf(
                        Json.parse(
                                " {\"a\" : [1,-25e-1, true,false,null,{ }, [ ]] ,\"b\":\"x\"}\n")));
        assertEquals(Long.MAX_VALUE, Json.parse("9223372036854775807"));
        assertEquals(0x1p63, Json.parse("9223372036854775808"));
        assertEquals(0L, Json.parse("-0"));
        assertEquals(
                "\"\\/\b\f\n\r\tA😀é",
                Json.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\uD83D\\ude00é\""));
    }

    @Test
    void quotedTextsAreReadBack() throws Json.SyntaxException {
        for (String text : List.of("", "a\"b\\c", "\u0000\n\u001f", "ü😀 ")) {
            assertEquals(text, Json.parse(Json.quote(text)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[1",
                "[1,",
                "[1,]",
                "[,]",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{1:1}",
                "01",
                "+1",
                "-",
                "1.",
                ".5",
                "1e",
                "1e+",
                "0x1",
                "NaN",
                "nul",
                "nulll",
                "True",
                "'a'",
                "\"",
                "\"a",
                "\"\\",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\uD800\"",
                "\"\\uDC00\"",
                "\"\\uD800a\"",
                "\"\n\"",
                "1 2",
                "{}x",
                "[1 2]",
                "{\"a\" 1}",
                "{\"a\":1,\"a\":1}",
                "\u00a01",
                "// 1"
            })
    void whatIsNoJsonIsRefused(String text) {
        assertThrows(Json.SyntaxException.class, () -> Json.parse(text));
    }

    @Test
    void nestingIsBounded() throws Json.SyntaxException {
        Json.parse("[".repeat(64) + "]".repeat(64));
        assertThrows(Json.SyntaxException.class, () -> Json.parse("[".repeat(65) + "]".repeat(65)));
        assertThrows(Json.SyntaxException.class, () -> Json.parse("{\"a\":".repeat(100_000)));
    }
}
