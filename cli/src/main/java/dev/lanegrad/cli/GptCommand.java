package dev.lanegrad.cli;

import dev.lanegrad.Lanegrad;
import dev.lanegrad.Tensor;
import dev.lanegrad.data.DataLoader;
import dev.lanegrad.data.Sampler;
import dev.lanegrad.data.TokenWindows;
import dev.lanegrad.io.Safetensors;
import dev.lanegrad.nn.models.Gpt;
import dev.lanegrad.optim.AdamW;
import dev.lanegrad.optim.OneCycleLR;
import dev.lanegrad.training.Trainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `lanegrad gpt`.
@Command(
        name = "gpt",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        description = {
            "Trains a small language model on the characters of a text, and lets it write some.",
            "",
            "Without options it reads 23 chapters of Pride and Prejudice, which come with Lanegrad."
                    + " The same seed gives the same bits, for any number of threads.",
            ""
        })
final class GptCommand implements Callable<Integer> {
    private static final double MAX_NORM = 1;
    private static final double WEIGHT_DECAY = 0.1;
    private static final double TEMPERATURE = 0.8;
    private static final int AMONG = 20;
    private static final int TEST_WINDOWS = 256;
    private static final int LINES = 10;
    private static final int INTERRUPTED = 130;

    @Option(
            names = "--text",
            paramLabel = "FILE",
            description = "A text file in UTF-8, the last tenth of which is to test with.")
    private @Nullable Path text;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Steps of training. Default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "16",
            description = "Pieces of text to a step. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--context",
            paramLabel = "N",
            defaultValue = "64",
            description = "Characters that the model sees. Default: ${DEFAULT-VALUE}.")
    private int context;

    @Option(
            names = "--layers",
            paramLabel = "N",
            defaultValue = "4",
            description = "Blocks of the model. Default: ${DEFAULT-VALUE}.")
    private int layers;

    @Option(
            names = "--width",
            paramLabel = "N",
            defaultValue = "128",
            description =
                    "Features of a character, a multiple of 32, each head of which has as many."
                            + " Default: ${DEFAULT-VALUE}.")
    private int width;

    @Option(
            names = "--lr",
            paramLabel = "X",
            defaultValue = "3e-3",
            description = "Highest learning rate of the cycle. Default: ${DEFAULT-VALUE}.")
    private double lr;

    @Option(
            names = "--write",
            paramLabel = "N",
            defaultValue = "500",
            description = "How many characters it writes at the end. Default: ${DEFAULT-VALUE}.")
    private int write;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Decides first weights, order and what is written. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to share the work. Default: as many as there are processors.")
    private @Nullable Integer threads;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Leaves the model in this file, as safetensors.")
    private @Nullable Path out;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, Complaint {
        check("--steps", steps, 1, 1_000_000);
        check("--batch", batch, 1, 65_536);
        check("--context", context, 2, 4096);
        check("--layers", layers, 1, 100);
        check("--width", width, 32, 4096);
        check("--write", write, 0, 1_000_000);
        check("--threads", threads == null ? 1 : threads, 1, 256);
        if (width % 32 != 0) {
            throw new Complaint("--width must be a multiple of 32, but is " + width);
        }
        if (!(lr > 0 && lr < Double.POSITIVE_INFINITY)) {
            throw new Complaint("--lr must be a number above 0, but is " + lr);
        }
        Book book = text == null ? Book.shipped() : Book.read(text);
        if (book.test().numel() <= context) {
            throw new Complaint(
                    "--text: %s has %d characters to test with, too few for --context %d"
                            .formatted(book.name(), book.test().numel(), context));
        }
        if (threads != null) {
            Lanegrad.setNumThreads(threads);
        }
        return train(book);
    }

    private static void check(String option, int value, int from, int to) throws Complaint {
        if (value < from || value > to) {
            throw new Complaint(
                    "%s must be from %d to %d, but is %d".formatted(option, from, to, value));
        }
    }

    private int train(Book book) throws IOException {
        Tensor.manualSeed(seed);
        Gpt model =
                Gpt.builder(book.alphabet().size())
                        .context(context)
                        .layers(layers)
                        .heads(width / 32)
                        .width(width)
                        .build();
        PrintWriter console = spec.commandLine().getOut();
        print(console, Lanegrad.describe());
        print(
                console,
                "gpt (%d parameters) learns %s: %d characters, %d to test with"
                        .formatted(
                                model.parameters().stream().mapToInt(Tensor::numel).sum(),
                                book.name(),
                                book.train().numel(),
                                book.test().numel()));
        boolean whole = learn(model, book, console);
        if (write > 0 && whole) {
            long[] line = book.alphabet().encode("\n").toLongArray();
            print(console, "");
            print(
                    console,
                    book.alphabet()
                            .decode(model.generate(line, write, TEMPERATURE, AMONG))
                            .strip());
        }
        if (out != null) {
            Safetensors.write(
                    out,
                    model.stateDict(),
                    Map.of("format", "pt", "alphabet", book.alphabet().characters()));
            print(console, "model " + out);
        }
        return whole ? 0 : INTERRUPTED;
    }

    /// @return false if it was interrupted
    private boolean learn(Gpt model, Book book, PrintWriter console) {
        var optimizer = AdamW.builder(model.parameters()).lr(lr).weightDecay(WEIGHT_DECAY).build();
        var trainer =
                Trainer.builder(
                                model,
                                optimizer,
                                (scores, next) -> scores.flatten(0, 1).crossEntropy(next.flatten()))
                        .clipNorm(MAX_NORM)
                        .stepSchedule(
                                OneCycleLR.builder(optimizer, lr).totalSteps(steps + 1).build())
                        .build();
        DataLoader train =
                DataLoader.builder(new TokenWindows(book.train(), context))
                        .batchSize(batch)
                        .shuffle(true)
                        .dropLast(true)
                        .seed(seed)
                        .build();
        DataLoader test = test(book);
        int every = Math.max(1, steps / LINES);
        long start = System.nanoTime();
        double sum = 0;
        try (Interruption interruption = new Interruption()) {
            while (trainer.steps() < steps) {
                int epoch = trainer.steps() / Math.max(1, train.batches());
                for (DataLoader.Batch pieces : train.epoch(epoch)) {
                    model.train();
                    sum += trainer.step(List.of(pieces)).loss();
                    int n = trainer.steps();
                    if (interruption.requested()) {
                        print(console, "interrupted after step " + n + " of " + steps);
                        return false;
                    }
                    if (n % every == 0) {
                        double tested = loss(trainer, test);
                        double seconds = (System.nanoTime() - start) * 1e-9;
                        print(
                                console,
                                line(n, sum / every, tested, every * batch * context / seconds));
                        start = System.nanoTime();
                        sum = 0;
                    }
                    if (n == steps) {
                        break;
                    }
                }
            }
        }
        double tested = loss(trainer, test);
        print(
                console,
                String.format(
                        Locale.ROOT,
                        "test loss %.3f, %.2f bits a character",
                        tested,
                        tested / Math.log(2)));
        return true;
    }

    /// Pieces from all over the part to test with.
    private DataLoader test(Book book) {
        TokenWindows windows = new TokenWindows(book.test(), context);
        int count = Math.min(TEST_WINDOWS, windows.size());
        long[] places = LongStream.range(0, count).map(i -> i * windows.size() / count).toArray();
        return DataLoader.builder(windows).batchSize(64).sampler(Sampler.subset(places)).build();
    }

    private static double loss(Trainer trainer, DataLoader test) {
        return trainer.evaluate(test.epoch(0)).getOrDefault("loss", Double.NaN);
    }

    private String line(int step, double loss, double tested, double speed) {
        return String.format(
                Locale.ROOT,
                "step %"
                        + Integer.toString(steps).length()
                        + "d/%d  loss %.3f  test %.3f  %.0f"
                        + " characters/s",
                step,
                steps,
                loss,
                tested,
                speed);
    }

    private static void print(PrintWriter console, String line) {
        console.println(line);
        console.flush();
    }
}
