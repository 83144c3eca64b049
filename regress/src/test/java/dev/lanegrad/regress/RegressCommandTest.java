package dev.lanegrad.regress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command on jars of JMH benchmarks and on revisions.
class RegressCommandTest {
    private record Run(int code, String out, String err) {}

    @TempDir private Path folder;
    private Path base;

    @BeforeEach
    void makeBase() throws IOException {
        base = PlantedJar.write(folder.resolve("base.jar"));
    }

    private static Run run(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                RegressCommand.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(Stream.of(args).map(String::valueOf).toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }

    private static void assertComplaint(String line, Run run) {
        assertEquals(List.of("regress: " + line), run.err().lines().toList());
        assertEquals(2, run.code());
        assertEquals("", run.out());
    }

    /// Five pairs of real processes: an allocation and narrower vectors are caught however noisy
    /// the machine is, and a benchmark that throws does not keep the other from being measured.
    @Test
    void faultsAreFoundInRealJars() throws IOException {
        Path head =
                PlantedJar.write(
                        folder.resolve("head.jar"), "allocates=true", "throws=true", "width=256");
        Path file = folder.resolve("run.jsonl");
        Run run =
                run(
                        "--base",
                        base,
                        "--head",
                        head,
                        "--bench",
                        "allocating size=500|Throwing",
                        "--pairs",
                        "5",
                        "--threshold",
                        "100000",
                        "--suite",
                        "full",
                        "--jmh",
                        "-wi 1 -w 20ms -i 2 -r 10ms",
                        "--together",
                        "--out",
                        file);
        assertEquals(2, run.code(), run.toString());
        assertTrue(
                run.out()
                        .contains(
                                "ThrowingBench.logarithm: failed in head only:"
                                        + " java.lang.IllegalStateException: planted"),
                run.out());
        assertTrue(
                run.out().matches("(?s).*allocates \\d+ B an operation, was \\d+ B.*"), run.out());
        assertTrue(run.out().contains("width is 256, was 512"), run.out());
        assertTrue(run.out().contains("faster") || run.out().contains("same"), run.out());
        RunFile.Content content = RunFile.read(file);
        assertEquals(5 * 2 + 1, content.forks().size());
        assertEquals(2, content.gates().size());
        Fork fork = content.forks().getFirst();
        assertEquals(2, fork.scores().length);
        assertEquals(2, fork.peaks().length);
    }

    @Test
    void aJarWithoutBenchmarksIsOneLine() throws IOException {
        Path empty = PlantedJar.empty(folder.resolve("empty.jar"));
        Run run = run("--base", base, "--head", empty);
        assertEquals(2, run.code());
        assertTrue(
                run.err().startsWith("regress: " + empty + ": has no JMH benchmarks"), run.err());
        assertEquals(1, run.err().lines().count());
    }

    @Test
    void whatIsNoJarAndNoRevisionIsOneLine() throws Exception {
        assertComplaint(
                "--base: there is no file nowhere.jar",
                run("--base", "nowhere.jar", "--head", base));
        assertComplaint(
                "--head: v2 is no jar, and " + folder + " no git repository",
                run("--base", base, "--head", "v2", "--repository", folder));
        Path repository = repository("true");
        assertComplaint(
                "--head: v2 is neither a jar nor a revision of " + repository.toRealPath(),
                run("--base", base, "--head", "v2", "--repository", repository));
    }

    @Test
    void aRevisionThatDoesNotBuildIsOneLine() throws Exception {
        Path repository = repository("echo '[ERROR] Foo.java: it is broken'; exit 1");
        Run run =
                run(
                        "--base",
                        base,
                        "--head",
                        "HEAD",
                        "--repository",
                        repository,
                        "--build",
                        "./make.sh");
        assertEquals(2, run.code());
        List<String> lines = run.err().lines().toList();
        assertEquals("building HEAD ...", lines.getFirst());
        assertTrue(
                lines.getLast()
                        .startsWith(
                                "regress: --head: HEAD does not build: [ERROR] Foo.java: it is broken ("),
                run.err());
        assertEquals(2, lines.size());
    }

    @Test
    void aRevisionIsBuiltOnceAndItsWorktreeGoes() throws Exception {
        Path repository =
                repository(
                        "mkdir -p out && cp '"
                                + base
                                + "' out/b.jar && echo x >>'"
                                + folder.resolve("builds")
                                + "'");
        Builder builder =
                new Builder(
                        repository, "./make.sh", "out/b.jar", new PrintWriter(new StringWriter()));
        Build first = builder.build("--base", "HEAD");
        assertEquals(first, builder.build("--base", "HEAD"));
        assertEquals(40, first.commit().length());
        assertEquals(Builder.sha256(base), first.sha256());
        assertEquals(1, Files.readAllLines(folder.resolve("builds")).size());
        assertEquals(1, Shell.run(repository, "git", "worktree", "list").text().lines().count());
    }

    @Test
    void optionsOutOfRangeAreOneLine() {
        assertComplaint("needs --base and --head, or --resume", run());
        assertComplaint(
                "--pairs: must be at least 5, but is 2",
                run("--base", base, "--head", base, "--pairs", "2"));
        assertComplaint(
                "--bench: Unclosed group in (",
                run("--base", base, "--head", base, "--bench", "("));
        assertComplaint(
                "no benchmark of both sides matches nothing",
                run("--base", base, "--head", base, "--bench", "nothing"));
        assertComplaint(
                folder.resolve("no.jsonl") + ": there is no such file",
                run("--resume", folder.resolve("no.jsonl")));
    }

    @Test
    void onlyTheSameJarsContinue() throws Exception {
        Path file = folder.resolve("run.jsonl");
        Build build = new Build("base.jar", "", base.toString(), "not this hash");
        RunHeader run =
                new RunHeader(
                        "2026-01-02T03:04:05Z",
                        build,
                        build,
                        Machine.here(),
                        Samples.settings(5, 5),
                        List.of(Samples.SORT));
        RunFile.create(file, run).close();
        assertComplaint(
                "--resume: " + base + " is not the base any more that " + file + " has measured",
                run("--resume", file));
    }

    /// With one commit, whose build is a line of shell.
    private Path repository(String build) throws IOException, InterruptedException {
        Path repository = Files.createDirectories(folder.resolve("repository"));
        Path script = repository.resolve("make.sh");
        Files.writeString(script, "#!/bin/sh\n" + build + "\n");
        assertTrue(script.toFile().setExecutable(true));
        for (String[] command :
                new String[][] {
                    {"git", "init", "-q"},
                    {"git", "add", "."},
                    {
                        "git",
                        "-c",
                        "user.name=x",
                        "-c",
                        "user.email=x@example.org",
                        "commit",
                        "-q",
                        "-m",
                        "x"
                    }
                }) {
            Shell.Output output = Shell.run(repository, command);
            assertTrue(output.ok(), output.text());
        }
        return repository;
    }
}
