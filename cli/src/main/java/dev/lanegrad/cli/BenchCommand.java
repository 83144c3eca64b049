package dev.lanegrad.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lanegrad bench`.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        description = "Measures this machine's speed.",
        synopsisSubcommandLabel = "COMMAND")
final class BenchCommand implements Runnable {
    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which benchmark?");
    }

    /// Runs the bench module's table in a virtual machine of its own: it is class path code.
    @Command(
            name = "kernels",
            mixinStandardHelpOptions = true,
            versionProvider = VersionText.class,
            description = {
                "Prints the speed of matrix products and convolutions as a share of the peak measured"
                        + " in the same run."
            })
    int kernels(
            @Option(
                            names = "--forks",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "Processes for each kernel (default: ${DEFAULT-VALUE}).")
                    int forks,
            @Option(
                            names = "--only",
                            paramLabel = "TEXT",
                            description = "Rows whose kernel or shape contains TEXT.")
                    @Nullable String only,
            @Option(
                            names = "--json",
                            paramLabel = "FILE",
                            description = "Writes every figure to FILE.")
                    @Nullable Path json,
            @Option(
                            names = "--peers",
                            description =
                                    "Measures oneDNN, OpenBLAS and libtorch too: native code,"
                                            + " fetched for this purpose.")
                    boolean peers,
            @Option(
                            names = "--suite",
                            paramLabel = "SUITE",
                            defaultValue = "fast",
                            description =
                                    "floors, fast (these and the same layers by Winograd's"
                                            + " algorithm) or all (default: ${DEFAULT-VALUE}).")
                    Suite suite,
            @Option(
                            names = "--threads",
                            paramLabel = "N",
                            split = ",",
                            defaultValue = "1",
                            description =
                                    "Numbers of threads, a table for each (default:"
                                            + " ${DEFAULT-VALUE}).")
                    List<Integer> threads)
            throws Complaint, IOException, InterruptedException {
        requirePositive("--forks", forks);
        for (int n : threads) {
            requirePositive("--threads", n);
        }
        List<String> command = command("dev.lanegrad.bench.KernelTable", forks);
        if (only != null) {
            command.addAll(List.of("--only", only));
        }
        if (peers) {
            command.addAll(List.of("--peers", "yes"));
        }
        command.addAll(List.of("--suite", suite.name()));
        int worst = 0;
        for (int n : threads) {
            List<String> one = new ArrayList<>(command);
            one.addAll(List.of("--threads", Integer.toString(n)));
            if (json != null) {
                one.addAll(
                        List.of("--json", threads.size() == 1 ? json.toString() : json + "." + n));
            }
            worst = Math.max(worst, table(one, n).start().waitFor());
        }
        return worst;
    }

    /// Runs the bench module's table of arithmetic.
    @Command(
            name = "ops",
            mixinStandardHelpOptions = true,
            versionProvider = VersionText.class,
            description =
                    "Prints how long functions, reductions, norms, sorts, attention and recurrent"
                            + " cells take at 64 Ki and 1 Mi elements.")
    int ops(@Mixin OperationOptions options) throws Complaint, IOException, InterruptedException {
        return operations("ops", options);
    }

    /// Runs the bench module's table of movement.
    @Command(
            name = "tensors",
            mixinStandardHelpOptions = true,
            versionProvider = VersionText.class,
            description =
                    "Prints how long copies, joins, indices, masks and broadcasts take at 64 Ki and"
                            + " 1 Mi elements.")
    int tensors(@Mixin OperationOptions options)
            throws Complaint, IOException, InterruptedException {
        return operations("tensors", options);
    }

    private static int operations(String suite, OperationOptions options)
            throws Complaint, IOException, InterruptedException {
        requirePositive("--forks", options.forks);
        List<String> command = command("dev.lanegrad.bench.OperationTable", options.forks);
        command.addAll(List.of("--suite", suite));
        if (options.only != null) {
            command.addAll(List.of("--only", options.only));
        }
        if (options.peers) {
            command.addAll(List.of("--peers", "yes"));
        }
        if (options.json != null) {
            command.addAll(List.of("--json", options.json.toString()));
        }
        return table(command, 1).start().waitFor();
    }

    /// As [#kernels], of whole networks.
    @Command(
            name = "networks",
            mixinStandardHelpOptions = true,
            versionProvider = VersionText.class,
            description = {
                "Prints how fast networks predict and learn, and what memory they take."
            })
    int networks(
            @Option(
                            names = "--forks",
                            paramLabel = "N",
                            defaultValue = "2",
                            description = "Processes for each row (default: ${DEFAULT-VALUE}).")
                    int forks,
            @Option(
                            names = "--seconds",
                            paramLabel = "S",
                            defaultValue = "4",
                            description = "Measured in each process (default: ${DEFAULT-VALUE}).")
                    double seconds,
            @Option(
                            names = "--only",
                            paramLabel = "TEXT",
                            description = "Rows whose name contains TEXT.")
                    @Nullable String only,
            @Option(
                            names = "--json",
                            paramLabel = "FILE",
                            description = "Writes the figures to FILE.")
                    @Nullable Path json,
            @Option(
                            names = "--peers",
                            description =
                                    "Measures libtorch too: native code, fetched for this purpose.")
                    boolean peers,
            @Option(
                            names = "--threads",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "Number of threads (default: ${DEFAULT-VALUE}).")
                    int threads)
            throws Complaint, IOException, InterruptedException {
        requirePositive("--forks", forks);
        requirePositive("--threads", threads);
        List<String> command = command("dev.lanegrad.bench.networks.NetworkTable", forks);
        command.addAll(List.of("--seconds", Double.toString(seconds)));
        command.addAll(List.of("--threads", Integer.toString(threads)));
        command.addAll(List.of("--peers", peers ? "yes" : "no"));
        if (only != null) {
            command.addAll(List.of("--only", only));
        }
        if (json != null) {
            command.addAll(List.of("--json", json.toString()));
        }
        return table(command, threads).start().waitFor();
    }

    private static void requirePositive(String option, int n) throws Complaint {
        if (n < 1) {
            throw new Complaint(option + ": must be at least 1, but is " + n);
        }
    }

    /// Runs the bench module's long training.
    @Command(
            name = "soak",
            mixinStandardHelpOptions = true,
            versionProvider = VersionText.class,
            description =
                    "Trains for many steps and prints step time and live memory along the way; exits"
                            + " with 1 if memory grows.")
    int soak(
            @Option(
                            names = "--steps",
                            paramLabel = "N",
                            defaultValue = "10000",
                            description = "Steps, at least 10 (default: ${DEFAULT-VALUE}).")
                    int steps,
            @Option(
                            names = "--row",
                            paramLabel = "ROW",
                            defaultValue = "training 1x3x64x64",
                            description =
                                    "What to train: a row of `bench networks` (default:"
                                            + " ${DEFAULT-VALUE}).")
                    String row,
            @Option(
                            names = "--threads",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "Number of threads (default: ${DEFAULT-VALUE}).")
                    int threads)
            throws Complaint, IOException, InterruptedException {
        requirePositive("--threads", threads);
        if (steps < 10) {
            throw new Complaint("--steps: must be at least 10, but is " + steps);
        }
        List<String> command = command("dev.lanegrad.bench.networks.Soak");
        command.addAll(List.of(row, Integer.toString(steps), Integer.toString(threads)));
        return table(command, threads).start().waitFor();
    }

    /// Runs the bench module's table of first calls.
    @Command(
            name = "steady",
            mixinStandardHelpOptions = true,
            versionProvider = VersionText.class,
            description =
                    "Prints how long the first call of a kernel takes in a new process, beside that"
                            + " of a plain loop, and after how many seconds its speed is steady.")
    int steady() throws Complaint, IOException, InterruptedException {
        return table(command("dev.lanegrad.bench.Steady"), 1).start().waitFor();
    }

    private static List<String> command(String table, int forks) throws Complaint {
        List<String> command = command(table);
        command.addAll(List.of("--forks", Integer.toString(forks)));
        return command;
    }

    /// How a program of the bench module is started.
    private static List<String> command(String table) throws Complaint {
        Path jar = Path.of(home(), "bench", "target", "benchmarks.jar");
        if (!Files.isRegularFile(jar)) {
            throw new Complaint(jar + ": is not built (./lanegrad at the root builds it)");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        command.add("--sun-misc-unsafe-memory-access=allow"); // JMH measures object sizes with it
        command.add("--enable-native-access=ALL-UNNAMED"); // for peers
        command.addAll(List.of("-cp", jar.toString(), table));
        return command;
    }

    /// Rows of the kernels' table.
    enum Suite {
        floors,
        fast,
        all
    }

    /// With what makes the peers fastest: blocks of memory that are kept, threads that do not spin
    /// for each other, and no wish for an older processor's code.
    private static ProcessBuilder table(List<String> command, int threads) {
        ProcessBuilder process = new ProcessBuilder(command).inheritIO();
        Map<String, String> environment = process.environment();
        environment.keySet().removeAll(Set.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"));
        environment.put("OMP_NUM_THREADS", Integer.toString(threads));
        environment.put("OPENBLAS_NUM_THREADS", Integer.toString(threads));
        environment.put(
                "GLIBC_TUNABLES",
                "glibc.malloc.mmap_threshold=4294967296:glibc.malloc.trim_threshold=8589934592"
                        + ":glibc.malloc.arena_max=1");
        if (threads > 1) {
            environment.put("OPENBLAS_THREAD_TIMEOUT", "4");
            environment.put("OMP_WAIT_POLICY", "PASSIVE");
        }
        return process;
    }

    private static String home() throws Complaint {
        String home = System.getProperty("lanegrad.home");
        if (home == null) {
            throw new Complaint("-Dlanegrad.home is not set to the folder of Lanegrad's sources");
        }
        return home;
    }
}
