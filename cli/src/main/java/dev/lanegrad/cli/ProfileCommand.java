package dev.lanegrad.cli;

import dev.lanegrad.Autograd;
import dev.lanegrad.Lanegrad;
import dev.lanegrad.Profile;
import dev.lanegrad.Tensor;
import dev.lanegrad.nn.models.ResNet;
import dev.lanegrad.optim.SGD;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lanegrad profile`.
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        description = {
            "Measures what a network spends its time on: each operation, derivative and module.",
            "",
            "self is the time without what was called within; MB are those of new tensors; GFLOP/s count"
                    + " products and convolutions, over the whole time of the operation.",
            ""
        })
final class ProfileCommand implements Callable<Integer> {
    private static final int LARGEST_SIZE = 1024;
    private static final int LARGEST_BATCH = 1024;
    private static final int MOST_WARMUPS = 1_000_000;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Parameters(paramLabel = "NETWORK", description = "resnet8, resnet20 or resnet18.")
    private String network;

    @Option(
            names = "--train",
            description = "A step of training: forward, loss, backward, SGD. Otherwise evaluation.")
    private boolean train;

    @Option(
            names = "--size",
            paramLabel = "N",
            defaultValue = "64",
            description = "Height and width of the images. Default: ${DEFAULT-VALUE}.")
    private int size = 64;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "Images at once. Default: ${DEFAULT-VALUE}.")
    private int batch = 1;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            defaultValue = "20",
            description = "Runs before the one that counts. Default: ${DEFAULT-VALUE}.")
    private int warmup = 20;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "20",
            description = "Rows of each table. Default: ${DEFAULT-VALUE}.")
    private int rows = 20;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Every call, for chrome://tracing or ui.perfetto.dev (JSON).")
    private @Nullable Path trace;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Complaint, IOException {
        checkRange("--size", size, 1, LARGEST_SIZE);
        checkRange("--batch", batch, train ? 2 : 1, LARGEST_BATCH);
        checkRange("--warmup", warmup, 0, MOST_WARMUPS);
        checkRange("--rows", rows, 1, Integer.MAX_VALUE);
        ResNet net = Network.of(network).create(3, 10);
        if (trace != null) {
            checkWritable(trace);
        }
        Tensor x = Tensor.randn(batch, 3, size, size);
        Profile profile = Lanegrad.profile(warmup, train ? training(net, x) : evaluation(net, x));
        PrintWriter out = spec.commandLine().getOut();
        out.print(profile.toString(rows));
        if (trace != null) {
            profile.writeTrace(trace);
            out.println("wrote " + trace);
        }
        out.flush();
        return 0;
    }

    private static void checkRange(String option, int value, int from, int to) throws Complaint {
        if (value < from || value > to) {
            throw new Complaint(
                    to == Integer.MAX_VALUE
                            ? option + " must be at least " + from + ", but is " + value
                            : option + " must be from " + from + " to " + to + ", but is " + value);
        }
    }

    /// Finds out before anything is measured whether the file can be written.
    private static void checkWritable(Path file) throws Complaint {
        try {
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            throw new Complaint(
                    "--trace: cannot write to " + file + " (" + Complaint.describe(e) + ")");
        }
    }

    private static Runnable evaluation(ResNet net, Tensor x) {
        net.eval();
        return () -> {
            try (var _ = Autograd.noGrad();
                    var _ = Lanegrad.scope()) {
                net.call(x);
            }
        };
    }

    private static Runnable training(ResNet net, Tensor x) {
        Tensor labels = Tensor.arange(x.size(0)).remainder(10);
        SGD sgd = SGD.builder(net.parameters()).lr(0.01).build();
        return () -> {
            try (var _ = Lanegrad.scope()) {
                sgd.zeroGrad();
                net.call(x).crossEntropy(labels).backward();
                sgd.step();
            }
        };
    }
}
