package dev.lanegrad.regress;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/// Makes jars of this module's test benchmarks, sound ones and such with a fault.
final class PlantedJar {
    private static final String PACKAGE = "dev/lanegrad/regress/planted";

    private PlantedJar() {}

    /// Writes a jar whose faults are lines of `plant.properties`.
    static Path write(Path file, String... faults) throws IOException {
        Path classes = classes();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(
                                        "org.openjdk.jmh.Main",
                                        "joptsimple.OptionParser",
                                        "org.apache.commons.math3.util.Pair")
                                .map(PlantedJar::jarOf)
                                .map(URI::toString)
                                .collect(Collectors.joining(" ")));
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            try (Stream<Path> found = Files.walk(classes.resolve(PACKAGE))) {
                for (Path each :
                        found.filter(Files::isRegularFile)
                                .sorted(Comparator.naturalOrder())
                                .toList()) {
                    add(jar, classes.relativize(each).toString(), Files.readAllBytes(each));
                }
            }
            for (String list : List.of("META-INF/BenchmarkList", "META-INF/CompilerHints")) {
                add(jar, list, Files.readAllBytes(classes.resolve(list)));
            }
            add(jar, "plant.properties", String.join("\n", faults).getBytes());
            add(jar, "META-INF/regress.properties", "quick=KernelsBench".getBytes());
        }
        return file;
    }

    private static void add(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name.replace('\\', '/'));
        entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0)); // the same bytes every time
        jar.putNextEntry(entry);
        jar.write(bytes);
        jar.closeEntry();
    }

    /// The folder of this module's test classes.
    private static Path classes() {
        return Path.of(codeSource(PlantedJar.class));
    }

    private static URI jarOf(String type) {
        try {
            return codeSource(Class.forName(type, false, PlantedJar.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URI codeSource(Class<?> type) {
        return URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString());
    }

    /// A jar without benchmarks.
    static Path empty(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            add(jar, "nothing", new byte[0]);
        }
        return file;
    }
}
