package dev.lanegrad.regress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// A run as lines of JSON: a `run`, a `fork` for each process as soon as it is done, and in the end
/// an `outcome` for each case and a `gate` for each rule broken. A line that was cut off counts for
/// nothing.
public final class RunFile implements AutoCloseable {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final String TYPE = "type";

    /// What a file holds.
    ///
    /// @param run what it begins with
    /// @param forks processes
    /// @param outcomes of its last end, if it came to one
    /// @param gates broken at its last end
    public record Content(
            RunHeader run, List<Fork> forks, List<Outcome> outcomes, List<GateFailure> gates) {}

    private final Path file;
    private final OutputStream out;

    private RunFile(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /// Begins a file.
    static RunFile create(Path file, RunHeader run) throws Problem {
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            RunFile created =
                    new RunFile(
                            file,
                            Files.newOutputStream(
                                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            created.append("run", run);
            return created;
        } catch (Problem e) {
            throw e;
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /// Continues a file behind its last whole line.
    static RunFile append(Path file) throws Problem {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
                channel.truncate(end);
            }
            return new RunFile(file, Files.newOutputStream(file, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /// Reads a file.
    public static Content read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Problem(file + ": there is no such file");
        }
        RunHeader run = null;
        List<Fork> forks = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        List<GateFailure> gates = new ArrayList<>();
        String text = Files.readString(file);
        int number = 0;
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            number++;
            try {
                JsonNode node = JSON.readTree(line);
                switch (node.path(TYPE).asText()) {
                    case "run" -> run = JSON.treeToValue(node, RunHeader.class);
                    case "fork" -> forks.add(JSON.treeToValue(node, Fork.class));
                    case "outcome" -> outcomes.add(JSON.treeToValue(node, Outcome.class));
                    case "gate" -> gates.add(JSON.treeToValue(node, GateFailure.class));
                    case "end" -> {
                        outcomes.clear();
                        gates.clear();
                    }
                    default -> {} // failures are for people
                }
            } catch (JsonProcessingException e) {
                throw new Problem(
                        file + ": line " + number + " is not of a run: " + e.getOriginalMessage(),
                        e);
            }
        }
        if (run == null) {
            throw new Problem(file + ": is not a file of a run");
        }
        return new Content(run, forks, outcomes, gates);
    }

    /// Adds a line, and has it written.
    void append(String type, Object value) throws Problem {
        try {
            ObjectNode node = JSON.createObjectNode().put(TYPE, type);
            node.setAll((ObjectNode) JSON.valueToTree(value));
            out.write((JSON.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /// Adds the outcomes of a run that has come to its end, in the place of earlier ones.
    void append(Result result) throws Problem {
        append("end", java.util.Map.of("exit", result.exitCode()));
        for (Outcome outcome : result.outcomes()) {
            append("outcome", outcome);
        }
        for (GateFailure gate : result.gates()) {
            append("gate", gate);
        }
    }

    private static Problem unwritable(Path file, IOException e) {
        return new Problem(
                file + ": cannot be written (" + reason(e) + "); what is in it so far is kept", e);
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.FileSystemException
                ? e.getClass().getSimpleName() + " " + e.getMessage()
                : String.valueOf(e.getMessage());
    }

    @Override
    public void close() throws Problem {
        try {
            out.close();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }
}
