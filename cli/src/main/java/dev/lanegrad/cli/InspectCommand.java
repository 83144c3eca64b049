package dev.lanegrad.cli;

import dev.lanegrad.Tensor;
import dev.lanegrad.io.TensorFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lanegrad inspect`.
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        description = {
            "Lists what is in a file of tensors: .pth, .safetensors, .npy or .npz.",
            "",
            "A file is checked as a whole before anything is printed, and nothing in it is ever run.",
            ""
        })
final class InspectCommand implements Callable<Integer> {
    private static final int MAX_TEXT = 100;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        TensorFile contents = TensorFile.read(file);
        PrintWriter out = spec.commandLine().getOut();
        int width =
                Math.min(
                        60,
                        contents.tensors().keySet().stream()
                                .mapToInt(String::length)
                                .max()
                                .orElse(0));
        long elements = 0;
        long bytes = 0;
        for (var e : contents.tensors().entrySet()) {
            Tensor t = e.getValue();
            long size = (long) t.numel() * t.dtype().bytes();
            out.println(
                    "%s  %-8s  %-18s %12s"
                            .formatted(
                                    padded(oneLine(e.getKey()), width),
                                    t.dtype(),
                                    t.shape(),
                                    size(size)));
            elements += t.numel();
            bytes += size;
        }
        contents.texts()
                .forEach((name, text) -> out.println(oneLine(name) + " = " + oneLine(text)));
        out.println(
                "%s: %d tensors, %d elements, %s"
                        .formatted(
                                contents.format(),
                                contents.tensors().size(),
                                elements,
                                size(bytes)));
        out.flush();
        return 0;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /// A text from the file, without what would move the cursor of a terminal.
    private static String oneLine(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > MAX_TEXT ? plain.substring(0, MAX_TEXT) + "..." : plain;
    }

    private static String size(long bytes) {
        if (bytes < 10_000) {
            return bytes + " bytes";
        }
        return bytes < 10_000_000
                ? String.format(Locale.ROOT, "%.1f KB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
