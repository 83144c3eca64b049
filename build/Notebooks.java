import module java.base;

/// Makes Java classes of notebooks written in Markdown, so that each cell is written once: what is shown
/// is what is compiled, run and tested. Run as `java Notebooks.java FOLDER OUTPUT_ROOT`; files in the output
/// that belong to no notebook any more are deleted, unchanged ones keep their time stamp.
///
/// A notebook is a file such as `003.md`: `# title`, then for each cell `## In [7]` and the fenced blocks
/// `python`, `java`, and `text` for each record of what is printed (what follows `text` on the fence is its
/// kind); lines that begin with `> ` are a remark on the cell. All else is for the reader of the file only.
/// The Java blocks follow one another in one method, so a variable lives until the notebook ends, and
/// imports go to the top of the file.
static final String PACKAGE = "dev.lanegrad.cli.notebook";

static final class Cell {
    final String label;
    final Map<String, List<String>> blocks = new LinkedHashMap<>();
    final StringJoiner remark = new StringJoiner(" ");

    Cell(String label) {
        this.label = label;
    }

    List<String> lines(String kind) {
        return blocks.getOrDefault(kind, List.of());
    }
}

record Notebook(String number, String title, List<Cell> cells) {}

void main(String[] args) throws IOException {
    Path out = Path.of(args[1]).resolve(PACKAGE.replace('.', '/'));
    Files.createDirectories(out);
    var written = new HashSet<Path>();
    try (var files = Files.list(Path.of(args[0]))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
            Notebook notebook = read(file);
            Path source = out.resolve("Notebook" + notebook.number + ".java");
            String text = java(notebook);
            if (!Files.exists(source) || !Files.readString(source).equals(text)) {
                Files.writeString(source, text);
            }
            written.add(source);
        }
    }
    try (var files = Files.list(out)) {
        for (Path stale : files.filter(f -> !written.contains(f)).toList()) {
            Files.delete(stale);
        }
    }
}

Notebook read(Path file) throws IOException {
    String title = "";
    var cells = new ArrayList<Cell>();
    Iterator<String> lines = Files.readAllLines(file).iterator();
    while (lines.hasNext()) {
        String line = lines.next();
        if (line.startsWith("# ")) {
            title = line.substring(2);
        } else if (line.startsWith("## In ")) {
            cells.add(new Cell(line.substring("## In ".length())));
        } else if (line.startsWith("> ")) {
            cells.getLast().remark.add(line.substring(2));
        } else if (line.startsWith("```")) {
            block(file, line.substring(3), lines, cells.getLast());
        }
    }
    return new Notebook(file.getFileName().toString().replace(".md", ""), title, cells);
}

void block(Path file, String kind, Iterator<String> lines, Cell cell) {
    var block = new ArrayList<String>();
    String line = next(file, lines);
    while (!line.equals("```")) {
        block.add(line);
        line = next(file, lines);
    }
    if (!kind.equals("python") && !kind.equals("java") && !kind.startsWith("text")) {
        throw new IllegalArgumentException(file + ": cell " + cell.label + " has a block of " + kind);
    }
    if (cell.blocks.put(kind, block) != null) {
        throw new IllegalArgumentException(file + ": cell " + cell.label + " has " + kind + " twice");
    }
}

String next(Path file, Iterator<String> lines) {
    if (!lines.hasNext()) {
        throw new IllegalArgumentException(file + ": a block does not end");
    }
    return lines.next();
}

String java(Notebook notebook) {
    var imports = new TreeSet<String>();
    var cells = new StringJoiner(",\n");
    var body = new StringBuilder();
    for (int i = 0; i < notebook.cells.size(); i++) {
        Cell cell = notebook.cells.get(i);
        if (cell.lines("python").isEmpty() || cell.lines("java").isEmpty()) {
            throw new IllegalArgumentException(notebook.number + ": cell " + i + " lacks Python or Java");
        }
        cells.add(cell(cell));
        body.append("        begin(").append(i).append(");\n");
        for (String line : cell.lines("java")) {
            if (line.startsWith("import ")) {
                imports.add(line);
            } else {
                body.append(line.isEmpty() ? "" : "        " + line).append('\n');
            }
        }
    }
    return """
            package %s;

            %s

            import java.util.List;

            /// Made of `%s.md`.
            final class Notebook%s extends Notebook {
                Notebook%s() {
                    super("%s", %s, List.of(
            %s));
                }

                @Override
                void cells() {
            %s    }
            }
            """
            .formatted(
                    PACKAGE, String.join("\n", imports), notebook.number, notebook.number, notebook.number,
                    notebook.number, literal(notebook.title), cells, body);
}

String cell(Cell cell) {
    String records =
            cell.blocks.entrySet().stream()
                    .filter(block -> block.getKey().startsWith("text"))
                    .map(block -> "new Cell.Text(%s, %s)"
                            .formatted(literal(block.getKey().substring(4).strip()), literal(block.getValue())))
                    .collect(Collectors.joining(", ", "List.of(", ")"));
    return "            new Cell(%s, %s, %s, %s, %s)"
            .formatted(
                    literal(cell.label), literal(cell.lines("python")), literal(cell.lines("java")), records,
                    literal(cell.remark.toString()));
}

String literal(List<String> lines) {
    return literal(String.join("\n", lines));
}

String literal(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t") + '"';
}
