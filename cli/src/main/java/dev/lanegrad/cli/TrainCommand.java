package dev.lanegrad.cli;

import dev.lanegrad.Lanegrad;
import dev.lanegrad.Tensor;
import dev.lanegrad.io.Safetensors;
import dev.lanegrad.nn.models.ResNet;
import dev.lanegrad.training.EpochReport;
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

/// `lanegrad train`.
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        description = {
            "Trains a network on images and leaves its checkpoint and its curves in a folder.",
            "",
            "Without options a small ResNet learns the handwritten digits that come with Lanegrad."
                    + " The same seed gives the same bits, for any number of threads. Ctrl-C ends the"
                    + " training early and keeps what was learned.",
            ""
        })
final class TrainCommand implements Callable<Integer> {
    private static final int MAX_THREADS = 256;
    private static final int INTERRUPTED = 130;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Option(
            names = "--data",
            paramLabel = "NAME|DIR",
            defaultValue = Images.DIGITS,
            description =
                    "digits, fashion-mnist (where Debian's package dataset-fashion-mnist puts it), or"
                            + " a folder with four IDX files of its kind, compressed or not. Default:"
                            + " ${DEFAULT-VALUE}.")
    private String data;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description =
                    "resnet8, resnet20 or resnet18, each with a first layer of 3x3 at stride 1, which"
                            + " keeps small images whole. Default: resnet8 for digits, else resnet20.")
    private @Nullable String model;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Passes over the images. Default: 20 for digits, else 5.")
    private @Nullable Integer epochs;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Images to a step. Default: 32 for digits, else 128.")
    private @Nullable Integer batch;

    @Option(
            names = "--lr",
            paramLabel = "X",
            description = "Highest learning rate of the cycle. Default: 0.1.")
    private @Nullable Double lr;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Decides first weights, order and changes of the images. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to share the work. Default: as many as there are processors.")
    private @Nullable Integer threads;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Folder for model.safetensors, curves.png and state.pth. Default: a new one,"
                            + " runs/DATA-MODEL.")
    private @Nullable Path out;

    @Option(
            names = "--overwrite",
            description = "Replaces the files of an earlier run in that folder.")
    private boolean overwrite;

    @Option(
            names = "--resume",
            description =
                    "Continues the run of these settings in that folder, or in the newest of its name,"
                            + " after its last whole epoch, to the same bits as if it had not been"
                            + " broken off. Starts anew if there is none.")
    private boolean resume;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, Complaint {
        if (resume && overwrite) {
            throw new Complaint("--resume continues what --overwrite replaces: only one of them");
        }
        checkRange("--epochs", epochs, 1, 1_000_000);
        checkRange("--threads", threads, 1, MAX_THREADS);
        checkRange("--batch", batch, 2, Integer.MAX_VALUE);
        if (lr != null && !(lr > 0 && lr < Double.POSITIVE_INFINITY)) {
            throw new Complaint("--lr must be a number above 0, but is " + lr);
        }
        Network named = model == null ? null : Network.of(model);
        Images images = Images.of(data);
        Images.Recipe recipe = images.recipe();
        Settings settings =
                new Settings(
                        data,
                        named != null ? named : Network.of(recipe.model()),
                        epochs != null ? epochs : recipe.epochs(),
                        batch != null ? batch : Math.min(recipe.batch(), images.train().size()),
                        lr != null ? lr : recipe.lr(),
                        seed);
        checkRange("--batch", settings.batch(), 2, images.train().size());
        String name = images.name() + "-" + settings.network();
        Path runs = Path.of("runs");
        RunFolder run =
                resume
                        ? RunFolder.latest(out, runs, name)
                        : RunFolder.choose(out, runs, name, overwrite);
        run.prepare();
        if (threads != null) {
            Lanegrad.setNumThreads(threads);
        }
        return train(images, settings, run);
    }

    private static void checkRange(String option, @Nullable Integer value, int from, int to)
            throws Complaint {
        if (value != null && (value < from || value > to)) {
            throw new Complaint(
                    to == Integer.MAX_VALUE
                            ? option + " must be at least " + from + ", but is " + value
                            : option + " must be from " + from + " to " + to + ", but is " + value);
        }
    }

    private int train(Images images, Settings settings, RunFolder run)
            throws IOException, Complaint {
        Tensor.manualSeed(settings.seed());
        ResNet network = settings.network().create(images.channels(), Images.CLASSES);
        try (Display display = new Display(spec.commandLine().getOut(), settings.epochs())) {
            Training training = new Training(network, images, settings, display::step);
            try (Interruption interruption = new Interruption(training::stop)) {
                display.line(Lanegrad.describe());
                display.line(introduction(images, settings, network));
                List<EpochReport> reports = begin(network, training, settings, run, display);
                while (reports.size() < settings.epochs()) {
                    int epoch = reports.size() + 1;
                    display.start(epoch, training.imagesPerEpoch());
                    reports = interruption.requested() ? reports : training.epoch();
                    display.hideBar();
                    boolean whole = reports.size() == epoch;
                    if (whole) {
                        TrainingState.write(run.state(), settings, training);
                    }
                    writeCheckpoint(network, run, settings, training, epoch - (whole ? 0 : 1));
                    if (!whole) {
                        display.line("interrupted in epoch " + epoch + " of " + settings.epochs());
                        leave(display, run, settings, reports);
                        return INTERRUPTED;
                    }
                    display.end(reports.getLast());
                }
                finish(display, run, settings, images.test().size(), reports);
            }
        }
        return 0;
    }

    /// The epochs that were done before, none of them anew.
    private List<EpochReport> begin(
            ResNet network, Training training, Settings settings, RunFolder run, Display display)
            throws IOException, Complaint {
        if (!resume || !Files.exists(run.state())) {
            Files.deleteIfExists(run.state()); // of the run that is overwritten
            return List.of();
        }
        List<EpochReport> reports = TrainingState.restore(run.state(), settings, training);
        reports.forEach(display::end);
        writeCheckpoint(network, run, settings, training, reports.size());
        return reports;
    }

    private static void writeCheckpoint(
            ResNet network, RunFolder run, Settings settings, Training training, int epochs)
            throws IOException {
        Safetensors.write(
                run.checkpoint(), network.stateDict(), settings.metadata(epochs, training.steps()));
    }

    private static String introduction(Images images, Settings settings, ResNet network) {
        int parameters = network.parameters().stream().mapToInt(Tensor::numel).sum();
        return "%s (%d parameters) learns %s: %d images, %d to test with"
                .formatted(
                        settings.network(),
                        parameters,
                        images.name(),
                        images.train().size(),
                        images.test().size());
    }

    private static void finish(
            Display display,
            RunFolder run,
            Settings settings,
            int testImages,
            List<EpochReport> reports)
            throws IOException {
        double accuracy = Training.accuracy(reports.getLast().validation());
        display.line(
                String.format(
                        Locale.ROOT,
                        "test accuracy %.1f %% (%d of %d)",
                        100 * accuracy,
                        Math.round(accuracy * testImages),
                        testImages));
        leave(display, run, settings, reports);
    }

    /// Draws the curves, and says which files there are.
    private static void leave(
            Display display, RunFolder run, Settings settings, List<EpochReport> reports)
            throws IOException {
        display.line("checkpoint " + run.checkpoint());
        if (!reports.isEmpty()) {
            String title = settings.network() + " learns " + settings.data();
            new Curves(reports).write(title, run.curves());
            display.line("curves " + run.curves());
        }
    }
}
