package dev.lanegrad.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Processes of their own for measurements, by the same Java and from the same class path.
public final class ChildJvm {
    private ChildJvm() {}

    /// The command that runs `main`.
    ///
    /// @param options of the virtual machine, beside those that every measurement needs
    public static List<String> command(List<String> options, Class<?> main, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        return command;
    }
}
