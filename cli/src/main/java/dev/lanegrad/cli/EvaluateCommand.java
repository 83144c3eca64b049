package dev.lanegrad.cli;

import dev.lanegrad.Autograd;
import dev.lanegrad.Lanegrad;
import dev.lanegrad.Tensor;
import dev.lanegrad.data.DataLoader;
import dev.lanegrad.data.ImageFolder;
import dev.lanegrad.nn.models.WeightsCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `lanegrad evaluate`.
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        description = {
            "Says how many test images a trained network tells right.",
            "",
            "Without options, the ResNet-20 that comes with Lanegrad those of Fashion-MNIST.",
            ""
        })
final class EvaluateCommand implements Callable<Integer> {
    private static final int BATCH = 250;
    private static final int PICTURE_BATCH = 16;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Option(
            names = "--data",
            paramLabel = "NAME|DIR",
            defaultValue = Images.FASHION_MNIST,
            description =
                    "digits, fashion-mnist, a folder with IDX files, or one with a folder of pictures for"
                            + " each class. Default: ${DEFAULT-VALUE}.")
    private String data;

    @Option(names = "--model", paramLabel = "NAME", description = "As of classify.")
    private @Nullable String model;

    @Option(names = "--weights", paramLabel = "FILE", description = "As of classify.")
    private @Nullable Path weights;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, Complaint {
        Classifier classifier = classifier();
        DataLoader test = isFolderOfPictures() ? pictures(classifier) : images(classifier);
        int right = 0;
        int right5 = 0;
        int all = 0;
        for (DataLoader.Batch batch : test.epoch(0)) {
            try (var _ = Lanegrad.scope();
                    var _ = Autograd.noGrad()) {
                Tensor scores = classifier.network().forward(batch.inputs());
                Tensor wanted = batch.targets();
                right += count(scores.argmax(1).eq(wanted));
                int k = Math.min(5, classifier.classes().size());
                right5 += count(scores.topk(k).indices().eq(wanted.unsqueeze(1)));
                all += wanted.numel();
            }
        }
        spec.commandLine()
                .getOut()
                .println(
                        String.format(
                                Locale.ROOT,
                                "%s on %s: top-1 %.2f %% (%d of %d), top-5 %.2f %%",
                                classifier.name(),
                                data,
                                100.0 * right / all,
                                right,
                                all,
                                100.0 * right5 / all));
        return 0;
    }

    private Classifier classifier() throws IOException, Complaint {
        if (weights != null) {
            return Classifier.of(weights, model);
        }
        return model == null
                ? Classifier.shipped()
                : Classifier.pretrained(model, WeightsCache.standard());
    }

    private boolean isFolderOfPictures() throws IOException {
        Path folder = Path.of(data);
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var entries = Files.list(folder)) {
            return entries.anyMatch(Files::isDirectory);
        }
    }

    /// A folder's classes go by their names, so that it may have fewer than the network.
    private DataLoader pictures(Classifier classifier) throws IOException, Complaint {
        ImageFolder folder = ImageFolder.of(Path.of(data));
        List<String> names = classifier.classes();
        for (String name : folder.classes()) {
            if (!names.contains(name)) {
                throw new Complaint(
                        "--data: the network has no class %s, but %s%s"
                                .formatted(
                                        name,
                                        String.join(
                                                ", ", names.subList(0, Math.min(10, names.size()))),
                                        names.size() > 10 ? ", ..." : ""));
            }
        }
        return DataLoader.builder(new Renumbered(folder, names))
                .transform(classifier.preparation())
                .batchSize(PICTURE_BATCH)
                .build();
    }

    private DataLoader images(Classifier classifier) throws IOException, Complaint {
        Images images = Images.of(data);
        int channels = classifier.network().parameters().getFirst().size(1);
        if (channels != images.channels() || classifier.classes().size() != Images.CLASSES) {
            throw new Complaint(
                    "--data: images of %d channels and %d classes do not suit %s of %d and %d"
                            .formatted(
                                    images.channels(),
                                    Images.CLASSES,
                                    classifier.name(),
                                    channels,
                                    classifier.classes().size()));
        }
        return DataLoader.builder(images.test())
                .batchSize(BATCH)
                .normalization(images.normalization())
                .build();
    }

    private static int count(Tensor hits) {
        return ((Number) hits.sum().item()).intValue();
    }
}
