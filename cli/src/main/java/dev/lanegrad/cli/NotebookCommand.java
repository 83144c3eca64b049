package dev.lanegrad.cli;

import dev.lanegrad.cli.notebook.Cell;
import dev.lanegrad.cli.notebook.Notebook;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lanegrad notebook`.
@Command(
        name = "notebook",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        description = {
            "Runs notebooks that teach PyTorch's autograd: for each cell its Java, then what it prints,"
                    + " to the letter what PyTorch prints.",
            "",
            "In cells, print, show and f stand for Python's print, for the last expression of a cell"
                    + " and for f-strings. Random values are those of seed 0.",
            ""
        })
final class NotebookCommand implements Callable<Integer> {
    private static final int WIDTH = 80;
    private static final int LONG = 100;
    private static final int HEAD = 12;
    private static final int TAIL = 3;

    @Parameters(
            paramLabel = "NUMBER",
            arity = "0..1",
            description = "000, 001, 002, 003 or 004. Default: all, in this order.")
    private @Nullable String number;

    @Option(names = "--python", description = "Shows each cell in Python, too.")
    private boolean python;

    @Option(
            names = "--full",
            description = "Shows every line of outputs that are longer than " + LONG + " lines.")
    private boolean full;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Complaint {
        List<Notebook> all = Notebook.all();
        List<Notebook> chosen =
                number == null ? all : all.stream().filter(n -> n.number().equals(number)).toList();
        if (chosen.isEmpty()) {
            String numbers = all.stream().map(Notebook::number).collect(Collectors.joining(", "));
            throw new Complaint("there is no notebook " + number + ", but " + numbers);
        }
        Tour tour = new Tour(spec.commandLine().getOut());
        for (Notebook notebook : chosen) {
            tour.title(notebook);
            notebook.run(tour);
        }
        return 0;
    }

    private final class Tour implements Notebook.Reader {
        private final PrintWriter out;
        private final boolean colors = Ansi.AUTO.enabled();
        private final List<String> remarks = new ArrayList<>();

        Tour(PrintWriter out) {
            this.out = out;
        }

        void title(Notebook notebook) {
            out.println(style("1", "Notebook " + notebook.number() + ": " + notebook.title()));
            out.println();
        }

        @Override
        public void begin(Cell cell) {
            if (python) {
                out.println(style("2", "In " + cell.label() + ", Python:"));
                code("2", cell.python());
                out.println(style("2", "Java:"));
            } else {
                out.println(style("2", "In " + cell.label() + ":"));
            }
            code("36", cell.java());
            out.flush();
        }

        private void code(String style, String lines) {
            lines.lines().forEach(l -> out.println(l.isEmpty() ? "" : "    " + style(style, l)));
        }

        @Override
        public void warn(String text) {
            remarks.add("Warning: " + text);
        }

        @Override
        public void end(Cell cell, String output) {
            List<String> lines = output.lines().toList();
            if (!lines.isEmpty()) {
                out.println();
            }
            if (full || lines.size() <= LONG) {
                lines.forEach(out::println);
            } else {
                int hidden = lines.size() - HEAD - TAIL;
                lines.subList(0, HEAD).forEach(out::println);
                out.println(style("2", "[... " + hidden + " more lines, shown by --full]"));
                lines.subList(HEAD + hidden, lines.size()).forEach(out::println);
            }
            if (!cell.remark().isEmpty()) {
                remarks.add(cell.remark());
            }
            for (String remark : remarks) {
                out.println();
                wrap(remark).forEach(l -> out.println(style("2", "  | " + l)));
            }
            remarks.clear();
            out.println();
            out.flush();
        }

        private List<String> wrap(String text) {
            List<String> lines = new ArrayList<>();
            StringBuilder line = new StringBuilder();
            for (String word : text.split(" ", -1)) {
                if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH - 4) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
            lines.add(line.toString());
            return lines;
        }

        private String style(String code, String text) {
            return colors ? "\033[" + code + "m" + text + "\033[0m" : text;
        }
    }
}
