package dev.lanegrad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/// What a call of the command printed, and its exit code.
record Run(int code, String out, String err) {
    static Run of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                Main.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(args);
        return new Run(code, out.toString(), err.toString());
    }

    List<String> lines() {
        return out.lines().toList();
    }

    /// Expects nothing but one line on stderr, and exit code 2.
    void assertComplaint(String line) {
        assertEquals(List.of(line), err.lines().toList());
        assertEquals("", out);
        assertEquals(2, code);
    }

    /// Expects that all went well.
    Run assertDone() {
        assertEquals("", err);
        assertEquals(0, code);
        assertTrue(out.endsWith("\n"));
        return this;
    }
}
