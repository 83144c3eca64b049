import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// Breaks derivatives on purpose, one at a time, and shows that the catalogue's trials notice.
///
/// `./lanegrad info && java build/Mutations.java` at the root, with a JDK 25. Sources stay as they are: each broken
/// file is compiled beside the built modules and patched into `lanegrad gradcheck`, which has to fail. The exit code
/// is 1 if a mutant survives.
final class Mutations {
    /// @param what is wrong
    /// @param file below `src/main/java/dev/lanegrad`
    /// @param from a text that is there once
    /// @param only the operations to check
    record Mutation(String what, String file, String from, String to, String only) {}

    private static final List<Mutation> ALL =
            List.of(
                    new Mutation(
                            "sign",
                            "PointwiseRules.java",
                            "NOTHING, null, (gy, _, _, _) -> gy.neg())",
                            "NOTHING, null, (gy, _, _, _) -> gy)",
                            "neg["),
                    new Mutation(
                            "missing sum, recorded reading",
                            "Softmaxes.java",
                            "gy.sub(gy.mul(value).sum(axis, true))",
                            "gy",
                            "softmax["),
                    new Mutation(
                            "another operation's kernel, fused reading",
                            "Softmaxes.java",
                            "Softmax::softmaxBackward",
                            "Softmax::logSoftmaxBackward",
                            "softmax["),
                    new Mutation(
                            "wrong direction along the axis",
                            "Scans.java",
                            "g.gy().flip(axis).cumsum(axis).flip(axis)",
                            "g.gy().cumsum(axis)",
                            "cumsum["),
                    new Mutation(
                            "axes not reversed",
                            "Slicing.java",
                            "g.put(0, g.gy().flip(axes));",
                            "g.put(0, g.gy());",
                            "flip["),
                    new Mutation(
                            "wrong saved tensor",
                            "Arithmetic.java",
                            "new DivBackward0(Tape.tracks(b) ? Saved.of(a)",
                            "new DivBackward0(Tape.tracks(b) ? Saved.of(b)",
                            "div["),
                    new Mutation(
                            "saved tensor forgotten",
                            "LayerNormalization.java",
                            "g.put(1, gy.mul(normal.values()));",
                            "g.put(1, gy);",
                            "layerNorm["),
                    new Mutation(
                            "constant factor",
                            "Moments.java",
                            ".mul(2 / Math.max(0, count(x, over) - correction))",
                            ".mul(1 / Math.max(0, count(x, over) - correction))",
                            "var["),
                    new Mutation(
                            "a gradient counted twice",
                            "Arithmetic.java",
                            "g.put(1, g.gy().mul(a.get()));",
                            "g.put(1, g.gy().mul(a.get()).mul(2));",
                            "mul["),
                    new Mutation(
                            "every part gets the first one's gradient",
                            "Joining.java",
                            "narrow(axis, starts[i],",
                            "narrow(axis, starts[0],",
                            "cat["),
                    new Mutation(
                            "mean instead of sum over what was broadcast",
                            "OutputInfo.java",
                            "g = g.sumToSize(shape);",
                            "g = g.sumToSize(shape).mul((double) shape.numel() / g.numel());",
                            "add["),
                    new Mutation(
                            "derivative of another function, recorded reading",
                            "PointwiseRules.java",
                            "(gy, x, _, _) -> gy.mul(x.sign())",
                            "(gy, x, _, _) -> gy.mul(x)",
                            "abs["));

    private Mutations() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path root = Path.of("").toAbsolutePath();
        Path modules = root.resolve("cli/target/modules");
        Path folder = Files.createTempDirectory("mutations");
        int survivors = 0;
        try {
            for (Mutation m : ALL) {
                Path classes = compile(m, root, modules, folder);
                int code = gradcheck(modules, classes, m.only(), folder.resolve("log"));
                boolean caught = code == 1;
                survivors += caught ? 0 : 1;
                System.out.printf(
                        "%-9s %-55s %-24s %s%n",
                        caught ? "caught" : "SURVIVED", m.what(), m.file(), wrong(folder.resolve("log")));
            }
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        System.exit(survivors == 0 ? 0 : 1);
    }

    private static Path compile(Mutation m, Path root, Path modules, Path folder) throws IOException {
        String source = Files.readString(root.resolve("src/main/java/dev/lanegrad").resolve(m.file()));
        if (source.split(java.util.regex.Pattern.quote(m.from()), -1).length != 2) {
            throw new IllegalStateException(m.file() + ": not there once: " + m.from());
        }
        Path broken = Files.createDirectories(folder.resolve("sources")).resolve(m.file());
        Files.writeString(broken, source.replace(m.from(), m.to()));
        Path classes = Files.createTempDirectory(folder, "classes");
        List<String> arguments = new ArrayList<>(List.of("-nowarn", "-p", modules + ":" + jspecify()));
        arguments.addAll(List.of("--add-modules", "dev.lanegrad,org.jspecify"));
        arguments.addAll(List.of("--add-reads", "dev.lanegrad=org.jspecify"));
        arguments.addAll(List.of("--patch-module", "dev.lanegrad=" + broken.getParent()));
        arguments.addAll(List.of("-d", classes.toString(), broken.toString()));
        int code =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, arguments.toArray(new String[0]));
        if (code != 0) {
            throw new IllegalStateException(m.file() + ": does not compile: " + m.what());
        }
        Files.delete(broken);
        return classes;
    }

    /// The annotations that sources import; they are not needed at run time.
    private static Path jspecify() throws IOException {
        Path home = Path.of(System.getProperty("user.home"), ".m2/repository/org/jspecify");
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(p -> p.toString().matches(".*jspecify-[0-9.]+\\.jar")).findFirst().orElseThrow();
        }
    }

    private static int gradcheck(Path modules, Path classes, String only, Path log)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-p", modules.toString()));
        command.addAll(List.of("--patch-module", "dev.lanegrad=" + classes));
        command.addAll(List.of("-m", "dev.lanegrad.cli/dev.lanegrad.cli.Main", "gradcheck"));
        command.addAll(List.of("--only", only, "--cases", "5"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
    }

    /// The orders of the rows that noticed.
    private static String wrong(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.endsWith("  WRONG"))
                .map(line -> line.replaceAll("^.*(float\\d\\d) +(\\d( forward)?) +.*$", "$1 order $2"))
                .distinct()
                .toList()
                .toString();
    }
}
