package dev.lanegrad.bench.networks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/// PyTorch as its users start it.
final class Python {
    static final String NAME = "PyTorch in Python";

    private static final String PYTHON = "/usr/bin/python3";

    private Python() {}

    /// Whether this machine has it.
    static boolean hasTorch() throws InterruptedException {
        try {
            return new ProcessBuilder(PYTHON, "-c", "import torch")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// The command that predicts once.
    static List<String> command() {
        try (InputStream script =
                Objects.requireNonNull(Python.class.getResourceAsStream("first_prediction.py"))) {
            Path file = Files.createTempFile("first_prediction", ".py");
            file.toFile().deleteOnExit();
            Files.copy(script, file, StandardCopyOption.REPLACE_EXISTING);
            return List.of(PYTHON, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
