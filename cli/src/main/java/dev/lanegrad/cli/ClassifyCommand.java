package dev.lanegrad.cli;

import dev.lanegrad.nn.models.WeightsCache;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lanegrad classify`.
@Command(
        name = "classify",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        description = {
            "Prints the five most probable classes of each picture.",
            "",
            "Without options, of the ten kinds of clothes of Fashion-MNIST, by a ResNet-20 that comes with"
                    + " Lanegrad. With --model, of ImageNet's thousand classes, by torchvision's weights,"
                    + " which are downloaded once; or by those in a file.",
            ""
        })
final class ClassifyCommand implements Callable<Integer> {
    @Option(
            names = "--model",
            paramLabel = "NAME",
            description =
                    "resnet18, resnet34, resnet50 or resnext50_32x4d. Files of train and finetune say it"
                            + " themselves.")
    private @Nullable String model;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "State dict of the network: .pth or .safetensors.")
    private @Nullable Path weights;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "5",
            description = "Classes to print. Default: ${DEFAULT-VALUE}.")
    private int top;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Parameters(
            arity = "1..*",
            paramLabel = "PICTURE",
            description = "Files to classify: JPEG, PNG, GIF or BMP.")
    private List<Path> pictures;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, Complaint {
        if (top < 1) {
            throw new Complaint("--top must be at least 1, but is " + top);
        }
        Classifier classifier = classifier();
        PrintWriter out = spec.commandLine().getOut();
        for (Path picture : pictures) {
            List<Classifier.Guess> guesses = classifier.guesses(picture, top);
            out.println(picture);
            for (Classifier.Guess guess : guesses) {
                out.println(
                        String.format(
                                Locale.ROOT,
                                "  %5.1f %%  %s",
                                100 * guess.probability(),
                                guess.name()));
            }
            out.flush();
        }
        return 0;
    }

    private Classifier classifier() throws IOException, Complaint {
        if (weights != null) {
            return Classifier.of(weights, model);
        }
        if (model == null) {
            return Classifier.shipped();
        }
        try (DownloadBar bar = new DownloadBar()) {
            return Classifier.pretrained(model, WeightsCache.standard().onProgress(bar));
        }
    }
}
