package dev.lanegrad.regress;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// Makes jars of what the user named: a jar is taken as it is, a folder is built in place, anything
/// else is a revision, built in a git worktree of its own.
///
/// @param repository a folder of the repository that revisions are from
/// @param command a line of shell that builds the benchmarks in the root of the sources
/// @param jar what it builds, from there
/// @param err where progress is told
record Builder(Path repository, String command, String jar, PrintWriter err) {
    private static final Pattern TELLING =
            Pattern.compile("^\\[ERROR\\] .*|.*\\berror: .*|^FAILURE: .*");

    Build build(String option, String what) throws IOException, InterruptedException {
        Path path = Path.of(what);
        if (Files.isRegularFile(path)) {
            return of(what, "", path);
        }
        if (Files.isDirectory(path)) {
            Path log = path.resolve("target").resolve("regress-build.log");
            return of(what, "", make(option, what, path, log));
        }
        if (what.endsWith(".jar")) {
            throw new Problem(option + ": there is no file " + what);
        }
        return revision(option, what);
    }

    private Build revision(String option, String revision)
            throws IOException, InterruptedException {
        Shell.Output root = git(repository, "rev-parse", "--show-toplevel");
        if (!root.ok()) {
            throw new Problem(
                    option
                            + ": "
                            + revision
                            + " is no jar, and "
                            + repository.toAbsolutePath()
                            + " no git repository");
        }
        Path top = Path.of(root.text());
        Shell.Output commit =
                git(
                        top,
                        "rev-parse",
                        "--verify",
                        "--quiet",
                        "--end-of-options",
                        revision + "^{commit}");
        if (!commit.ok()) {
            throw new Problem(
                    option + ": " + revision + " is neither a jar nor a revision of " + top);
        }
        Path folder = top.resolve("target").resolve("regress");
        Path kept = folder.resolve(commit.text() + ".jar");
        if (!Files.exists(kept)) {
            checkOut(option, revision, top, commit.text(), folder, kept);
        }
        return of(revision, commit.text(), kept);
    }

    /// Builds in a worktree that is removed afterwards; the jar is kept, since a commit never
    /// changes.
    private void checkOut(
            String option, String revision, Path top, String commit, Path folder, Path kept)
            throws IOException, InterruptedException {
        Path worktree = folder.resolve("worktree-" + commit);
        Files.createDirectories(folder);
        git(top, "worktree", "remove", "--force", worktree.toString());
        git(top, "worktree", "prune");
        Shell.Output added = git(top, "worktree", "add", "--detach", worktree.toString(), commit);
        if (!added.ok()) {
            throw new Problem(option + ": " + revision + ": " + added.text());
        }
        try {
            Path built = make(option, revision, worktree, folder.resolve(commit + ".log"));
            Path next = folder.resolve(commit + ".jar.next");
            Files.copy(built, next, StandardCopyOption.REPLACE_EXISTING);
            Files.move(next, kept, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            git(top, "worktree", "remove", "--force", worktree.toString());
        }
    }

    private Path make(String option, String what, Path folder, Path log)
            throws IOException, InterruptedException {
        err.println("building " + what + " ...");
        err.flush();
        if (!Shell.runLogged(folder, command, log)) {
            throw new Problem(
                    option + ": " + what + " does not build: " + reason(log) + " (" + log + ")");
        }
        Path built = folder.resolve(jar);
        if (!Files.isRegularFile(built)) {
            throw new Problem(
                    option + ": " + what + " was built, but there is no " + jar + " (" + log + ")");
        }
        return built;
    }

    /// The first line that looks like the reason, or the last line.
    private static String reason(Path log) throws IOException {
        List<String> lines =
                Files.readString(log).lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
        return lines.stream()
                .filter(l -> TELLING.matcher(l).matches())
                .findFirst()
                .orElse(lines.isEmpty() ? "it printed nothing" : lines.getLast());
    }

    private static Shell.Output git(Path folder, String... arguments)
            throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Shell.run(folder, command);
    }

    private static Build of(String label, String commit, Path jar) throws IOException {
        return new Build(label, commit, jar.toAbsolutePath().normalize().toString(), sha256(jar));
    }

    /// The hash of a file's contents.
    static String sha256(Path file) throws IOException {
        try (InputStream in =
                new DigestInputStream(
                        Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
