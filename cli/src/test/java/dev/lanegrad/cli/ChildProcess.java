package dev.lanegrad.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command in a process of its own, on this process' module path or class path.
final class ChildProcess {
    private static final String MAIN = "dev.lanegrad.cli.Main";

    private ChildProcess() {}

    static Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String modules = System.getProperty("jdk.module.path");
        if (modules != null) {
            command.addAll(List.of("-p", modules, "-m", "dev.lanegrad.cli/" + MAIN));
        } else {
            command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        }
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
