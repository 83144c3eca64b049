package dev.lanegrad.bench.networks;

import dev.lanegrad.bench.networks.NetworkRow.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// PyTorch as its users start it.
final class Python {
    private static final String NAME = "PyTorch in Python";

    private static final String CHANNELS_LAST = " channels_last";
    private static final String PYTHON = "/usr/bin/python3";

    private Python() {}

    /// Whether this machine has it.
    private static boolean hasTorch() throws InterruptedException {
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

    /// As which libraries it runs a row.
    static List<String> names(NetworkRow row) throws InterruptedException {
        boolean trains = row.kind() == Kind.RESNET20 || row.kind() == Kind.RESNET18;
        if (!(trains || row.kind() == Kind.START) || !hasTorch()) {
            return List.of();
        }
        return trains ? List.of(NAME + " NCHW", NAME + CHANNELS_LAST) : List.of(NAME);
    }

    /// Whether it is one of these.
    static boolean runs(String library) {
        return library.startsWith(NAME);
    }

    /// The command that runs a row as one of [#names].
    static List<String> command(NetworkRow row, String library, String threads, String seconds) {
        if (row.kind() == Kind.START) {
            return List.of(PYTHON, file("first_prediction"));
        }
        List<String> command = new ArrayList<>(List.of(PYTHON, file("training")));
        command.addAll(
                row.kind() == Kind.RESNET20 ? List.of("16", "3", "3") : List.of("64", "2", "4"));
        command.addAll(List.of("" + row.batch(), "" + row.size(), threads, seconds));
        command.add(library.endsWith(CHANNELS_LAST) ? "channels_last" : "contiguous_format");
        return command;
    }

    private static String file(String name) {
        try (InputStream script =
                Objects.requireNonNull(Python.class.getResourceAsStream(name + ".py"))) {
            Path file = Files.createTempFile(name, ".py");
            file.toFile().deleteOnExit();
            Files.copy(script, file, StandardCopyOption.REPLACE_EXISTING);
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
