package dev.lanegrad.regress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Where a run took place.
///
/// @param cpu the processor's name where the system tells it
/// @param processors that Java sees
/// @param os name, version and architecture of the operating system
/// @param jdk version and vendor
public record Machine(String cpu, int processors, String os, String jdk) {
    /// This machine.
    static Machine here() {
        return new Machine(
                processor(),
                Runtime.getRuntime().availableProcessors(),
                String.join(
                        " ",
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch")),
                Runtime.version() + " " + System.getProperty("java.vendor"));
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(l -> l.startsWith("model name"))
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException | UncheckedIOException e) {
            return System.getProperty("os.arch");
        }
    }
}
