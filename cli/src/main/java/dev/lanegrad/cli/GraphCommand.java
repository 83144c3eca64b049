package dev.lanegrad.cli;

import dev.lanegrad.Graphs;
import dev.lanegrad.Graphs.Holding;
import dev.lanegrad.Tensor;
import dev.lanegrad.nn.Module;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lanegrad graph`.
@Command(
        name = "graph",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        description = {
            "Draws the graph that backward walks: leaves, operations with the shapes of their"
                    + " results, and what each keeps alive until then.",
            ""
        })
final class GraphCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "WHAT",
            arity = "0..1",
            defaultValue = "tutorial",
            description =
                    "tutorial (Q = 3a³ - b² of PyTorch's tutorial) or a network: resnet8, resnet20,"
                            + " resnet18. Default: ${DEFAULT-VALUE}.")
    private String what = "tutorial";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "The picture; .svg, .dot (Graphviz) or .mmd (Mermaid). Default: WHAT.svg here.")
    private @Nullable Path output;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "Images in a network's batch. Default: ${DEFAULT-VALUE}.")
    private int batch = 1;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Complaint, IOException {
        Map<Tensor, String> names = new LinkedHashMap<>();
        Tensor root = what.equals("tutorial") ? tutorial(names) : network(names);
        Path file = output == null ? Path.of(what + ".svg") : output;
        String name = file.getFileName().toString();
        String text =
                switch (name.substring(name.lastIndexOf('.') + 1)) {
                    case "svg" -> Graphs.svg(names, root);
                    case "dot" -> Graphs.dot(names, root);
                    case "mmd" -> Graphs.mermaid(names, root);
                    default ->
                            throw new Complaint(
                                    "--output: " + name + " ends with none of .svg, .dot, .mmd");
                };
        Files.writeString(file, text);
        print(Graphs.holdings(root));
        spec.commandLine().getOut().println("\nwrote " + file);
        return 0;
    }

    private static Tensor tutorial(Map<Tensor, String> names) {
        Tensor a = Tensor.of(2f, 3f).requiresGrad(true);
        Tensor b = Tensor.of(6f, 4f).requiresGrad(true);
        Tensor q = a.pow(3).mul(3).sub(b.pow(2));
        names.put(a, "a");
        names.put(b, "b");
        names.put(q, "Q");
        return q;
    }

    private Tensor network(Map<Tensor, String> names) throws Complaint {
        if (batch < 1) {
            throw new Complaint("--batch: must be at least 1, but is " + batch);
        }
        Module net = Network.of(what).create(3, 10);
        net.namedParameters().forEach((name, p) -> names.put(p, name));
        Tensor y = net.forward(Tensor.ones(batch, 3, 32, 32));
        names.put(y, "logits");
        return y;
    }

    private void print(List<Holding> rows) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-32s %6s %12s%n", "operation", "count", "keeps");
        long sum = 0;
        for (Holding row : rows) {
            out.printf("%-32s %6d %12s%n", row.name(), row.count(), bytes(row.bytes()));
            sum += row.bytes();
        }
        out.printf("%-32s %6s %12s%n", "together", "", bytes(sum));
    }

    private static String bytes(long n) {
        return n < 10_000
                ? n + " B"
                : n < 10_000_000
                        ? String.format(Locale.ROOT, "%.1f kB", n / 1e3)
                        : String.format(Locale.ROOT, "%.1f MB", n / 1e6);
    }
}
