package dev.lanegrad.cli;

import dev.lanegrad.Lanegrad;
import dev.lanegrad.Tensor;
import dev.lanegrad.data.Dataset;
import dev.lanegrad.data.ImageFolder;
import dev.lanegrad.io.Safetensors;
import dev.lanegrad.nn.models.WeightsCache;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `lanegrad finetune`.
@Command(
        name = "finetune",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        description = {
            "Teaches a trained network the classes of a folder of pictures.",
            "",
            "All but the last layer is frozen, batch statistics included; the last one is replaced and"
                    + " trained. What the frozen layers make of a picture is computed once. A fifth of"
                    + " the pictures is held back to test with.",
            ""
        })
final class FinetuneCommand implements Callable<Integer> {
    private static final int MIN_PICTURES = 5;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "A folder with a folder of pictures for each class.")
    private Path data;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "resnet18",
            description = "As of classify. Default: ${DEFAULT-VALUE}.")
    private String model;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "State dict to begin with: .pth or .safetensors. Default: torchvision's.")
    private @Nullable Path weights;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "20",
            description = "Passes over the pictures. Default: ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(
            names = "--lr",
            paramLabel = "X",
            defaultValue = "0.01",
            description = "Learning rate. Default: ${DEFAULT-VALUE}.")
    private double lr;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Decides the new layer's first weights, the order, and which pictures are held back."
                            + " Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for model.safetensors. Default: a new one, runs/DATA-MODEL.")
    private @Nullable Path out;

    @Option(names = "--overwrite", description = "Replaces the file of an earlier run there.")
    private boolean overwrite;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, Complaint {
        if (epochs < 1 || epochs > 1_000_000) {
            throw new Complaint("--epochs must be from 1 to 1000000, but is " + epochs);
        }
        if (!(lr > 0 && lr < Double.POSITIVE_INFINITY)) {
            throw new Complaint("--lr must be a number above 0, but is " + lr);
        }
        ImageFolder pictures = ImageFolder.of(data);
        if (pictures.classes().size() < 2 || pictures.size() < MIN_PICTURES) {
            throw new Complaint(
                    "--data: %s has %d classes and %d pictures, but at least 2 and %d are needed"
                            .formatted(
                                    data,
                                    pictures.classes().size(),
                                    pictures.size(),
                                    MIN_PICTURES));
        }
        String name = data.toRealPath().getFileName() + "-" + model;
        RunFolder run = RunFolder.choose(out, Path.of("runs"), name, overwrite);
        Classifier pretrained = pretrained();
        run.prepare();
        Tensor.manualSeed(seed);
        int test = Math.max(1, pictures.size() / 5);
        List<Dataset> parts = pictures.split(seed, pictures.size() - test, test);
        finetune(pretrained, pictures.classes(), parts, run);
        return 0;
    }

    private Classifier pretrained() throws IOException, Complaint {
        if (weights != null) {
            return Classifier.of(weights, model);
        }
        try (DownloadBar bar = new DownloadBar()) {
            return Classifier.pretrained(model, WeightsCache.standard().onProgress(bar));
        }
    }

    private void finetune(
            Classifier pretrained, List<String> classes, List<Dataset> parts, RunFolder run)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(Lanegrad.describe());
        out.println(
                "%s learns %s: %d classes, %d pictures, %d to test with"
                        .formatted(
                                model,
                                data,
                                classes.size(),
                                parts.getFirst().size(),
                                parts.getLast().size()));
        out.flush();
        FineTuning tuning = new FineTuning(pretrained, classes.size(), parts, lr, seed);
        for (int epoch = 1; epoch <= epochs; epoch++) {
            double loss = tuning.epoch(epoch);
            out.println(
                    String.format(
                            Locale.ROOT,
                            "epoch %d/%d  loss %.4f  test %5.2f %%",
                            epoch,
                            epochs,
                            loss,
                            100 * tuning.testAccuracy()));
            out.flush();
        }
        out.println(
                "%d frozen values, batch statistics included, are as they were"
                        .formatted(tuning.checkFrozen()));
        Map<String, String> texts = new TreeMap<>();
        texts.put("format", "pt");
        texts.put("model", model);
        texts.put("classes", String.join("\n", classes));
        Safetensors.write(run.checkpoint(), tuning.network().stateDict(), texts);
        out.println("checkpoint " + run.checkpoint());
        out.flush();
    }
}
