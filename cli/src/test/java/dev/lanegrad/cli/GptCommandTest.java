package dev.lanegrad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.io.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GptCommandTest {
    private static final String[] SMALL = {
        "gpt", "--steps", "20", "--batch", "4", "--context", "8", "--layers", "1", "--width", "32"
    };

    @TempDir Path temp;

    private static Run run(String... options) {
        List<String> arguments = new ArrayList<>(Arrays.asList(SMALL));
        arguments.addAll(Arrays.asList(options));
        return Run.of(arguments.toArray(String[]::new));
    }

    @Test
    void itLearnsATextAndWrites() throws IOException {
        Path text = temp.resolve("text");
        Files.writeString(text, "the cat sat on the mat. ".repeat(60));
        Path model = temp.resolve("model.safetensors");
        Run run = run("--text", text.toString(), "--write", "30", "--out", model.toString());
        assertEquals(0, run.code(), run.err());
        List<String> lines = run.lines();
        assertTrue(
                lines.get(1)
                        .matches("gpt \\(\\d+ parameters\\) learns .*: 1296 characters, 144 .*"),
                lines.get(1));
        assertTrue(lines.get(2).matches("step  2/20  loss \\d.\\d{3}  test \\d.\\d{3}  \\d+ c.*"));
        double loss = Double.parseDouble(lines.get(12).split("[ ,]+")[2]);
        assertTrue(loss < 2, lines.get(12));
        assertEquals("model " + model, lines.getLast());
        assertEquals("\n .acehmnost", Safetensors.read(model).metadata().get("alphabet"));
        assertEquals(
                withoutSpeed(lines),
                withoutSpeed(
                        run("--text", text.toString(), "--write", "30", "--out", model.toString())
                                .lines()));
    }

    private static List<String> withoutSpeed(List<String> lines) {
        return lines.stream().map(l -> l.replaceAll("\\d+ characters/s", "")).toList();
    }

    @Test
    void wrongOptionsAreRefusedInALine() throws IOException {
        Path text = temp.resolve("text");
        Files.writeString(text, "too short");
        assertEquals(
                "lanegrad gpt: --text: " + text + " has 9 characters, too few",
                run("--text", text.toString()).err().strip());
        assertEquals(
                "lanegrad gpt: --width must be a multiple of 32, but is 33",
                Run.of("gpt", "--width", "33").err().strip());
        assertEquals(
                "lanegrad gpt: --steps must be from 1 to 1000000, but is 0",
                Run.of("gpt", "--steps", "0").err().strip());
    }
}
