package dev.lanegrad.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a run leaves its files. No run replaces what another one has learned, unless the user says
/// so.
record RunFolder(Path folder) {
    /// The folder that the user names, or else a new one in `runs`: NAME, NAME-2, ...
    ///
    /// @throws Complaint if the named one has a checkpoint, and `overwrite` is false
    static RunFolder choose(@Nullable Path named, Path runs, String name, boolean overwrite)
            throws Complaint {
        if (named != null) {
            RunFolder run = new RunFolder(named);
            if (run.isTaken() && !overwrite) {
                throw new Complaint(
                        "--out: "
                                + run.checkpoint()
                                + " is there already, from another run (--overwrite replaces it)");
            }
            return run;
        }
        RunFolder run = new RunFolder(runs.resolve(name));
        for (int n = 2; run.isTaken() && !overwrite; n++) {
            run = new RunFolder(runs.resolve(name + "-" + n));
        }
        return run;
    }

    /// The folder that the user names, or else the newest in `runs` of that name.
    static RunFolder latest(@Nullable Path named, Path runs, String name) {
        if (named != null) {
            return new RunFolder(named);
        }
        RunFolder latest = new RunFolder(runs.resolve(name));
        for (int n = 2; ; n++) {
            RunFolder next = new RunFolder(runs.resolve(name + "-" + n));
            if (!next.isTaken()) {
                return latest;
            }
            latest = next;
        }
    }

    /// Makes the folder, and finds out now whether files can be written there.
    void prepare() throws IOException, Complaint {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "try", ".tmp"));
            removeLeftovers();
        } catch (IOException e) {
            throw new Complaint(
                    "--out: cannot write to " + folder + " (" + Complaint.describe(e) + ")");
        }
    }

    Path checkpoint() {
        return folder.resolve("model.safetensors");
    }

    Path curves() {
        return folder.resolve("curves.png");
    }

    /// What a run that was broken off goes on from.
    Path state() {
        return folder.resolve("state.pth");
    }

    /// Files that a process did not finish, being killed.
    private void removeLeftovers() throws IOException {
        try (var files = Files.newDirectoryStream(folder, "{state.pth,model.safetensors}.*.tmp")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    private boolean isTaken() {
        return Files.exists(checkpoint()) || Files.exists(state());
    }
}
