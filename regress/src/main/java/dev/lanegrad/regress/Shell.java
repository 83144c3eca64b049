package dev.lanegrad.regress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Runs other programs.
final class Shell {
    /// What came of a program.
    record Output(int code, String text) {
        boolean ok() {
            return code == 0;
        }
    }

    private Shell() {}

    /// Runs a program and collects what it prints.
    static Output run(Path folder, String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        try (var output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            return new Output(process.waitFor(), text.strip());
        }
    }

    /// Runs a line of shell, writing what it prints into a file.
    static boolean runLogged(Path folder, String line, Path log)
            throws IOException, InterruptedException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        List<String> command =
                System.getProperty("os.name").startsWith("Windows")
                        ? List.of("cmd", "/c", line)
                        : List.of("sh", "-c", line);
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        process.getOutputStream().close();
        try {
            return process.waitFor() == 0;
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }
}
