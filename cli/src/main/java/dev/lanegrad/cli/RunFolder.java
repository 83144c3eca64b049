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

    /// Makes the folder, and finds out now whether files can be written there.
    void prepare() throws IOException, Complaint {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "try", ".tmp"));
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

    private boolean isTaken() {
        return Files.exists(checkpoint());
    }
}
